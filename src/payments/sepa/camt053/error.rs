//! Why a statement file was refused.

/// The file cannot be taken as a statement; nothing of it should be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CamtError {
    /// The root element has no namespace, so nothing says what the file is.
    #[error("the file does not say which message it is: export it again as camt.053")]
    NoNamespace,
    /// Another message, or a version that is not read.
    #[error("'{0}' is not read: export the statement as camt.053, version 02 to 08")]
    UnknownVersion(String),
    /// The namespace is camt.053's, the content is not.
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
        /// The element.
        field: &'static str,
        /// What stands there; empty when it is missing.
        value: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The parser stopped.
    #[error("the XML cannot be read: {0}")]
    Xml(String),
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
            value: value.chars().take(80).collect(),
            reason: reason.to_string(),
        }
    }

    pub(super) fn missing(field: &'static str) -> Self {
        Self::new(field, "", "is missing")
    }

    pub(super) fn at(self, statement: &str, ordinal: u32) -> CamtError {
        CamtError::Field {
            statement: statement.to_owned(),
            ordinal,
            field: self.field,
            value: self.value,
            reason: self.reason,
        }
    }
}
