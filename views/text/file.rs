//! What is wrong with a balance file, and what to do about it.

use domain::party::Language;

use crate::text::import;

/// Larger than the page takes; the command line takes any size.
pub(crate) fn too_large(language: Language, most: usize) -> String {
    match language {
        Language::Fr => format!(
            "Ce fichier dépasse {most} Mo\u{a0}: importez-le avec la commande «\u{a0}acquit \
             import\u{a0}»"
        ),
        Language::En => {
            format!("This file has more than {most} MB: import it with the command “acquit import”")
        }
    }
}

/// A NUL byte: a spreadsheet, or text in an encoding that says nothing of itself.
pub(crate) fn not_text(language: Language, line: usize) -> String {
    match language {
        Language::Fr => format!(
            "Ce n’est pas un fichier texte (octet nul, ligne {line})\u{a0}: enregistrez la \
             balance en CSV UTF-8"
        ),
        Language::En => format!(
            "This is no text file (NUL byte, line {line}): save the balance as CSV in UTF-8"
        ),
    }
}

/// None of the titles is known.
pub(crate) fn columns(language: Language, seen: &[String]) -> String {
    let seen = seen.join(" | ");
    match language {
        Language::Fr => format!(
            "Aucune colonne reconnue\u{a0}: la première ligne doit nommer le client, la pièce, \
             l’échéance et le montant (lu\u{a0}: {seen})"
        ),
        Language::En => format!(
            "No column is known: the first line must name the customer, the document, the due \
             date and the amount (read: {seen})"
        ),
    }
}

/// Anything else, in the reader’s own words.
pub(crate) fn unreadable(language: Language, why: &str) -> String {
    match language {
        Language::Fr => format!("Ce fichier ne peut pas être lu\u{a0}: {why}"),
        Language::En => format!("This file cannot be read: {why}"),
    }
}

/// A field that the import cannot do without.
pub(crate) fn column_missing(language: Language, field: &str) -> String {
    holds_missing(language, import::field_label(language, field))
}

/// The same by its label.
pub(crate) fn holds_missing(language: Language, label: &str) -> String {
    match language {
        Language::Fr => format!("Indiquez quelle colonne contient\u{a0}: {label}"),
        Language::En => format!("Say which column holds: {label}"),
    }
}

/// A field that was chosen for two columns.
pub(crate) fn column_twice(language: Language, field: &str) -> String {
    holds_twice(language, import::field_label(language, field))
}

/// The same by its label.
pub(crate) fn holds_twice(language: Language, label: &str) -> String {
    match language {
        Language::Fr => format!("Une seule colonne peut contenir\u{a0}: {label}"),
        Language::En => format!("Only one column can hold: {label}"),
    }
}
