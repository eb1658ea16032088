//! Wording of bank files and of money that looks for its account.

use domain::matching::{Clue, Fit};
use domain::party::Language;
use domain::statement::FileState;

use crate::text::Text;

texts! {
    TITLE = "Relevés bancaires", "Bank statements";
    LEAD = "Le format est reconnu au contenu\u{a0}: camt.053, camt.052, camt.054, CFONB120, MT940 \
            ou CSV. Un fichier déjà pris ne compte pas deux fois.",
        "The format is told by the content: camt.053, camt.052, camt.054, CFONB120, MT940 or CSV. \
         A file that was taken before does not count twice.";
    FILE = "Fichier de la banque", "Bank file";
    TAKE = "Prendre le fichier", "Take the file";
    FILES = "Fichiers reçus", "Files received";
    NO_FILES = "Aucun fichier pour l’instant", "No file yet";
    FORMAT = "Format lu", "Format read";
    MOVEMENTS = "Mouvements", "Movements";
    BOOKED = "Comptabilisés", "Booked";
    CONFIRM = "Comptabiliser", "Book it";
    DISCARD = "Écarter", "Leave it out";
    CONFIRMED_BY = "Décidé par", "Decided by";
    TO_MONEY = "Rapprocher les encaissements", "Match the money received";
    MONEY = "Encaissements à rapprocher", "Money to match";
    NO_MONEY = "Tout est rapproché", "All of it is matched";
    ALLOT = "Attribuer à", "Put on";
    CODE = "Code client", "Customer code";
    PART = "Dont, en partie", "Of this, a part of";
    REST = "Code client pour le reste", "Customer code for the rest";
    PUT = "Attribuer", "Put it there";
    MATCHED = "Rapprochés dernièrement", "Matched lately";
    NO_MATCHED = "Rien pour l’instant", "Nothing yet";
    BY = "Trouvé par", "Found by";
    UNDO = "Défaire", "Undo";
    RETURNED = "Prélèvements revenus impayés", "Debits that came back";
    NO_RETURNED = "Aucun", "None";
    FEES = "Frais de la banque", "Bank fees";
    NO_FEES = "Aucuns frais", "No fees";
    CREDITS = "Trop-perçus à imputer ou à rembourser", "Overpaid: to set off or to refund";
    NO_CREDITS = "Aucun trop-perçu", "Nothing overpaid";
    CUSTOMER = "Client", "Customer";
    PAYER_UNKNOWN = "Payeur inconnu", "Unknown payer";
    SPLIT = "Réparti", "Split";
}

const fn of(fr: &'static str, en: &'static str) -> Text {
    Text { fr, en }
}

/// Where a file stands.
pub(crate) const fn state(value: FileState) -> Text {
    match value {
        FileState::Waiting => of("À confirmer", "To confirm"),
        FileState::Booking => of("Interrompu", "Cut off"),
        FileState::Imported => of("Comptabilisé", "Booked"),
        FileState::Refused => of("Refusé", "Refused"),
        FileState::Discarded => of("Écarté", "Left out"),
    }
}

/// By what money found its account.
pub(crate) const fn clue(value: Clue) -> Text {
    match value {
        Clue::Batch => of("remise de prélèvements", "file of debits"),
        Clue::Collection => of("identifiant du prélèvement", "the debit’s id"),
        Clue::Mandate => of("mandat et montant", "mandate and amount"),
        Clue::Reference => of("référence", "reference"),
        Clue::Number => of("numéro de facture", "invoice number"),
        Clue::Payer => of("payeur ou montant", "payer or amount"),
        Clue::Staff => of("décision", "decision"),
    }
}

/// How an amount compares with what it is for.
pub(crate) const fn fit(value: Fit) -> Text {
    match value {
        Fit::Exact => of("montant exact", "exact amount"),
        Fit::Grouped => of("plusieurs factures", "several invoices"),
        Fit::Part => of("paiement partiel", "part of it"),
        Fit::Over => of("trop-perçu", "overpaid"),
        Fit::Account => of("au plus ancien", "oldest first"),
    }
}

/// « Attribuer à Delmas (FA-1, FA-2) ».
pub(crate) fn put_on(language: Language, name: &str, numbers: &[&str]) -> String {
    let to = ALLOT.of(language);
    if numbers.is_empty() {
        format!("{to} {name}")
    } else {
        format!("{to} {name} ({})", numbers.join(", "))
    }
}
