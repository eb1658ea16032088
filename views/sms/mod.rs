//! The text messages debtors receive: one function a kind, each giving a text in one segment.
//!
//! The supplier's name first, the link last, between them the least that tells why. What a text
//! has no room for is on the page behind the link. Texts are spelled in the GSM alphabet
//! (`domain::sms::spell`); amounts are written with their currency's code, whose sign costs more
//! (`ux.md` §D). As in mails there is no IBAN (`law.md` §3).

mod account;
mod debits;
mod disputes;
mod plans;
mod reminders;
#[cfg(test)]
mod tests;
mod words;

use domain::party::Language;

pub use account::{fresh_link, money_back, promise_broken, promise_noted, promise_soon, thanks};
pub use debits::{
    debit_ended, debit_notice, debit_refused, debit_under_way, mandate_revoked, mandate_signed,
};
pub use disputes::{dispute_answer, dispute_delayed, dispute_question, dispute_received};
pub use plans::{plan_accepted, plan_countered, plan_missed, plan_received, plan_refused};
pub use reminders::{formal_notice, notice, reminder_1, reminder_2, reminder_3};

/// A text that nobody but staff gets says so first: a number may be mistyped.
#[must_use]
pub fn marked_as_trial(language: Language, text: &str) -> String {
    match language {
        Language::Fr => format!("ESSAI - {text}"),
        Language::En => format!("TEST - {text}"),
    }
}
