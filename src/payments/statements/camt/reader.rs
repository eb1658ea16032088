//! From XML to statements and entries, one at a time.

use std::collections::{BTreeSet, VecDeque};
use std::io::Read;

use super::entry::{Parts, collect};
use super::events::Whole;
use super::fields::{Fields, ROOT};
use super::pull::{Ahead, Pull};
use super::run::threads;
use super::statement::Open;
use crate::payments::statements::detect::Format;
use crate::payments::statements::error::{Fault, StatementError};
use crate::payments::statements::model::{Item, Kind};
use crate::payments::statements::source::Source;

/// What every message's namespace starts with.
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:";

/// Versions of which it is known that they agree in all that is read here.
const VERSIONS: [&str; 7] = ["02", "03", "04", "05", "06", "07", "08"];

/// Statements of one file: their ids are held to tell them apart.
const STATEMENTS_MAX: usize = 100_000;

/// The three messages: name, root element, element of one statement.
const MESSAGES: [(&str, &str, &str, Kind); 3] = [
    ("camt.053", "BkToCstmrStmt", "Stmt", Kind::Statement),
    ("camt.052", "BkToCstmrAcctRpt", "Rpt", Kind::Report),
    ("camt.054", "BkToCstmrDbtCdtNtfctn", "Ntfctn", Kind::Notice),
];

/// The items of a file, in its order. After an error there are no more.
pub(in crate::payments::statements) struct Camt<R: Read> {
    pull: Pull<Whole<R>>,
    kind: Kind,
    /// The element of one statement.
    element: &'static str,
    open: Option<Open>,
    parts: Parts,
    ahead: Ahead,
    ready: VecDeque<Item>,
    /// `(account, id)` of the statements so far.
    seen: BTreeSet<(String, String)>,
    over: bool,
}

impl<R: Read> Camt<R> {
    /// Reads up to the first statement, and tells what the file says it is.
    pub(in crate::payments::statements) fn open(
        source: Source<R>,
    ) -> Result<(Self, Format), StatementError> {
        let mut pull = Pull::new(source);
        if !pull.child()? {
            return Err(Fault::NoNamespace.at(pull.line()));
        }
        if pull.name() != "Document" {
            let name = pull.name().chars().take(80).collect();
            return Err(Fault::OtherMessage(name).at(pull.line()));
        }
        let namespace = pull.namespace().map(str::to_owned);
        let message = pull.child()?;
        let found = MESSAGES
            .iter()
            .find(|(_, root, ..)| message && pull.name() == *root);
        let Some((name, _, element, kind)) = found else {
            return Err(no_statement(namespace.as_deref()).at(pull.line()));
        };
        let Some(namespace) = namespace else {
            return Err(Fault::NoNamespace.at(pull.line()));
        };
        let format = format_of(name, &namespace);
        let reader = Self {
            pull,
            kind: *kind,
            element,
            open: None,
            parts: Parts::default(),
            ahead: Ahead::by(threads()),
            ready: VecDeque::new(),
            seen: BTreeSet::new(),
            over: false,
        };
        Ok((reader, format))
    }

    /// The same by one thread, for comparison.
    #[cfg(test)]
    pub(in crate::payments::statements) fn one_by_one(mut self) -> Self {
        self.ahead = Ahead::by(1);
        self
    }
}

/// Without a known root: another message, or a statement without content.
fn no_statement(namespace: Option<&str>) -> Fault {
    let own = |text: &&str| {
        let rest = text.strip_prefix(NAMESPACE).unwrap_or_default();
        !MESSAGES.iter().any(|(name, ..)| rest.starts_with(name))
    };
    match namespace {
        None => Fault::NoNamespace,
        Some(text) if own(&text) => Fault::OtherMessage(text.chars().take(80).collect()),
        Some(_) => Fault::NoStatement,
    }
}

/// The format, and whether it is one that is known.
fn format_of(name: &str, namespace: &str) -> Format {
    let version = namespace
        .strip_prefix(NAMESPACE)
        .and_then(|rest| rest.strip_prefix(name))
        .and_then(|rest| rest.strip_prefix(".001."));
    let short = namespace.strip_prefix(NAMESPACE).unwrap_or(namespace);
    Format {
        name: short.chars().take(80).collect(),
        known: version.is_some_and(|version| VERSIONS.contains(&version)),
    }
}

impl<R: Read> Iterator for Camt<R> {
    type Item = Result<Item, StatementError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.over {
            if let Err(error) = self.advance() {
                self.over = true;
                return Some(Err(error));
            }
        }
        self.ready.pop_front().map(Ok)
    }
}

impl<R: Read> Camt<R> {
    /// Reads one child of the message, or of the statement that is open.
    fn advance(&mut self) -> Result<(), StatementError> {
        if let Some(open) = self.open.as_mut().filter(|open| open.has_entries()) {
            let found = self.pull.run((open.id(), self.element), &mut self.ahead);
            if !found.is_empty() {
                let entries = found.into_iter().filter_map(|one| open.count(one));
                self.ready.extend(entries.map(Item::Entry));
                return Ok(());
            }
        }
        let more = self.pull.child()?;
        match (self.open.take(), more) {
            (None, true) if self.pull.name() == self.element => {
                self.open = Some(Open::new(self.kind));
                Ok(())
            }
            (None, true) => self.pull.skip(),
            (None, false) if self.seen.is_empty() => Err(Fault::NoStatement.at(self.pull.line())),
            (None, false) => {
                self.over = true;
                self.pull.finish()
            }
            (Some(mut open), true) => {
                self.part(&mut open)?;
                self.open = Some(open);
                Ok(())
            }
            (Some(mut open), false) => {
                self.announce(&mut open)?;
                self.ready.push_back(Item::Closed(open.close()));
                Ok(())
            }
        }
    }

    /// Reads one child of the open statement.
    fn part(&mut self, open: &mut Open) -> Result<(), StatementError> {
        match self.pull.name() {
            "Ntry" => {
                self.announce(open)?;
                let line = self.pull.line();
                let parts = &mut self.parts;
                if !self.pull.at_hand(|inside| collect(inside, parts)) {
                    collect(&mut self.pull, &mut self.parts)?;
                } else if self.pull.child()? {
                    // Never: what was left of it is its end.
                    return Err(Fault::CutOff.at(line));
                }
                let entry = open.entry(&self.parts).map_err(|fault| fault.at(line))?;
                self.ready.extend(entry.map(Item::Entry));
                Ok(())
            }
            name @ ("Id" | "Acct" | "Bal" | "TxsSummry") => {
                let name = name.to_owned();
                let mut fields = Fields::default();
                self.pull.leaves(ROOT, &mut fields)?;
                open.header(&name, fields);
                Ok(())
            }
            _ => self.pull.skip(),
        }
    }

    /// Hands out the statement once its header is read, before its first entry.
    fn announce(&mut self, open: &mut Open) -> Result<(), StatementError> {
        let line = self.pull.line();
        let Some(statement) = open.announce().map_err(|fault| fault.at(line))? else {
            return Ok(());
        };
        if self.seen.len() >= STATEMENTS_MAX {
            return Err(Fault::TooMany(STATEMENTS_MAX, "statements").at(line));
        }
        let key = (statement.account.clone(), statement.id.clone());
        if !self.seen.insert(key) {
            return Err(Fault::Repeated(statement.id).at(line));
        }
        self.ready.push_back(Item::Opened(statement));
        Ok(())
    }
}
