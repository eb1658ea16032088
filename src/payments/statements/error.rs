//! Why a statement file was refused.

use std::fmt;

/// The file cannot be taken as a statement; nothing of it is booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementError {
    /// The line at which reading stopped, from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for StatementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        self.fault.fmt(f)
    }
}

impl std::error::Error for StatementError {}

/// What is wrong with a file, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing in it.
    #[error("the file is empty: download it again")]
    Empty,
    /// A table whose columns are not told, or not those that its profile names.
    #[error("the columns of the table are not known: {0}")]
    Columns(String),
    /// None of the formats.
    #[error(
        "this is no bank statement that is read here: \
         export it as camt.053, CFONB120, MT940 or CSV"
    )]
    Unrecognised,
    /// The list of returned orders of French banks.
    #[error("this is a CFONB240 file: ask the bank for the statement, CFONB120 or camt.053")]
    Cfonb240,
    /// The root element has no namespace, so nothing says what the file is.
    #[error("the file does not say which message it is: export it again as camt.053")]
    NoNamespace,
    /// Another message.
    #[error("'{0}' is no statement: export it as camt.053, camt.052 or camt.054")]
    OtherMessage(String),
    /// The namespace is a statement's, the content is not.
    #[error("the file holds no bank statement")]
    NoStatement,
    /// Two statements of one account with one id: their entries could not be told apart.
    #[error("statement '{0}' is in the file twice: export it again")]
    Repeated(String),
    /// A value that is missing or cannot be read.
    #[error("statement '{statement}', entry {ordinal}: {field} '{value}' {reason}")]
    Field {
        /// The statement's id.
        statement: String,
        /// The entry's place in it, from 1; 0 for the statement itself.
        ordinal: u32,
        /// The element or column.
        field: &'static str,
        /// What stands there; empty when it is missing.
        value: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A record of a line-based file that is no record of it.
    #[error("{field} '{value}' {reason}")]
    Record {
        /// Which part of the record.
        field: &'static str,
        /// What stands there.
        value: String,
        /// What is wrong with it.
        reason: String,
    },
    /// More bytes than are read.
    #[error("the file has more than {0} bytes: ask the bank for a shorter period")]
    TooLarge(u64),
    /// One value or line of a length that no bank writes.
    #[error("a single value has more than {0} bytes")]
    TooLong(usize),
    /// More statements, references or rows in one piece than any bank writes.
    #[error("more than {0} {1} in one file: ask the bank for a shorter period")]
    TooMany(usize, &'static str),
    /// Bytes that are not the text they claim to be.
    #[error("the text is not valid {0}: export the file again")]
    Bytes(&'static str),
    /// A character without a place in text.
    #[error("the character U+{0:04X} is not allowed here")]
    Character(u32),
    /// A document type: bank files have none, attacks do.
    #[error("the file declares a document type (DOCTYPE), which bank files never do")]
    Doctype,
    /// Nested deeper than bank messages are.
    #[error("elements are nested more than {0} deep")]
    TooDeep(usize),
    /// Text or a second element after the root.
    #[error("there is content outside the root element")]
    OutsideRoot,
    /// An entity that XML does not define by itself.
    #[error("the entity '&{0};' is not known")]
    Entity(String),
    /// It ends within a statement.
    #[error("the file ends in the middle: download it again")]
    CutOff,
    /// Not XML.
    #[error("the XML cannot be read: {0}")]
    Xml(String),
    /// The storage or the upload failed.
    #[error("the file cannot be read: {0}")]
    Read(String),
}

impl Fault {
    /// What a failed reading says: our own fault, if it was one.
    pub(super) fn of(why: std::io::Error) -> Self {
        let words = why.to_string();
        let own = why.into_inner().and_then(|own| own.downcast().ok());
        own.map_or(Self::Read(words), |fault: Box<Self>| *fault)
    }

    /// At a line.
    #[must_use]
    pub(super) const fn at(self, line: usize) -> StatementError {
        StatementError { line, fault: self }
    }

    /// A part of a record that cannot be read.
    pub(super) fn record(field: &'static str, value: &str, reason: impl ToString) -> Self {
        Self::Record {
            field,
            value: short(value),
            reason: reason.to_string(),
        }
    }
}

/// As much of a value as a message shows.
fn short(value: &str) -> String {
    value.trim().chars().take(80).collect()
}

/// A value that is missing or cannot be read, before it is known where it stands.
#[derive(Debug)]
pub(super) struct BadField {
    pub(super) field: &'static str,
    pub(super) value: String,
    pub(super) reason: String,
}

impl BadField {
    pub(super) fn new(field: &'static str, value: &str, reason: impl ToString) -> Self {
        Self {
            field,
            value: short(value),
            reason: reason.to_string(),
        }
    }

    pub(super) fn missing(field: &'static str) -> Self {
        Self::new(field, "", "is missing")
    }

    pub(super) fn of(self, statement: &str, ordinal: u32) -> Fault {
        Fault::Field {
            statement: statement.to_owned(),
            ordinal,
            field: self.field,
            value: self.value,
            reason: self.reason,
        }
    }
}
