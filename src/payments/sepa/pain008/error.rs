//! Why a direct debit file was not written.

use std::fmt;
use std::io;

/// A refusal names this many problems at most; the rest shows once these are mended.
pub const PROBLEMS_MAX: usize = 100;

/// One value that breaks one rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// `EndToEndId` of the debit it is about; none when it is about the file or a block.
    pub end_to_end_id: Option<String>,
    /// The debtor's name, or what else it is about: `the file`, `block X-1`.
    pub about: String,
    /// Which value.
    pub field: &'static str,
    /// The value; of an account number only its ends.
    pub value: String,
    /// The rule, and what to do.
    pub rule: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.about)?;
        if let Some(id) = &self.end_to_end_id {
            write!(f, " ({id})")?;
        }
        write!(f, ": {} '{}': {}", self.field, self.value, self.rule)
    }
}

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Values break rules; not one byte was written.
    #[error("{}", listed(.0))]
    Refused(Vec<Problem>),
    /// The debits were not the same the second time: throw the output away.
    #[error("block {0}: its debits changed while the file was written; write it again")]
    Changed(String),
    /// The output failed: throw it away.
    #[error("the file could not be written: {0}")]
    Output(#[from] io::Error),
}

fn listed(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    lines.join("\n")
}
