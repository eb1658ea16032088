//! From checked XML to statements and entries, one at a time.

use std::collections::{BTreeSet, VecDeque};

use quick_xml::events::BytesStart;

use super::Item;
use super::entry::collect;
use super::error::CamtError;
use super::fields::Fields;
use super::pull::Pull;
use super::statement::Open;
use crate::payments::sepa::xml::Checked;

/// What every version's namespace starts with; two digits follow.
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

/// Versions read: their statements agree in all that is read here.
const VERSIONS: [&str; 7] = ["02", "03", "04", "05", "06", "07", "08"];

/// Starts reading a file. Items come one by one; memory holds the entry at hand.
pub fn read<'a>(xml: &'a Checked<'_>) -> Result<Statements<'a>, CamtError> {
    let mut pull = Pull::new(xml.as_str());
    let root = pull.child()?.ok_or(CamtError::NoNamespace)?;
    let namespace = namespace(&root)?.ok_or(CamtError::NoNamespace)?;
    let version = namespace.strip_prefix(NAMESPACE).unwrap_or_default();
    if !VERSIONS.contains(&version) {
        return Err(CamtError::UnknownVersion(
            namespace.chars().take(80).collect(),
        ));
    }
    let message = pull.child()?;
    let is_statement = message.is_some_and(|m| m.local_name().as_ref() == "BkToCstmrStmt");
    if root.local_name().as_ref() != "Document" || !is_statement {
        return Err(CamtError::NoStatement);
    }
    Ok(Statements {
        pull,
        ready: VecDeque::new(),
        open: None,
        seen: BTreeSet::new(),
        over: false,
    })
}

/// The namespace an element is in, by its own declarations: the root has no others.
fn namespace(element: &BytesStart<'_>) -> Result<Option<String>, CamtError> {
    let name = element.name();
    let declaration = match name.prefix() {
        Some(prefix) => format!("xmlns:{}", prefix.as_ref()),
        None => "xmlns".to_owned(),
    };
    let attribute = element
        .try_get_attribute(declaration.as_str())
        .map_err(|error| CamtError::Xml(error.to_string()))?;
    Ok(attribute
        .map(|attribute| attribute.value.trim().to_owned())
        .filter(|namespace| !namespace.is_empty()))
}

/// The items of a file, in its order. After an error there are no more.
pub struct Statements<'a> {
    pull: Pull<'a>,
    open: Option<Open>,
    ready: VecDeque<Item>,
    /// `(account, id)` of the statements so far.
    seen: BTreeSet<(String, String)>,
    over: bool,
}

impl Iterator for Statements<'_> {
    type Item = Result<Item, CamtError>;

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

impl Statements<'_> {
    /// Reads one child of the message, or of the statement that is open.
    fn advance(&mut self) -> Result<(), CamtError> {
        let element = self.pull.child()?;
        match (self.open.take(), element) {
            (None, Some(element)) if element.local_name().as_ref() == "Stmt" => {
                self.open = Some(Open::default());
                Ok(())
            }
            (None, Some(element)) => self.pull.skip(&element),
            (None, None) if self.seen.is_empty() => Err(CamtError::NoStatement),
            (None, None) => {
                self.over = true;
                Ok(())
            }
            (Some(mut open), Some(element)) => {
                self.part(&mut open, &element)?;
                self.open = Some(open);
                Ok(())
            }
            (Some(mut open), None) => {
                self.announce(&mut open)?;
                self.ready.push_back(Item::Closed(open.close()));
                Ok(())
            }
        }
    }

    /// Reads one child of the open statement.
    fn part(&mut self, open: &mut Open, element: &BytesStart<'_>) -> Result<(), CamtError> {
        match element.local_name().as_ref() {
            "Ntry" => {
                self.announce(open)?;
                let parts = collect(&mut self.pull)?;
                self.ready.extend(open.entry(&parts)?.map(Item::Entry));
                Ok(())
            }
            name @ ("Id" | "Acct" | "Bal") => {
                let mut fields = Fields::default();
                self.pull.leaves(element, "", &mut fields)?;
                open.header(name, fields);
                Ok(())
            }
            _ => self.pull.skip(element),
        }
    }

    /// Hands out the statement once its header is read, before its first entry.
    fn announce(&mut self, open: &mut Open) -> Result<(), CamtError> {
        if let Some(statement) = open.announce()? {
            let key = (statement.account.clone(), statement.id.clone());
            if !self.seen.insert(key) {
                return Err(CamtError::Repeated(statement.id));
            }
            self.ready.push_back(Item::Opened(statement));
        }
        Ok(())
    }
}
