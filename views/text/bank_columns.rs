//! Wording of the columns of a bank's table.

use domain::party::Language;

use crate::text::Text;

texts! {
    TITLE = "Vérifiez les colonnes du relevé", "Check the columns of the statement";
    LEAD = "Voici ce que le fichier semble contenir. Rien n’est encore comptabilisé. Une fois \
            confirmée, cette lecture servira d’elle-même aux fichiers qui portent les mêmes \
            titres.",
        "This is what the file seems to hold. Nothing is booked yet. Once confirmed, files with \
         the same titles will be read like this by themselves.";
    READ_LEAD = "Ce fichier a été lu ainsi. Les fichiers qui portent les mêmes titres le sont \
                 aussi.",
        "This file was read like this, and so are files with the same titles.";
    ACCOUNT = "Compte bancaire du relevé (IBAN)", "Bank account of the statement (IBAN)";
    ACCOUNT_HINT = "Vaut pour les lignes dont aucune colonne ne dit le compte.",
        "Counts for rows whose account no column tells.";
    DAYS = "Les dates s’écrivent", "Dates are written";
    DAY_FIRST = "jour, mois, année\u{a0}: 31/12/2026", "day, month, year: 31/12/2026";
    MONTH_FIRST = "mois, jour, année\u{a0}: 12/31/2026", "month, day, year: 12/31/2026";
    YEAR_FIRST = "année, mois, jour\u{a0}: 26-12-31", "year, month, day: 26-12-31";
    DECIMALS = "Les montants s’écrivent", "Amounts are written";
    COMMA = "avec une virgule\u{a0}: 1 234,56", "with a comma: 1 234,56";
    POINT = "avec un point\u{a0}: 1,234.56", "with a point: 1,234.56";
    SIDE = "Un montant sans signe est", "An amount without a sign was";
    RECEIVED_ONE = "reçu (crédit)", "received (credit)";
    PAID_ONE = "payé (débit)", "paid (debit)";
    SHOW = "Voir ce qui est compris", "Show what is understood";
    UNDERSTOOD = "Ce qui est compris", "What is understood";
    NOT_READ = "Le fichier ne se lit pas ainsi", "The file cannot be read like this";
    FIRST = "Premiers mouvements", "First movements";
    RECEIVED = "Reçu", "Received";
    PAID = "Payé", "Paid";
    NOTHING = "rien", "nothing";
    PERIOD = "Période", "Period";
    OTHER_SIDE = "Contrepartie", "Other side";
    WORDS = "Texte et référence", "Text and reference";
    FORGET = "Redemander pour ces titres", "Ask again for these titles";
    COLUMNS = "Colonnes lues", "Columns read";
    CHECK = "Vérifier les colonnes", "Check the columns";
    ACCOUNT_MISSING = "Indiquez le compte bancaire de ce relevé, son IBAN ou son numéro",
        "Give the bank account of this statement, its IBAN or its number";
    LOOK_FIRST = "La lecture a changé\u{a0}: vérifiez ce qui est compris, puis confirmez",
        "The reading changed: check what is understood, then confirm";
}

const fn of(fr: &'static str, en: &'static str) -> Text {
    Text { fr, en }
}

/// What a column can hold: its stable name and its label, in the order of the choice.
pub(crate) const FIELDS: &[(&str, Text)] = &[
    ("day", of("Date comptable", "Booking day")),
    ("value_day", of("Date de valeur", "Value day")),
    ("amount", of("Montant signé", "Amount with its sign")),
    ("debit", of("Débit", "Debit")),
    ("credit", of("Crédit", "Credit")),
    (
        "side",
        of("Sens (débit ou crédit)", "Side (debit or credit)"),
    ),
    ("currency", of("Devise", "Currency")),
    ("words", of("Libellé", "Text")),
    ("more", of("Suite du libellé", "More text")),
    ("reference", of("Référence", "Reference")),
    (
        "name",
        of("Nom de la contrepartie", "Name of the other side"),
    ),
    (
        "iban",
        of("IBAN de la contrepartie", "IBAN of the other side"),
    ),
    (
        "account",
        of("Compte du relevé", "Account of the statement"),
    ),
];

/// The label of a field; the name itself when it is not known here.
pub(crate) fn label(language: Language, field: &str) -> &str {
    let found = FIELDS.iter().find(|(name, _)| *name == field);
    found.map_or(field, |(_, label)| label.of(language))
}
