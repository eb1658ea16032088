//! A supplier's own texts: which messages have one, what may stand in it, what must, and what is
//! wrong with it, line by line.
//!
//! A text is plain words with variables. Its syntax is a short list, not a language: a variable, a
//! condition on one, and one loop over the message's invoices. Whatever else a template engine can
//! do is refused here, before the engine sees it.

mod check;
mod measure;
mod scan;
#[cfg(test)]
mod tests;
mod values;
mod variable;

use std::fmt;
use std::str::FromStr;

pub use check::check;
pub use measure::{PARAGRAPHS_MAX, SUBJECT_MAX, measure, paragraphs};
pub use values::{ITEMS_MAX, Item, Values};
pub use variable::{Variable, allowed, mandatory};

use crate::message::MessageKind;
use crate::party::Language;
use crate::scenario::Channel;
use crate::text_enum::UnknownText;

/// The messages of which a supplier may write its own text.
pub const KINDS: &[MessageKind] = &[
    MessageKind::Notice,
    MessageKind::Reminder1,
    MessageKind::Reminder2,
    MessageKind::Reminder3,
    MessageKind::FormalNotice,
    MessageKind::Thanks,
    MessageKind::PromiseNoted,
    MessageKind::PromiseSoon,
    MessageKind::PromiseBroken,
    MessageKind::DisputeReceived,
    MessageKind::DisputeAnswer,
    MessageKind::DebitRefused,
    MessageKind::DebitNotice,
    MessageKind::MandateSigned,
];

/// The channels whose words are a text.
pub const CHANNELS: &[Channel] = &[Channel::Email, Channel::Sms];

/// Characters of a text as it is written, at most.
pub const BODY_MAX: usize = 4_000;

/// The place of one text: there is one in use for each, or the one that is built in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Slot {
    /// Of which message.
    pub kind: MessageKind,
    /// In which language.
    pub language: Language,
    /// By which channel.
    pub channel: Channel,
}

impl Slot {
    /// The place of this text; none where a supplier cannot write its own.
    #[must_use]
    pub fn new(kind: MessageKind, language: Language, channel: Channel) -> Option<Self> {
        let there = KINDS.contains(&kind) && CHANNELS.contains(&channel);
        there.then_some(Self {
            kind,
            language,
            channel,
        })
    }

    /// All of them: kind by kind, channel by channel, language by language.
    pub fn all() -> impl Iterator<Item = Self> {
        let of_kind = |kind: &'static MessageKind| {
            let by = move |channel: &'static Channel| {
                let languages = Language::ALL.iter();
                languages.filter_map(move |language| Self::new(*kind, *language, *channel))
            };
            CHANNELS.iter().flat_map(by)
        };
        KINDS.iter().flat_map(of_kind)
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.kind, self.language, self.channel)
    }
}

impl FromStr for Slot {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let unknown = || UnknownText::new("Slot", text);
        let mut parts = text.split('.');
        let mut part = || parts.next().ok_or_else(unknown);
        let (kind, language, channel) = (part()?, part()?, part()?);
        let slot = Self::new(kind.parse()?, language.parse()?, channel.parse()?);
        slot.filter(|slot| slot.to_string() == text)
            .ok_or_else(unknown)
    }
}

/// A text as somebody wrote it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Draft {
    /// One line; none by text message.
    pub subject: String,
    /// Paragraphs, with empty lines between.
    pub body: String,
}

text_enum! {
    /// The part of a text.
    pub enum Part {
        /// Its one line.
        Subject = "subject",
        /// Its paragraphs.
        Body = "body",
    }
}

/// What is wrong with a text, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flaw {
    /// In which part.
    pub part: Part,
    /// On which line, from 1.
    pub line: usize,
    /// What.
    pub why: Why,
}

/// What can be wrong with a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// There is none.
    Empty,
    /// It has this many characters too many.
    TooLong(usize),
    /// A subject is one line.
    Lines,
    /// These signs open something that is not closed.
    Unclosed(String),
    /// There is no variable of this name.
    Unknown(String),
    /// This variable belongs to other messages.
    Elsewhere(Variable),
    /// This is not among what a text may do.
    Refused(String),
    /// A loop over something else than the invoices.
    Loop(String),
    /// A loop in a loop.
    Nested,
    /// More than one loop.
    Loops,
    /// This ends or continues what was not begun.
    Stray(String),
    /// This is begun and not ended.
    Open(String),
    /// This variable says something only within the loop.
    OutsideLoop(Variable),
    /// One of these must be said, whatever the account.
    Missing(&'static [Variable]),
    /// A formal notice must call itself one.
    NotFormal,
    /// Somebody who writes in another's name may not say this.
    Threat(String),
    /// No message carries an account number.
    Iban,
    /// With its longest values it has this many characters too many.
    Grows(usize),
    /// It has more than this many paragraphs or lines.
    Paragraphs(usize),
    /// What the template engine says.
    Engine(String),
}

impl Flaw {
    /// This is wrong here.
    #[must_use]
    pub const fn new(part: Part, line: usize, why: Why) -> Self {
        Self { part, line, why }
    }
}
