//! All wording of the pages, French and English side by side.
//!
//! A text exists in both languages or the program does not compile. Texts with amounts or days in
//! them are functions; they take domain values and format them themselves.

use domain::party::Language;

/// A wording in every language.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// French.
    pub fr: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// The wording in this language.
    #[must_use]
    pub const fn of(self, language: Language) -> &'static str {
        match language {
            Language::Fr => self.fr,
            Language::En => self.en,
        }
    }
}

/// Declares fixed wordings, and `ALL` of them for the test that reads them over.
///
/// Those that documents need too begin with `pub`.
macro_rules! texts {
    (pub $($name:ident = $fr:literal, $en:literal;)+) => {
        $(#[doc = $en] pub const $name: $crate::text::Text =
            $crate::text::Text { fr: $fr, en: $en };)+
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, $crate::text::Text)] = &[$((stringify!($name), $name)),+];
    };
    ($($name:ident = $fr:literal, $en:literal;)+) => {
        $(pub(crate) const $name: $crate::text::Text = $crate::text::Text { fr: $fr, en: $en };)+
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, $crate::text::Text)] = &[$((stringify!($name), $name)),+];
    };
}

pub(crate) mod account;
pub(crate) mod ahead;
pub(crate) mod attached;
pub(crate) mod bank;
pub(crate) mod bank_columns;
pub(crate) mod bank_reason;
pub(crate) mod calls;
pub(crate) mod check_iban;
pub(crate) mod code;
pub(crate) mod common;
pub(crate) mod debits;
pub(crate) mod decision;
pub(crate) mod dispute;
pub mod document;
pub(crate) mod file;
pub(crate) mod front;
pub(crate) mod happening;
pub(crate) mod held;
pub(crate) mod import;
pub(crate) mod invoice;
pub mod labels;
pub(crate) mod late;
pub(crate) mod letters;
pub(crate) mod mandate;
pub(crate) mod outcome;
pub mod own_text;
pub(crate) mod pay;
pub(crate) mod people;
pub(crate) mod plan;
pub(crate) mod portal;
pub(crate) mod promise;
pub(crate) mod recall;
pub(crate) mod reminders;
pub(crate) mod report;
pub(crate) mod returned;
pub(crate) mod reversal;
pub(crate) mod set_off;
pub(crate) mod staff;
pub(crate) mod staff_dispute;
pub mod starter;
pub(crate) mod texting;
pub mod unsent;
pub(crate) mod wrong;

/// One or several, as each language counts: French takes 0 for singular.
#[must_use]
pub const fn plural(language: Language, count: usize) -> bool {
    match language {
        Language::Fr => count > 1,
        Language::En => count != 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &[&[(&str, Text)]] = &[
        ahead::ALL,
        attached::ALL,
        account::ALL,
        bank::ALL,
        bank_columns::ALL,
        calls::ALL,
        check_iban::ALL,
        code::ALL,
        common::ALL,
        debits::ALL,
        decision::ALL,
        dispute::ALL,
        document::ALL,
        front::ALL,
        held::ALL,
        import::ALL,
        invoice::ALL,
        late::ALL,
        letters::ALL,
        mandate::ALL,
        outcome::ALL,
        own_text::ALL,
        pay::ALL,
        plan::ALL,
        people::ALL,
        portal::ALL,
        promise::ALL,
        report::ALL,
        returned::ALL,
        recall::ALL,
        reminders::ALL,
        reversal::ALL,
        set_off::ALL,
        staff::ALL,
        staff_dispute::ALL,
        texting::ALL,
        wrong::ALL,
    ];

    /// Texts that are rightly the same in both languages.
    const SAME: &[&str] = &[
        "ACTION",
        "BIC",
        "CONTACTS",
        "DATE",
        "DOCUMENTS",
        "EMAIL",
        "IBAN",
        "IMPORTS",
        "BY_EMAIL",
        "MESSAGE",
        "TOTAL",
        "VARIABLES",
        "VERSIONS",
    ];

    #[test]
    fn every_text_is_written_in_both_languages() {
        for (name, text) in ALL.iter().copied().flatten() {
            assert!(
                !text.fr.trim().is_empty() && !text.en.trim().is_empty(),
                "{name}"
            );
            assert!(
                text.fr != text.en || SAME.contains(name),
                "{name} is not translated"
            );
        }
    }

    #[test]
    fn french_signs_stand_after_a_no_break_space() {
        for (name, text) in ALL.iter().copied().flatten() {
            for sign in ['?', '!', ';', ':', '»'] {
                assert!(
                    !text.fr.contains(&format!(" {sign}")),
                    "{name}: «{}»",
                    text.fr
                );
            }
            assert!(!text.fr.contains('\''), "{name}: write ’");
            assert!(!text.en.contains('\''), "{name}: write ’");
        }
    }
}
