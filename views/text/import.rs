//! Wording of the imports: columns, counts, and why a row was refused.

use domain::import::RowReason;
use domain::party::Language;

use crate::text::{Text, plural};

texts! {
    TITLE = "Importer une balance", "Import a balance";
    FILE = "Fichier de balance (CSV)", "Balance file (CSV)";
    FILE_HINT = "Export de votre comptabilité\u{a0}: une ligne par pièce ouverte.",
        "An export of your accounts: one line an open item.";
    AS_OF = "Situation au", "As of";
    COMPLETE = "Ce fichier contient toutes les pièces ouvertes", "This file holds every open item";
    COMPLETE_HINT = "Une pièce absente d’un fichier complet est considérée comme soldée.",
        "An item that is missing from a complete file is taken as settled.";
    READ = "Lire le fichier", "Read the file";
    COLUMNS = "Vérifiez les colonnes", "Check the columns";
    COLUMNS_LEAD = "Voici ce que le fichier semble contenir. Rien n’est encore importé.",
        "This is what the file seems to hold. Nothing is imported yet.";
    COLUMN = "Colonne du fichier", "Column of the file";
    MEANING = "Contient", "Holds";
    EXAMPLES = "Premières lignes", "First rows";
    UNUSED = "Ne pas importer", "Do not import";
    IMPORT = "Importer", "Import";
    RESULT = "Import terminé", "Import done";
    ROWS_GOOD = "Lignes importées", "Rows imported";
    ROWS_REFUSED = "Lignes refusées", "Rows refused";
    ITEMS_NEW = "Pièces nouvelles", "New items";
    ITEMS_CHANGED = "Pièces modifiées", "Changed items";
    ITEMS_SETTLED = "Pièces soldées", "Settled items";
    REFUSED = "Lignes refusées", "Refused rows";
    REFUSED_LEAD = "Corrigez-les dans le fichier et importez-le à nouveau\u{a0}: les lignes déjà \
                    importées ne comptent pas deux fois.",
        "Mend them in the file and import it again: rows that are in already do not count twice.";
    LINE = "Ligne", "Line";
    VALUE = "Valeur", "Value";
    WHY = "Pourquoi", "Why";
    WHOLE_LINE = "ligne entière", "whole line";
    RECENT = "Imports récents", "Recent imports";
    TOTALS = "Total ouvert du fichier", "Open total of the file";
}

/// What a column can hold: the import's stable name and its label, in the order of the choice.
pub(crate) const FIELDS: &[(&str, Text)] = &[
    ("code", of("Code client", "Customer code")),
    ("name", of("Nom du client", "Customer name")),
    ("siren", of("SIREN ou SIRET", "Company number")),
    ("email", of("E-mail", "E-mail address")),
    ("phone", of("Téléphone", "Telephone")),
    ("street", of("Adresse (rue)", "Address (street)")),
    (
        "street_more",
        of("Complément d’adresse", "Second address line"),
    ),
    ("postcode", of("Code postal", "Postcode")),
    ("town", of("Ville", "Town")),
    ("country", of("Pays", "Country")),
    ("kind", of("Type de pièce", "Kind of document")),
    ("journal", of("Journal", "Accounting journal")),
    ("number", of("N° de pièce", "Document number")),
    ("order_ref", of("N° de commande", "Order number")),
    ("issued", of("Date d’émission", "Day of issue")),
    ("due", of("Échéance", "Due date")),
    ("total", of("Montant de la pièce", "Amount of the document")),
    ("open", of("Reste dû", "Open amount")),
    ("debit", of("Reste dû, débit", "Open amount, debit")),
    ("credit", of("Reste dû, crédit", "Open amount, credit")),
    ("currency", of("Devise", "Currency")),
    (
        "foreign",
        of("Reste dû en devise", "Open amount in that currency"),
    ),
];

/// The label of a field; the name itself when it is not known here.
pub(crate) fn field_label(language: Language, field: &str) -> &str {
    let found = FIELDS.iter().find(|(name, _)| *name == field);
    found.map_or(field, |(_, label)| label.of(language))
}

/// « 2 lignes refusées ».
pub(crate) fn refused_count(language: Language, count: u64) -> String {
    let many = plural(language, usize::try_from(count).unwrap_or(usize::MAX));
    match (language, many) {
        (Language::Fr, true) => format!("{count} lignes refusées"),
        (Language::Fr, false) => format!("{count} ligne refusée"),
        (Language::En, true) => format!("{count} rows refused"),
        (Language::En, false) => format!("{count} row refused"),
    }
}

const fn of(fr: &'static str, en: &'static str) -> Text {
    Text { fr, en }
}

/// Why a row was refused, and what to do.
pub(crate) const fn reason(value: RowReason) -> Text {
    match value {
        RowReason::TooFewColumns => of(
            "Il manque des colonnes sur cette ligne",
            "This line lacks columns",
        ),
        RowReason::TooManyColumns => of(
            "Trop de colonnes\u{a0}: un séparateur est resté dans un texte",
            "Too many columns: a separator was left inside a text",
        ),
        RowReason::BadBytes => of(
            "Caractères illisibles\u{a0}: enregistrez le fichier en UTF-8",
            "Unreadable characters: save the file as UTF-8",
        ),
        RowReason::CustomerMissing => of("Ni code ni nom de client", "No customer code or name"),
        RowReason::NumberMissing => of("Pas de numéro de pièce", "No document number"),
        RowReason::AmountMissing => of("Pas de montant", "No amount"),
        RowReason::AmountUnreadable => {
            of("Ce montant n’est pas un nombre", "This amount is no number")
        }
        RowReason::DebitAndCredit => of(
            "Débit et crédit sont tous deux remplis",
            "Both debit and credit are filled",
        ),
        RowReason::DueDateImpossible => of(
            "Cette échéance n’existe pas au calendrier",
            "The calendar has no such due date",
        ),
        RowReason::DueDateText => of(
            "Cette échéance n’est pas une date",
            "This due date is no date",
        ),
        RowReason::DueDateMissing => of("Pas d’échéance", "No due date"),
        RowReason::IssueDateUnreadable => of(
            "Cette date d’émission n’est pas une date",
            "This day of issue is no date",
        ),
        RowReason::CurrencyUnknown => of(
            "Devise inconnue\u{a0}: écrivez le code ISO, par exemple EUR",
            "Unknown currency: write the ISO code, for example EUR",
        ),
        RowReason::CurrencyDiffers => of(
            "Cette pièce était dans une autre devise",
            "This item was in another currency",
        ),
        RowReason::DuplicateLine => of(
            "La même pièce figure plus haut dans le fichier",
            "The same item stands earlier in the file",
        ),
        RowReason::KindUnknown => of(
            "Ni facture, ni avoir, ni règlement",
            "Neither invoice, credit note nor receipt",
        ),
        RowReason::TooLong => of("Texte trop long", "Text too long"),
    }
}
