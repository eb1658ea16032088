//! What is wrong with a field, and what to do about it.

use domain::bank::BankError;
use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};
use crate::problem::Wrong;

/// One sentence, the same in the summary and at the field.
pub(crate) fn words(language: Language, wrong: &Wrong) -> String {
    match wrong {
        Wrong::AmountAbove(most) => above(language, *most),
        Wrong::DayOutside(first, last) => outside(language, *first, *last),
        Wrong::TooLong(most) => too_long(language, *most),
        Wrong::Iban(error) => iban(language, error),
        other => String::from(match language {
            Language::Fr => french(other),
            Language::En => english(other),
        }),
    }
}

const fn french(wrong: &Wrong) -> &'static str {
    match wrong {
        Wrong::ReasonMissing => "Indiquez ce qui bloque",
        Wrong::TextMissing => "Expliquez le problème en quelques mots",
        Wrong::AmountMissing => "Indiquez un montant",
        Wrong::AmountUnreadable => "Écrivez le montant en chiffres, par exemple 1250,00",
        Wrong::AmountNotPositive => "Indiquez un montant supérieur à zéro",
        Wrong::NothingChosen => "Cochez au moins une facture",
        Wrong::TwoCurrencies => "Choisissez des factures d’une seule devise à la fois",
        Wrong::DayUnreadable => "Écrivez la date sous la forme 30/11/2026",
        Wrong::MethodMissing => "Choisissez un moyen de paiement",
        Wrong::NameMissing => "Indiquez un nom",
        Wrong::PlaceMissing => "Indiquez le lieu de signature",
        Wrong::Bic => "Le BIC compte 8 ou 11 lettres et chiffres, par exemple AGRIFRPP",
        Wrong::UsageMissing => "Choisissez un seul prélèvement ou plusieurs",
        Wrong::ConsentMissing => "Cochez la case pour signer le mandat",
        Wrong::SignIn => "L’adresse ou le mot de passe n’est pas le bon",
        Wrong::FileMissing => "Choisissez un fichier",
        Wrong::ColumnMissing => "Choisissez la colonne du fichier qui contient cette donnée",
        Wrong::TooLong(_) | Wrong::AmountAbove(_) | Wrong::DayOutside(..) | Wrong::Iban(_) => "",
    }
}

const fn english(wrong: &Wrong) -> &'static str {
    match wrong {
        Wrong::ReasonMissing => "Say what is blocking",
        Wrong::TextMissing => "Explain the problem in a few words",
        Wrong::AmountMissing => "Enter an amount",
        Wrong::AmountUnreadable => "Write the amount in figures, for example 1250.00",
        Wrong::AmountNotPositive => "Enter an amount above zero",
        Wrong::NothingChosen => "Tick at least one invoice",
        Wrong::TwoCurrencies => "Choose invoices of one currency at a time",
        Wrong::DayUnreadable => "Write the date as 2026-11-30",
        Wrong::MethodMissing => "Choose how to pay",
        Wrong::NameMissing => "Enter a name",
        Wrong::PlaceMissing => "Enter the place of signature",
        Wrong::Bic => "A BIC has 8 or 11 letters and digits, for example AGRIFRPP",
        Wrong::UsageMissing => "Choose one debit or several",
        Wrong::ConsentMissing => "Tick the box to sign the mandate",
        Wrong::SignIn => "The address or the password is not right",
        Wrong::FileMissing => "Choose a file",
        Wrong::ColumnMissing => "Choose the column of the file that holds this",
        Wrong::TooLong(_) | Wrong::AmountAbove(_) | Wrong::DayOutside(..) | Wrong::Iban(_) => "",
    }
}

fn above(language: Language, most: Money) -> String {
    let most = money(language, most);
    match language {
        Language::Fr => format!("Indiquez au plus {most}, ce qui reste dû"),
        Language::En => format!("Enter at most {most}, which is what is left"),
    }
}

fn outside(language: Language, first: Day, last: Day) -> String {
    let (first, last) = (day(language, first), day(language, last));
    match language {
        Language::Fr => format!("Indiquez une date entre le {first} et le {last}"),
        Language::En => format!("Enter a date between {first} and {last}"),
    }
}

fn too_long(language: Language, most: usize) -> String {
    match language {
        Language::Fr => format!("Raccourcissez ce texte à {most} caractères"),
        Language::En => format!("Shorten this text to {most} characters"),
    }
}

fn iban(language: Language, error: &BankError) -> String {
    match (language, error) {
        (Language::Fr, BankError::Country(code)) => {
            format!("«\u{a0}{code}\u{a0}» ne commence par aucun pays qui a des IBAN")
        }
        (
            Language::Fr,
            BankError::Length {
                country,
                expected,
                found,
            },
        ) => format!("Un IBAN {country} compte {expected} caractères, celui-ci en a {found}"),
        (Language::Fr, BankError::Character { found, place }) => {
            format!("Le signe «\u{a0}{found}\u{a0}» n’a pas sa place en position {place} de l’IBAN")
        }
        (Language::Fr, BankError::CheckDigits) => String::from(
            "L’IBAN contient une erreur\u{a0}: un caractère est faux ou deux sont inversés",
        ),
        (Language::Fr, BankError::Form { .. }) => String::from("Indiquez un IBAN"),
        (Language::En, BankError::Country(code)) => {
            format!("“{code}” starts with no country that has IBANs")
        }
        (
            Language::En,
            BankError::Length {
                country,
                expected,
                found,
            },
        ) => {
            format!("An IBAN of {country} has {expected} characters, this one has {found}")
        }
        (Language::En, BankError::Character { found, place }) => {
            format!("“{found}” has no place in position {place} of the IBAN")
        }
        (Language::En, BankError::CheckDigits) => {
            String::from("The IBAN has a mistake: a character is wrong or two are swapped")
        }
        (Language::En, BankError::Form { .. }) => String::from("Enter an IBAN"),
    }
}
