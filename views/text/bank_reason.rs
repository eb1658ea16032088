//! Why a bank refused a direct debit or sent it back, in plain words.

use domain::reason_code::Action;

use crate::text::Text;

/// The reason behind a bank's code; none for codes that mean something to banks only.
#[must_use]
pub(crate) fn reason(code: &str) -> Option<Text> {
    let (fr, en) = match code {
        "AC01" | "AC02" | "AC08" => (
            "le numéro de compte n’est pas le bon",
            "the account number is not right",
        ),
        "AC04" | "AC05" => ("le compte est clos", "the account is closed"),
        "AC06" => ("le compte est bloqué", "the account is blocked"),
        "AC13" => (
            "ce compte ne peut pas être débité sous un mandat interentreprises",
            "this account cannot be debited under a business-to-business mandate",
        ),
        "AG01" | "AG03" => (
            "ce compte n’accepte pas les prélèvements",
            "this account does not take direct debits",
        ),
        "AM04" => (
            "la provision était insuffisante",
            "there was not enough money",
        ),
        "MD01" => (
            "la banque ne connaît pas de mandat pour ce prélèvement",
            "the bank knows no mandate for this debit",
        ),
        "MD06" => (
            "le titulaire du compte a demandé le remboursement",
            "the account holder asked for the money back",
        ),
        "MS02" | "SP01" | "SP02" | "CUST" => (
            "le titulaire du compte s’y est opposé",
            "the account holder refused it",
        ),
        "MS03" => ("la banque n’a pas dit pourquoi", "the bank did not say why"),
        "SL01" | "SL11" | "SL12" | "SL13" | "SL14" => (
            "un service de la banque limite les prélèvements",
            "a service of the bank limits direct debits",
        ),
        "ED05" => (
            "l’échange entre banques a échoué",
            "the exchange between banks failed",
        ),
        _ => return None,
    };
    Some(Text { fr, en })
}

/// What followed from it, for the staff.
#[must_use]
pub(crate) const fn action(action: Action) -> Text {
    let (fr, en) = match action {
        Action::Correct => (
            "corriger le fichier ou le réglage, puis prélever à nouveau",
            "correct the file or set-up, then collect again",
        ),
        Action::AskAccount => (
            "nouveau compte demandé au client, mandat suspendu",
            "customer asked for another account, mandate on hold",
        ),
        Action::Retry => (
            "nouvel essai, annoncé à nouveau",
            "tried again, announced anew",
        ),
        Action::Dispute => (
            "litige ouvert, pas de nouvel essai",
            "dispute opened, not tried again",
        ),
        Action::Human => ("à voir avec le client", "to settle with the customer"),
        Action::Inform | Action::Paid => ("pour information", "for information"),
    };
    Text { fr, en }
}
