//! What is wrong with a field, and what to do about it.

use domain::bank::BankError;
use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};
use crate::problem::{ByHandWrong, Wrong};
use crate::text::{
    Text, attached, bank_columns, calls, code, file, letters, own_text, people, reminders,
};

texts! {
    REASON_MISSING = "Indiquez ce qui bloque",
        "Say what is blocking";
    TEXT_MISSING = "Expliquez le problème en quelques mots",
        "Explain the problem in a few words";
    NOTHING_SAID = "Écrivez quelques mots ou joignez un fichier",
        "Write a few words or attach a file";
    AMOUNT_MISSING = "Indiquez un montant",
        "Enter an amount";
    AMOUNT_UNREADABLE = "Écrivez le montant en chiffres, par exemple 1250,00",
        "Write the amount in figures, for example 1250.00";
    AMOUNT_NOT_POSITIVE = "Indiquez un montant supérieur à zéro",
        "Enter an amount above zero";
    LINE_MISSING = "Indiquez la désignation ou le numéro de la ligne",
        "Enter the name or number of the line";
    NOTHING_CHOSEN = "Cochez au moins une facture",
        "Tick at least one invoice";
    TWO_CURRENCIES = "Choisissez des factures d’une seule devise à la fois",
        "Choose invoices of one currency at a time";
    DAY_MISSING = "Indiquez une date", "Enter a date";
    MOBILE = "Indiquez un numéro de mobile, par exemple 06 12 34 56 78 ou +32 470 12 34 56",
        "Enter a mobile number, for example 06 12 34 56 78 or +32 470 12 34 56";
    DAY_UNREADABLE = "Écrivez la date sous la forme 30/11/2026",
        "Write the date as 2026-11-30";
    ON_PLAN = "Une de ces factures est déjà sur un échéancier",
        "One of these invoices is on a plan already";
    ANSWER_MISSING = "Répondez à au moins une question",
        "Answer at least one question";
    METHOD_MISSING = "Choisissez un moyen de paiement",
        "Choose how to pay";
    NAME_MISSING = "Indiquez un nom",
        "Enter a name";
    PLACE_MISSING = "Indiquez le lieu de signature",
        "Enter the place of signature";
    IBAN_MISSING = "Indiquez l’IBAN du compte à débiter", "Enter the IBAN of the account to debit";
    IBAN_OF_SUPPLIER = "Cet IBAN est celui de votre fournisseur\u{a0}: indiquez celui du compte à \
                        débiter",
        "This is your supplier’s own IBAN: enter that of the account to debit";
    BIC = "Le BIC compte 8 ou 11 lettres et chiffres, par exemple AGRIFRPP",
        "A BIC has 8 or 11 letters and digits, for example AGRIFRPP";
    MANDATE_REFERENCE = "Indiquez une référence de 35 caractères au plus, sans espace ni accent, \
                         qu’aucun autre mandat ne porte",
        "Enter a reference of at most 35 characters, without spaces or accents, that no other \
         mandate has";
    USAGE_MISSING = "Choisissez un seul prélèvement ou plusieurs",
        "Choose one debit or several";
    CONSENT_MISSING = "Cochez la case pour signer le mandat",
        "Tick the box to sign the mandate";
    CUSTOMER_UNKNOWN = "Aucun client n’a ce code",
        "No customer has this code";
    REST_MISSING = "Indiquez le client pour le reste",
        "Enter the customer for the rest";
    FILE_NOT_PDF = "Choisissez un fichier PDF", "Choose a PDF file";
    SIGN_IN = "L’adresse ou le mot de passe n’est pas le bon",
        "The address or the password is not right";
    PASSWORD = "Ce n’est pas votre mot de passe", "This is not your password";
    SAME_ACCOUNT = "C’est le compte déjà affiché", "This account is shown already";
    WORDS_MISSING = "Écrivez au client pourquoi",
        "Write to the customer why";
    WAIVER_REASON = "Indiquez pourquoi vous y renoncez",
        "Say why you waive them";
    CREDIT_NUMBER_MISSING = "Indiquez le numéro de l’avoir",
        "Enter the number of the credit note";
    FILE_MISSING = "Choisissez un fichier",
        "Choose a file";
    FILE_EMPTY = "Ce fichier est vide\u{a0}: exportez à nouveau la balance",
        "This file is empty: export the balance again";
}

/// One sentence, the same in the summary and at the field.
pub(crate) fn words(language: Language, wrong: &Wrong) -> String {
    let say = |text: Text| String::from(text.of(language));
    match wrong {
        Wrong::ReasonMissing => say(REASON_MISSING),
        Wrong::TextMissing => say(TEXT_MISSING),
        Wrong::NothingSaid => say(NOTHING_SAID),
        Wrong::AmountMissing => say(AMOUNT_MISSING),
        Wrong::AmountUnreadable => say(AMOUNT_UNREADABLE),
        Wrong::AmountNotPositive => say(AMOUNT_NOT_POSITIVE),
        Wrong::NothingChosen => say(NOTHING_CHOSEN),
        Wrong::TwoCurrencies => say(TWO_CURRENCIES),
        Wrong::DayMissing => say(DAY_MISSING),
        Wrong::DayUnreadable => say(DAY_UNREADABLE),
        Wrong::PartsSum(found, wanted) => parts_sum(language, *found, *wanted),
        Wrong::OnPlan => say(ON_PLAN),
        Wrong::AnswerMissing => say(ANSWER_MISSING),
        Wrong::MethodMissing => say(METHOD_MISSING),
        Wrong::NameMissing => say(NAME_MISSING),
        Wrong::PlaceMissing => say(PLACE_MISSING),
        Wrong::Bic => say(BIC),
        Wrong::IbanMissing => say(IBAN_MISSING),
        Wrong::IbanOfSupplier => say(IBAN_OF_SUPPLIER),
        Wrong::BicMissing(country) => bic_missing(language, country),
        Wrong::OutsideSepa(country) => outside_sepa(language, country),
        Wrong::MandateReference => say(MANDATE_REFERENCE),
        Wrong::UsageMissing => say(USAGE_MISSING),
        Wrong::ConsentMissing => say(CONSENT_MISSING),
        Wrong::SignIn => say(SIGN_IN),
        Wrong::Password => say(PASSWORD),
        Wrong::SameAccount => say(SAME_ACCOUNT),
        Wrong::FileMissing => say(FILE_MISSING),
        Wrong::WordsMissing => say(WORDS_MISSING),
        Wrong::CreditNumberMissing => say(CREDIT_NUMBER_MISSING),
        Wrong::CreditSpent(left) => credit_spent(language, *left),
        Wrong::WaiverReason => say(WAIVER_REASON),
        Wrong::BelowMinimum(least) => below(language, *least),
        Wrong::FileRefused(name, why) => attached::refused(language, name, *why),
        Wrong::AmountAbove(most) => above(language, *most),
        Wrong::LineMissing => say(LINE_MISSING),
        Wrong::LinesAbove(most) => lines_above(language, *most),
        Wrong::DayOutside(first, last) => outside(language, *first, *last),
        Wrong::TooLong(most) => too_long(language, *most),
        Wrong::Iban(error) => iban(language, error),
        Wrong::Email => say(people::EMAIL_BAD),
        Wrong::TooManyForwards => say(people::TOO_MANY),
        Wrong::CodeMissing => say(code::MISSING),
        Wrong::CodeOver => say(code::OVER),
        Wrong::TooManyCodes => say(code::TOO_MANY),
        Wrong::Code(left) => code::wrong(language, *left),
        Wrong::FileEmpty => say(FILE_EMPTY),
        Wrong::FileNotPdf => say(FILE_NOT_PDF),
        Wrong::CustomerUnknown => say(CUSTOMER_UNKNOWN),
        Wrong::RestMissing => say(REST_MISSING),
        Wrong::FileTooLarge(most) => file::too_large(language, *most),
        Wrong::FileNotText(line) => file::not_text(language, *line),
        Wrong::FileColumns(seen) => file::columns(language, seen),
        Wrong::FileUnreadable(why) => file::unreadable(language, why),
        Wrong::ColumnMissing(field) => file::column_missing(language, field),
        Wrong::ByHand(why) => say(by_hand(*why)),
        Wrong::Mobile => say(MOBILE),
        Wrong::Text(flaw) => own_text::told(language, flaw),
        Wrong::Reminder(why) => reminders::wrong(language, *why),
        Wrong::ColumnTwice(field) => file::column_twice(language, field),
        Wrong::BankColumnMissing(field) => bank_column(language, field, false),
        Wrong::BankColumnTwice(field) => bank_column(language, field, true),
        Wrong::AccountMissing => say(bank_columns::ACCOUNT_MISSING),
        Wrong::LookFirst => say(bank_columns::LOOK_FIRST),
    }
}

fn lines_above(language: Language, most: Money) -> String {
    let most = money(language, most);
    match language {
        Language::Fr => format!("Le total des lignes ne peut pas dépasser {most}"),
        Language::En => format!("The lines cannot add up to more than {most}"),
    }
}

fn above(language: Language, most: Money) -> String {
    let most = money(language, most);
    match language {
        Language::Fr => format!("Indiquez au plus {most}, ce qui reste dû"),
        Language::En => format!("Enter at most {most}, which is what is left"),
    }
}

fn below(language: Language, least: Money) -> String {
    let least = money(language, least);
    match language {
        Language::Fr => {
            format!("Payez au moins {least}, ou la totalité de chaque facture choisie")
        }
        Language::En => format!("Pay at least {least}, or all of each invoice chosen"),
    }
}

fn credit_spent(language: Language, left: Money) -> String {
    let left = money(language, left);
    match language {
        Language::Fr => format!("Il ne reste que {left} de cet avoir"),
        Language::En => format!("Only {left} is left of this credit note"),
    }
}

fn outside(language: Language, first: Day, last: Day) -> String {
    let (first, last) = (day(language, first), day(language, last));
    match language {
        Language::Fr => format!("Indiquez une date entre le {first} et le {last}"),
        Language::En => format!("Enter a date between {first} and {last}"),
    }
}

fn parts_sum(language: Language, found: Money, wanted: Money) -> String {
    let (found, wanted) = (money(language, found), money(language, wanted));
    match language {
        Language::Fr => format!("Les échéances font {found}\u{a0}: elles doivent faire {wanted}"),
        Language::En => format!("The instalments come to {found}: they must come to {wanted}"),
    }
}

fn too_long(language: Language, most: usize) -> String {
    match language {
        Language::Fr => format!("Raccourcissez ce texte à {most} caractères"),
        Language::En => format!("Shorten this text to {most} characters"),
    }
}

fn outside_sepa(language: Language, country: &str) -> String {
    match language {
        Language::Fr => {
            format!(
                "Un compte {country} ne peut pas être prélevé\u{a0}: il est hors de la zone SEPA"
            )
        }
        Language::En => format!("An account in {country} cannot be debited: it is outside SEPA"),
    }
}

fn bic_missing(language: Language, country: &str) -> String {
    match language {
        Language::Fr => format!("Pour un IBAN {country}, indiquez aussi le BIC"),
        Language::En => format!("For an IBAN of {country}, enter the BIC too"),
    }
}

fn iban(language: Language, error: &BankError) -> String {
    match (language, error) {
        (Language::Fr, BankError::Country(code)) => {
            format!("«\u{a0}{code}\u{a0}» n’est pas le code d’un pays qui utilise l’IBAN")
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
        (Language::Fr, BankError::Structure(country)) => {
            format!("Un compte {country} ne s’écrit pas ainsi\u{a0}: recopiez-le d’un relevé")
        }
        (Language::Fr, BankError::RibKey) => String::from(
            "La clé RIB (deux derniers chiffres) est fausse\u{a0}: recopiez l’IBAN d’un relevé",
        ),
        (Language::Fr, BankError::Form { .. }) => String::from("Indiquez un IBAN"),
        (Language::En, BankError::Country(code)) => {
            format!("“{code}” is not the code of a country that uses IBANs")
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
        (Language::En, BankError::Structure(country)) => {
            format!("Accounts of {country} are not written like this: copy it from a statement")
        }
        (Language::En, BankError::RibKey) => String::from(
            "The RIB key (last two digits) is wrong: copy the IBAN from a bank statement",
        ),
        (Language::En, BankError::Form { .. }) => String::from("Enter an IBAN"),
    }
}

fn bank_column(language: Language, field: &str, twice: bool) -> String {
    let label = bank_columns::label(language, field);
    match twice {
        true => file::holds_twice(language, label),
        false => file::holds_missing(language, label),
    }
}

const fn by_hand(why: ByHandWrong) -> Text {
    match why {
        ByHandWrong::TownMissing => letters::TOWN_MISSING,
        ByHandWrong::StreetMissing => letters::STREET_MISSING,
        ByHandWrong::StreetLong => letters::STREET_LONG,
        ByHandWrong::PostingDay => letters::DAY_WRONG,
        ByHandWrong::OutcomeMissing => calls::OUTCOME_MISSING,
        ByHandWrong::NextCall => calls::NEXT_WRONG,
    }
}
