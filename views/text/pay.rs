//! Wording of payment: choice, transfer, direct debit.

use domain::late::ChargeKind;
use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};
use crate::text::labels;

texts! {
    TITLE = "Payer", "Pay";
    HOW = "Comment\u{a0}?", "How?";
    CARD = "Carte bancaire", "Card";
    CARD_HINT = "Immédiat, sur la page sécurisée de notre prestataire.",
        "At once, on our provider’s secure page.";
    OTHER_CARD = "Une autre carte", "Another card";
    KEEP = "Garder cette carte pour la prochaine fois", "Keep this card for next time";
    KEEP_HINT = "Notre prestataire la garde\u{a0}; vous pourrez la retirer dans vos préférences. \
                 Un code envoyé à votre adresse confirme votre accord.",
        "Our provider keeps it; you can remove it in your preferences. A code sent to your \
         address confirms that you agree.";
    KEEP_CHECK = "Confirmez que c’est bien vous", "Confirm that it is you";
    KEEP_TERMS = "Notre prestataire de paiement gardera votre carte pour vos prochains paiements \
                  à ce fournisseur, que vous seul déclenchez. Nous n’en connaissons que la marque, \
                  les quatre derniers chiffres et l’échéance.",
        "Our payment provider will keep your card for your next payments to this supplier, which \
         you alone make. We only know its brand, its last four digits and its expiry date.";
    DEBIT = "Prélèvement SEPA", "SEPA direct debit";
    DEBIT_SIGN = "Le jour que vous choisissez. Vous signerez d’abord un mandat.",
        "On the day you choose. You will sign a mandate first.";
    PROVIDER_DEBIT_HINT = "Avec votre IBAN, sur la page sécurisée de notre prestataire. Confirmé \
                           sous quelques jours ouvrés.",
        "With your IBAN, on our provider’s secure page. Confirmed within some working days.";
    AUTHORISE = "Autorisez ce prélèvement", "Authorise this direct debit";
    AUTHORISE_NEXT = "Vous donnerez votre IBAN à l’étape suivante, sur la page sécurisée de notre \
                      prestataire. Rien n’est débité avant.",
        "You will give your IBAN in the next step, on our provider’s secure page. Nothing is \
         debited before.";
    AUTHORISE_GO = "Autoriser et donner mon IBAN", "Authorise and give my IBAN";
    TRANSFER = "Virement", "Bank transfer";
    TRANSFER_HINT = "Depuis votre banque, avec une référence. Un à trois jours ouvrés.",
        "From your bank, with a reference. One to three working days.";
    NOT_OFFERED = "Non proposé par ce fournisseur.", "Not offered by this supplier.";
    EURO_ONLY = "En euros seulement.", "In euros only.";
    DEBIT_DAY = "Jour du prélèvement", "Day of the debit";
    DEBIT_DAY_HINT = "Pour un prélèvement seulement.", "For a direct debit only.";
    CREDITS = "Déduire un avoir", "Deduct a credit note";
    COVERED = "Vos avoirs couvrent tout\u{a0}: rien ne sera débité, et le reste d’un avoir demeure \
               disponible.",
        "Your credit notes cover everything: nothing will be taken, and what is left of one stays \
         available.";
    LATENESS = "Frais de retard", "Late payment charges";
    LATENESS_HINT = "Cochez ce que vous réglez avec ces factures.",
        "Tick what you pay with these invoices.";
    SPREAD = "Payer un seul montant", "Pay one amount";
    SPREAD_HINT = "Il sera réparti sur ces factures, de la plus ancienne à la plus récente.",
        "It will be spread over these invoices, oldest first.";
    RECOUNT = "Recalculer le total", "Update the total";
    RECOUNTED = "Le total a changé\u{a0}: vérifiez-le avant de payer.",
        "The total has changed: check it before you pay.";
    TRANSFER_TITLE = "Payer par virement", "Pay by bank transfer";
    TRANSFER_LEAD = "Faites ce virement depuis votre banque. La référence permet de le rattacher \
                     à vos factures.",
        "Make this transfer from your bank. The reference ties it to your invoices.";
    HOLDER = "Titulaire du compte", "Account holder";
    IBAN = "IBAN", "IBAN";
    BIC = "BIC", "BIC";
    QR_CAPTION = "Ou scannez ce code avec l’application de votre banque.",
        "Or scan this code with your bank’s app.";
    CALL_BACK = "Un doute sur cet IBAN\u{a0}? Appelez un numéro que vous connaissez déjà, jamais \
                 celui d’un message.",
        "In doubt about this IBAN? Call a number you already know, never one from a message.";
    DEBIT_CHECK = "Vérifiez votre prélèvement", "Check your direct debit";
    DEBIT_DONE = "Votre prélèvement est prévu", "Your direct debit is planned";
    ACCOUNT = "Compte débité", "Account debited";
    CREDITOR_ID = "Identifiant créancier (ICS)", "Creditor identifier";
    MANDATE_REF = "Référence du mandat (RUM)", "Mandate reference";
    DEBIT_ORDER = "Ordonner ce prélèvement", "Order this direct debit";
}

/// « Montant à payer, facture FA-117 ».
pub(crate) fn amount_of(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Montant à payer, facture {number}"),
        Language::En => format!("Amount to pay, invoice {number}"),
    }
}

/// « Au plus 1 250,00 €. Échéance le 09/11/2026. »
pub(crate) fn at_most(language: Language, most: Money, due_on: Day) -> String {
    let (most, date) = (money(language, most), day(language, due_on));
    match language {
        Language::Fr => format!("Reste dû {most}, échéance le {date}."),
        Language::En => format!("Outstanding {most}, due {date}."),
    }
}

/// « Avoir AV-7 ».
pub(crate) fn credit_of(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Avoir {number}"),
        Language::En => format!("Credit note {number}"),
    }
}

/// « Intérêts de retard, facture FA-117 ».
pub(crate) fn lateness_of(language: Language, kind: ChargeKind, number: &str) -> String {
    let kind = labels::charge(kind).of(language);
    match language {
        Language::Fr => format!("{kind}, facture {number}"),
        Language::En => format!("{kind}, invoice {number}"),
    }
}

/// « Montant à déduire de l’avoir AV-7 ».
pub(crate) fn deduct_of(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Montant déduit, avoir {number}"),
        Language::En => format!("Amount deducted, credit note {number}"),
    }
}

/// « 150,00 € disponibles. »
pub(crate) fn deductible(language: Language, most: Money) -> String {
    let most = money(language, most);
    match language {
        Language::Fr => format!("{most} à déduire au plus."),
        Language::En => format!("Up to {most} can be deducted."),
    }
}

/// « Dont 37,50 € déjà signalés ou promis. », so that the amount suggested explains itself.
pub(crate) fn of_which_claimed(language: Language, claimed: Money) -> String {
    let claimed = money(language, claimed);
    match language {
        Language::Fr => format!("Dont {claimed} déjà signalés ou promis."),
        Language::En => format!("Of which {claimed} already reported or promised."),
    }
}

/// « Jusqu’à 10 000,00 € par prélèvement. »
pub(crate) fn debit_at_most(language: Language, most: Money) -> String {
    let most = money(language, most);
    match language {
        Language::Fr => format!("Jusqu’à {most} par prélèvement."),
        Language::En => format!("Up to {most} a debit."),
    }
}

/// What a debtor agrees to when the payment provider debits: who asks whom for what, the right to
/// a refund, how it is told beforehand, and that nobody has to be online when it happens. Our own
/// words for what the scheme and the provider ask to be said.
pub(crate) fn authorisation(language: Language, creditor: &str) -> [String; 5] {
    match language {
        Language::Fr => [
            format!(
                "En confirmant, vous autorisez (A) {creditor} et Stripe, son prestataire de \
                 paiement, à demander à votre banque de débiter votre compte, et (B) votre banque \
                 à le débiter comme ils le demandent."
            ),
            String::from(
                "Votre banque vous rembourse aux conditions de la convention passée avec elle. \
                 Demandez-le dans les huit semaines qui suivent le débit. Elle peut vous remettre \
                 un document qui décrit vos droits.",
            ),
            format!(
                "{creditor} est votre créancier\u{a0}: toute question sur la somme lui revient. \
                 Stripe recueille votre IBAN et présente le prélèvement sous son propre \
                 identifiant créancier\u{a0}; son nom peut figurer sur votre relevé."
            ),
            String::from(
                "Le débit a lieu plus tard, sans que vous ayez à être en ligne. Vous acceptez \
                 d’en être prévenu par e-mail, deux jours au moins avant lui.",
            ),
            String::from("Cet accord vaut pour cette somme, une seule fois."),
        ],
        Language::En => [
            format!(
                "By confirming, you authorise (A) {creditor} and Stripe, its payment provider, to \
                 ask your bank to debit your account, and (B) your bank to debit it as they ask."
            ),
            String::from(
                "Your bank refunds you under the terms of your agreement with it. Ask for a \
                 refund within the eight weeks that follow the debit. Your bank can give you a \
                 statement of your rights.",
            ),
            format!(
                "{creditor} is your creditor: questions about the amount go there. Stripe takes \
                 your IBAN and presents the debit under its own creditor identifier; its name may \
                 be on your statement."
            ),
            String::from(
                "The debit is made later, without your having to be online. You accept to be \
                 told by e-mail, at least two days before it.",
            ),
            String::from("This agreement is for this amount, once."),
        ],
    }
}

/// « Mandat BOR-0001, compte finissant par 1234. »
pub(crate) fn with_mandate(language: Language, reference: &str, last_four: &str) -> String {
    match language {
        Language::Fr => format!("Mandat {reference}, compte finissant par {last_four}."),
        Language::En => format!("Mandate {reference}, account ending in {last_four}."),
    }
}

/// « 7 160,00 € seront prélevés le 30/11/2026. »
pub(crate) fn will_debit(language: Language, amount: Money, collect_on: Day) -> String {
    let (amount, date) = (money(language, amount), day(language, collect_on));
    match language {
        Language::Fr => format!("{amount} seront prélevés le {date}."),
        Language::En => format!("{amount} will be debited on {date}."),
    }
}

/// « Visa se terminant par 4242 », by the provider's word for the brand.
pub(crate) fn ending_in(language: Language, brand: &str, last_four: &str) -> String {
    let card = match (brand, language) {
        ("visa", _) => "Visa",
        ("mastercard", _) => "Mastercard",
        ("cartes_bancaires", _) => "CB",
        ("amex", _) => "American Express",
        (_, Language::Fr) => "Carte",
        (_, Language::En) => "Card",
    };
    match language {
        Language::Fr => format!("{card} se terminant par {last_four}"),
        Language::En => format!("{card} ending in {last_four}"),
    }
}

/// « Immédiat. Expire fin 08/2028. »
pub(crate) fn saved_hint(language: Language, expires: &str) -> String {
    match language {
        Language::Fr => format!("Immédiat, en un clic. Expire fin {expires}."),
        Language::En => format!("At once, in one click. Expires end of {expires}."),
    }
}

/// « Régler 120,00 € avec mes avoirs ».
pub(crate) fn settle_by_credits(language: Language, gross: Money) -> String {
    let gross = money(language, gross);
    match language {
        Language::Fr => format!("Régler {gross} avec mes avoirs"),
        Language::En => format!("Settle {gross} with my credit notes"),
    }
}
