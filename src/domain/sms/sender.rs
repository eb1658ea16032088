//! Who a text says it is from.

use std::fmt;
use std::str::FromStr;

/// Characters of a sender, at most.
const CHARS_MAX: usize = 11;

/// The name that a phone shows as the sender of a text: up to 11 letters and digits with one letter
/// at least. Nobody can answer it; the link is the way to answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sender(String);

/// A text that cannot be a sender.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "'{0}' is no sender: 3 to 11 letters and digits without accents, one letter at least, such as \
     BOREAL; the operators ask for proof that the name is yours"
)]
pub struct SenderError(String);

impl Sender {
    /// As it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Sender {
    type Err = SenderError;

    fn from_str(text: &str) -> Result<Self, SenderError> {
        let text = text.trim();
        let fits = (3..=CHARS_MAX).contains(&text.len())
            && text
                .bytes()
                .all(|one| one.is_ascii_alphanumeric() || one == b' ')
            && text.bytes().any(|one| one.is_ascii_alphabetic());
        fits.then(|| Self(text.to_owned()))
            .ok_or_else(|| SenderError(text.chars().take(20).collect()))
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
