//! Wording of documents: statement, receipt, mandate, and the links to them.

use domain::document::DocumentKind;
use domain::party::Language;

use crate::text::Text;

texts! {
    pub
    STATEMENT = "Relevé de compte", "Statement of account";
    CUSTOMER = "Retour au client", "Back to the customer";
    ACCOUNT = "Numéro de compte", "Account number";
    SITUATION = "Situation au", "Position as of";
    MADE_ON = "Établi le", "Made on";
    OPEN_ITEMS = "Factures ouvertes", "Open invoices";
    NOTHING_OPEN = "Aucune facture n’est ouverte.", "No invoice is open.";
    CUT = "Ce relevé s’arrête aux 5 000 premières lignes. Les totaux portent sur tout le compte.",
        "This statement ends after the first 5,000 lines. The totals are of the whole account.";
    CREDITS = "Avoirs et versements à déduire", "Credits to be deducted";
    NUMBER = "Numéro", "Number";
    KIND = "Nature", "Kind";
    ORDER = "Commande", "Order";
    ISSUED = "Émise le", "Issued";
    DATE = "Date", "Date";
    DUE = "Échéance", "Due";
    AMOUNT = "Montant", "Amount";
    SETTLED = "Réglé par avoirs", "Settled by credit notes";
    GIVEN_BACK = "Rendu depuis", "Given back since";
    OUTSTANDING = "Reste dû", "Outstanding";
    CURRENCY = "Devise", "Currency";
    TOTAL = "Total", "Total";
    SUMS = "Totaux", "Totals";
    SUM_OPEN = "Factures ouvertes", "Open invoices";
    SUM_LATE = "dont échues", "of which overdue";
    SUM_CREDITS = "Avoirs et versements", "Credits and payments on account";
    SUM_PROCESSING = "Paiements en cours", "Payments under way";
    SUM_NET = "Solde du compte", "Balance of the account";
    BY_TRANSFER = "Payer par virement", "Pay by transfer";
    PAYEE = "Bénéficiaire", "Payee";
    IBAN = "IBAN", "IBAN";
    BIC = "BIC", "BIC";
    REFERENCE = "Référence à indiquer", "Reference to quote";
    RECEIPT = "Reçu de paiement", "Payment receipt";
    RECEIVED = "Paiement reçu", "Payment received";
    RECEIVED_ON = "Reçu le", "Received on";
    METHOD = "Moyen de paiement", "Method of payment";
    PAYMENT_REFERENCE = "Référence du paiement", "Payment reference";
    ON_ACCOUNT = "Sur votre compte", "On your account";
    UNAPPLIED = "Non affecté", "Not allocated";
    PAID_FOR = "Affectation", "Allocation";
    PAID = "Payé", "Paid";
    MANDATE = "Mandat de prélèvement SEPA", "SEPA direct debit mandate";
    CREDITOR = "Créancier", "Creditor";
    CREDITOR_ADDRESS = "Adresse du créancier", "Creditor’s address";
    CREDITOR_ID = "Identifiant créancier (ICS)", "Creditor identifier";
    MANDATE_REFERENCE = "Référence unique du mandat (RUM)", "Unique mandate reference";
    SCHEME = "Type de mandat", "Kind of mandate";
    SCHEME_CORE = "SEPA CORE", "SEPA Core";
    SCHEME_B2B = "SEPA interentreprises", "SEPA business to business";
    USAGE = "Ce mandat vaut pour", "This mandate is for";
    ONE_OFF = "Un seul prélèvement", "One debit";
    RECURRING = "Plusieurs prélèvements", "Several debits";
    DEBTOR = "Débiteur", "Debtor";
    HOLDER = "Titulaire du compte", "Account holder";
    SIGNATURE = "Signature électronique", "Electronic signature";
    SIGNATORY = "Signataire", "Signatory";
    PLACE = "Lieu", "Place";
    SIGNED_AT = "Signé le", "Signed";
    ADDRESS = "Adresse réseau", "Network address";
    LINK = "Lien utilisé", "Link used";
    FINGERPRINT = "Empreinte du texte (SHA-256)", "Fingerprint of the text (SHA-256)";
    KEEP = "Ce document reproduit les mentions signées. L’IBAN n’y figure que par ses quatre \
            derniers caractères.",
        "This document repeats what was signed. Of the IBAN it shows the last four characters \
         only.";
    DOCUMENTS = "Documents", "Documents";
    STATEMENT_PDF = "Relevé de compte (PDF)", "Statement of account (PDF)";
    STATEMENT_CSV = "Relevé (CSV, pour tableur)", "Statement (CSV, for spreadsheets)";
    RECEIPT_PDF = "Télécharger le reçu (PDF)", "Download the receipt (PDF)";
    MANDATE_PDF = "Télécharger le mandat (PDF)", "Download the mandate (PDF)";
    BREAKDOWN = "Décompte", "Breakdown";
    DELIVERY_NOTE = "Bon de livraison", "Delivery note";
    INVOICE = "Facture", "Invoice";
    ADD = "Ajouter un document", "Add a document";
    ADD_TITLE = "Documents de la facture", "Documents of the invoice";
    NO_DOCUMENTS = "Aucun document n’est joint.", "No document is attached.";
    FILE = "Fichier PDF", "PDF file";
    FILE_HINT = "10 Mo au plus. Le client peut le télécharger aussitôt.",
        "10 MB at most. The customer can download it at once.";
    UPLOAD = "Joindre", "Attach";
    ATTACHED = "Le document est joint", "The document is attached";
    KNOWN = "Ce document était déjà joint", "This document was attached before";
}

/// « Nantes, le 20/11/2026 »: from where and when a letter is written.
#[must_use]
pub fn written(language: Language, place: &str, day: &str) -> String {
    match (language, place) {
        (Language::Fr, "") => format!("Le {day}"),
        (Language::Fr, place) => format!("{place}, le {day}"),
        (Language::En, "") => day.to_owned(),
        (Language::En, place) => format!("{place}, {day}"),
    }
}

/// Which account a letter is about.
#[must_use]
pub fn account(language: Language, code: &str) -> String {
    match language {
        Language::Fr => format!("Votre compte\u{a0}: {code}"),
        Language::En => format!("Your account: {code}"),
    }
}

/// What a letter is known by.
#[must_use]
pub fn reference(language: Language, reference: &str) -> String {
    match language {
        Language::Fr => format!("Notre référence\u{a0}: {reference}"),
        Language::En => format!("Our reference: {reference}"),
    }
}

/// What a document is.
#[must_use]
pub const fn kind(kind: DocumentKind) -> Text {
    match kind {
        DocumentKind::Invoice => INVOICE,
        DocumentKind::DeliveryNote => DELIVERY_NOTE,
    }
}
