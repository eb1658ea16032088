//! Wording of the SEPA mandate. The legal sentences are those of the scheme (`sepa.md` §5).

use domain::mandate::Scheme;
use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};
use crate::text::plural;

texts! {
    TITLE = "Mandat de prélèvement SEPA", "SEPA direct debit mandate";
    CREDITOR = "Créancier", "Creditor";
    ADDRESS = "Adresse", "Address";
    DEBTOR = "Débiteur", "Debtor";
    SCHEME = "Type de mandat", "Kind of mandate";
    SCHEME_CORE = "SEPA CORE", "SEPA Core";
    HOLDER = "Titulaire du compte à débiter", "Holder of the account to debit";
    IBAN = "IBAN", "IBAN";
    IBAN_HINT = "Les espaces sont acceptés.", "Spaces are accepted.";
    BIC = "BIC", "BIC";
    USAGE = "Ce mandat vaut pour", "This mandate is for";
    ONE_OFF = "Un seul prélèvement", "One debit";
    RECURRING = "Plusieurs prélèvements, chacun ordonné par vous ici",
        "Several debits, each ordered by you here";
    SIGNATORY = "Votre nom, en tant que signataire", "Your name, as signatory";
    PLACE = "Lieu de signature", "Place of signature";
    CONSENT = "Je signe ce mandat et je suis habilité à engager ce compte.",
        "I sign this mandate and am entitled to commit this account.";
    CHECK_TITLE = "Vérifiez le mandat avant de le signer", "Check the mandate before you sign";
    SIGN = "Signer le mandat", "Sign the mandate";
    SIGNED = "Votre mandat est signé", "Your mandate is signed";
    SIGNED_ON = "Date de signature", "Date of signature";
    COPY = "Une copie vous est envoyée. Vous pouvez révoquer ce mandat à tout moment depuis votre \
            compte.",
        "A copy is being sent to you. You can revoke this mandate at any time from your account.";
    MANDATES = "Mandats de prélèvement", "Direct debit mandates";
    NONE = "Aucun mandat n’est signé.", "No mandate is signed.";
    REVOKE = "Révoquer ce mandat", "Revoke this mandate";
    REVOKE_TITLE = "Révoquer ce mandat\u{a0}?", "Revoke this mandate?";
    REVOKE_MORE = "Plus aucun prélèvement ne sera ordonné avec ce mandat.",
        "No further debit will be ordered under this mandate.";
    REVOKED = "Ce mandat est révoqué", "This mandate is revoked";
    DEBITS = "Prélèvements", "Debits";
    NO_DEBITS = "Aucun prélèvement n’a été ordonné avec ce mandat.",
        "No debit was ordered under this mandate.";
    STOPPED = "Seront annulés, et resteront à régler par carte ou par virement\u{a0}:",
        "Will be cancelled, and remain to be paid by card or transfer:";
    AT_BANK = "Déjà à la banque\u{a0}: nous ne pouvons plus les annuler. La banque du client peut \
               encore les refuser à sa demande.",
        "With the bank already: we can no longer cancel them. The customer’s bank can refuse them \
         at its request.";
    AT_YOUR_BANK = "Déjà à la banque\u{a0}: nous ne pouvons plus les annuler. Votre banque peut \
                    encore les refuser à votre demande.",
        "With the bank already: we can no longer cancel them. Your bank can refuse them at your \
         request.";
    INSTEAD = "À régler autrement, par carte ou par virement\u{a0}:",
        "To be paid another way, by card or transfer:";
    NOW = "dès maintenant", "now";
    PAY = "Régler autrement", "Pay another way";
    ONE_STEP_LEFT = "Encore une étape\u{a0}: rien ne sera prélevé avant que vous n’ayez confirmé \
                     le montant et la date.",
        "One step left: nothing is debited before you have confirmed the amount and the day.";
    REFUND = "Vous bénéficiez du droit d’être remboursé par votre banque selon les conditions \
              décrites dans la convention que vous avez passée avec elle. Une demande de \
              remboursement doit être présentée dans les 8 semaines suivant la date de débit de \
              votre compte.",
        "As part of your rights, you are entitled to a refund from your bank under the terms and \
         conditions of your agreement with your bank. A refund must be claimed within 8 weeks \
         starting from the date on which your account was debited. Your rights are explained in a \
         statement that you can obtain from your bank.";
    NO_REFUND = "Ce mandat est dédié aux prélèvements SEPA interentreprises. Vous n’êtes pas en \
                 droit de demander à votre banque le remboursement d’un prélèvement une fois que \
                 le montant est débité de votre compte. Vous pouvez cependant demander à votre \
                 banque de ne pas débiter votre compte jusqu’au jour de l’échéance.",
        "This mandate is only intended for business-to-business transactions. You are not entitled \
         to a refund from your bank after your account has been debited, but you are entitled to \
         request your bank not to debit your account up until the day on which the payment is due.";
    TITLE_B2B = "Mandat de prélèvement SEPA interentreprises",
        "SEPA business-to-business direct debit mandate";
    SCHEME_B2B = "SEPA interentreprises (B2B)", "SEPA business to business (B2B)";
    TAKE_B2B = "Signer plutôt un mandat interentreprises, sans droit au remboursement",
        "Sign a business-to-business mandate instead, without a right to a refund";
    TAKE_CORE = "Signer plutôt un mandat CORE, avec droit au remboursement",
        "Sign a Core mandate instead, with a right to a refund";
    TO_REGISTER = "À déposer à votre banque avant le premier prélèvement",
        "To be handed to your bank before the first debit";
    TO_REGISTER_MORE = "Envoyez-lui la copie de ce mandat. Elle refuserait tout prélèvement avant \
                        de l’avoir enregistré\u{a0}: rien n’est prélevé tant que vous ne l’avez \
                        pas confirmé.",
        "Send it the copy of this mandate. It would refuse every debit before it has registered \
         it: nothing is debited until you confirm that.";
    REGISTERED = "Ma banque a enregistré ce mandat", "My bank has registered this mandate";
    NOT_REGISTERED = "La banque du client n’a pas encore enregistré ce mandat",
        "The customer’s bank has not registered this mandate yet";
    NOT_REGISTERED_MORE = "Rien n’est prélevé avant. Le client le confirme sur son compte, ou vous \
                           le faites pour lui.",
        "Nothing is debited before. The customer confirms it on its account, or you do it here.";
    ITS_BANK_REGISTERED = "La banque du client a enregistré ce mandat",
        "The customer’s bank has registered this mandate";
    RESUME = "Remettre ce mandat en service", "Use this mandate again";
    RESUME_MORE = "Une banque a signalé un problème de compte ou de mandat. Remettez-le en service \
                   une fois le problème réglé\u{a0}; si le compte a changé, indiquez d’abord le \
                   nouveau.",
        "A bank told of a problem with the account or the mandate. Use it again once that is \
         mended; if the account changed, enter the new one first.";
    CHANGE = "Modifier ce mandat", "Change this mandate";
    CHANGE_HINT = "La banque du client l’apprend par le prochain prélèvement. Laissez vide ce qui \
                   ne change pas.",
        "The customer’s bank learns it with the next debit. Leave empty what does not change.";
    NEW_IBAN = "Nouvel IBAN du client", "The customer’s new IBAN";
    NEW_REFERENCE = "Nouvelle référence (RUM)", "New reference (RUM)";
    SIGNED_FOR = "Signé au profit de (ancien nom du créancier)",
        "Signed in favour of (the creditor’s former name)";
    CHANGED = "Enregistrer la modification", "Record the change";
    GO_ON = "Continuer vers le prélèvement", "Continue to the debit";
}

/// « 2 500,00 € le 01/12/2026 ».
pub(crate) fn on(language: Language, amount: Money, on: Day) -> String {
    let (amount, on) = (money(language, amount), day(language, on));
    match language {
        Language::Fr => format!("{amount} le {on}"),
        Language::En => format!("{amount} on {on}"),
    }
}

/// The authorisation, what the scheme says of refunds, and how long before each debit is announced.
pub(crate) fn legal(
    language: Language,
    creditor: &str,
    (scheme, notice_days): (Scheme, u8),
) -> [String; 3] {
    let authorisation = match language {
        Language::Fr => format!(
            "En signant ce formulaire de mandat, vous autorisez (A) {creditor} à envoyer des \
             instructions à votre banque pour débiter votre compte, et (B) votre banque à \
             débiter votre compte conformément aux instructions de {creditor}."
        ),
        Language::En => format!(
            "By signing this mandate form, you authorise (A) {creditor} to send instructions \
             to your bank to debit your account and (B) your bank to debit your account in \
             accordance with the instructions from {creditor}."
        ),
    };
    let refund = match scheme {
        Scheme::Core => REFUND,
        Scheme::B2b => NO_REFUND,
    };
    let refund = refund.of(language).to_owned();
    [authorisation, refund, notice(language, notice_days)]
}

/// Without an agreement debits are announced fourteen days before: a shorter notice is one of the
/// mandate's terms.
fn notice(language: Language, days: u8) -> String {
    let many = plural(language, usize::from(days));
    match (language, days) {
        (Language::Fr, 0) => "Chaque prélèvement vous est annoncé avant sa date.".to_owned(),
        (Language::En, 0) => "Each debit is announced to you before its date.".to_owned(),
        (Language::Fr, _) => {
            let unit = if many { "jours" } else { "jour" };
            format!("Chaque prélèvement vous est annoncé au moins {days} {unit} avant sa date.")
        }
        (Language::En, _) => {
            let unit = if many { "days" } else { "day" };
            format!("Each debit is announced to you at least {days} {unit} before its date.")
        }
    }
}
