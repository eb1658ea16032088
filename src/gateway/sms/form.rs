//! What a provider is asked, and how its answers are read.

use std::fmt::Debug;

use domain::Moment;
use domain::bounce::Verdict;

use super::json::Json;
use super::{Order, Outcome};
use crate::gateway::read_mail::Told;
use crate::gateway::wire::Call;

/// Letters kept of a provider's words.
const WORDS_MAX: usize = 300;

/// The form of a provider's interface.
pub(super) trait Form: Debug + Send + Sync {
    /// The request that offers a text; an error when the settings make none.
    fn offer(&self, order: &Order) -> Result<Call, String>;

    /// What a 2xx answer says; none when it is not in the provider's form.
    fn taken(&self, answer: &Json) -> Option<Outcome>;

    /// What a 4xx answer says beyond its status.
    fn refused(&self, _answer: &Json) -> Option<Outcome> {
        None
    }

    /// Where an answer has its words.
    fn words(&self, answer: &Json) -> String;

    /// Whether the same request twice sends one text: the provider keeps to our key.
    fn is_idempotent(&self) -> bool {
        false
    }

    /// The request that asks how the account stands, where there is one, and what of the answer
    /// is worth showing.
    fn greeting(&self, _at: Moment) -> Option<Call> {
        None
    }

    /// What of the answer to a greeting is worth showing.
    fn greeted(&self, _answer: &Json) -> String {
        String::new()
    }

    /// The request that asks what became of a text, of a provider that is asked.
    fn question(&self, _reference: &str, _at: Moment) -> Option<Call> {
        None
    }

    /// What the answer says.
    fn answered(&self, _answer: &Json) -> Option<Told> {
        None
    }
}

/// What a status says where the provider's form says no more: the account (401, 402, 403, 404) and
/// the rate (429) are mended and the text goes later; any other 4xx is about the text.
pub(super) fn by_status(form: &impl Form, status: u16, answer: &Json) -> Outcome {
    let words = told(status, &form.words(answer));
    match status {
        400..=499 if is_about_account(&words) => Outcome::Deferred(words),
        300..=399 | 401..=404 | 407 | 408 | 425 | 429 | 503 => Outcome::Deferred(words),
        400..=499 => Outcome::Refused(Verdict::Refused, words),
        _ if form.is_idempotent() => Outcome::Deferred(words),
        _ => Outcome::CutOff(words),
    }
}

/// Whether a refusal is about money left on the account, which comes back.
fn is_about_account(words: &str) -> bool {
    let words = words.to_lowercase();
    ["credit", "balance", "solde"]
        .iter()
        .any(|word| words.contains(word))
}

/// A status and what was said with it, kept short.
pub(super) fn told(status: u16, words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: String = words.chars().take(WORDS_MAX).collect();
    format!("{status} {words}").trim_end().to_owned()
}
