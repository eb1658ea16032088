//! A bank's answer to a request to cancel debits: camt.029.001.06 (`sepa.md` §7).
//!
//! What is pending says nothing yet, and what is refused leaves the debit as it is. Nothing here
//! decides what follows.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

use super::xml::Checked;

/// Transactions that are read; our requests hold fewer.
const TRANSACTIONS_MAX: usize = 1_000_000;

/// Characters of one text that are kept.
const TEXT_MAX: usize = 500;

/// What an answer says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Resolution {
    /// The case it resolves: the request's own id, when the bank gives it back.
    pub case: Option<String>,
    /// The `MsgId` of the file of debits, when it is named.
    pub original: Option<String>,
    /// Of all that was asked.
    pub whole: Verdict,
    /// Of blocks, by `PmtInfId`.
    pub blocks: Vec<(String, Verdict)>,
    /// Of single debits, by end-to-end id.
    pub debits: Vec<(String, Verdict)>,
    /// The bank's reasons and words.
    pub text: String,
}

/// What a status means for us.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Verdict {
    /// It was done.
    Done,
    /// It was refused: the debit stands.
    Refused,
    /// Neither yet, or only in part.
    #[default]
    Open,
}

impl Verdict {
    fn of(status: &str) -> Self {
        match status {
            "ACCR" | "CNCL" => Self::Done,
            "RJCR" => Self::Refused,
            _ => Self::Open,
        }
    }
}

/// Why an answer cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Camt029Error {
    /// Nothing says which request it answers.
    #[error("the answer names no request and no file that it is about")]
    NoOriginal,
    /// More transactions than one of our requests holds.
    #[error("the answer names more than {TRANSACTIONS_MAX} transactions")]
    TooMany,
    /// Not readable, though it was checked.
    #[error("{0}")]
    Xml(String),
}

/// Whether a file is such an answer, of any version: it says so in its first element.
#[must_use]
pub fn is_one(checked: &Checked<'_>) -> bool {
    let start: String = checked.as_str().chars().take(2_000).collect();
    start.contains("urn:iso:std:iso:20022:tech:xsd:camt.029.001.")
}

/// Reads an answer.
pub fn read(checked: &Checked<'_>) -> Result<Resolution, Camt029Error> {
    let mut reader = Reader::from_str(checked.as_str());
    reader.config_mut().expand_empty_elements = true;
    let mut place = Place::default();
    loop {
        let event = reader.read_event();
        match event.map_err(|why| Camt029Error::Xml(why.to_string()))? {
            Event::Start(element) => place.enter(element.local_name().as_ref())?,
            Event::End(_) => place.leave(),
            Event::Text(text) => place.text.push_str(&text),
            Event::CData(text) => place.text.push_str(&text),
            Event::GeneralRef(name) => match name.resolve_char_ref().ok().flatten() {
                Some(letter) => place.text.push(letter),
                None => place
                    .text
                    .push_str(resolve_xml_entity(&name).unwrap_or_default()),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let found = place.found;
    if found.case.is_none() && found.original.is_none() {
        return Err(Camt029Error::NoOriginal);
    }
    Ok(found)
}

/// Where the pass is, and what it has found.
#[derive(Default)]
struct Place {
    path: Vec<String>,
    text: String,
    found: Resolution,
}

impl Place {
    fn enter(&mut self, name: &str) -> Result<(), Camt029Error> {
        match name {
            "OrgnlPmtInfAndSts" => self.found.blocks.push((String::new(), Verdict::Open)),
            "TxInfAndSts" => {
                if self.found.debits.len() >= TRANSACTIONS_MAX {
                    return Err(Camt029Error::TooMany);
                }
                self.found.debits.push((String::new(), Verdict::Open));
            }
            _ => {}
        }
        self.path.push(name.to_owned());
        self.text.clear();
        Ok(())
    }

    fn leave(&mut self) {
        let text: String = self.text.trim().chars().take(TEXT_MAX).collect();
        let path: Vec<&str> = self.path.iter().skip(2).map(String::as_str).collect();
        if !text.is_empty() {
            leaf(&mut self.found, &path.join("/"), text);
        }
        self.text.clear();
        self.path.pop();
    }
}

fn leaf(found: &mut Resolution, path: &str, text: String) {
    const BLOCK: &str = "CxlDtls/OrgnlPmtInfAndSts/";
    match path {
        "RslvdCase/Id" | "CxlDtls/OrgnlGrpInfAndSts/RslvdCase/Id" => found.case = Some(text),
        "CxlDtls/OrgnlGrpInfAndSts/OrgnlMsgId"
        | "CxlDtls/OrgnlPmtInfAndSts/OrgnlGrpInf/OrgnlMsgId" => found.original = Some(text),
        // What is said of the group says more than the case's own state.
        "Sts/Conf" | "CxlDtls/OrgnlGrpInfAndSts/GrpCxlSts" => found.whole = Verdict::of(&text),
        _ => match path.strip_prefix(BLOCK) {
            Some(below) => of_block(found, below, text),
            None => words(found, path, &text),
        },
    }
}

fn of_block(found: &mut Resolution, below: &str, text: String) {
    let (block, debit) = (found.blocks.last_mut(), found.debits.last_mut());
    match (below, block, debit) {
        ("OrgnlPmtInfId", Some(block), _) => block.0 = text,
        ("PmtInfCxlSts", Some(block), _) => block.1 = Verdict::of(&text),
        ("TxInfAndSts/OrgnlEndToEndId", _, Some(debit)) => debit.0 = text,
        ("TxInfAndSts/TxCxlSts", _, Some(debit)) => debit.1 = Verdict::of(&text),
        _ => words(found, below, &text),
    }
}

/// Reasons and words, one after the other, each once.
fn words(found: &mut Resolution, path: &str, text: &str) {
    let said = path.ends_with("CxlStsRsnInf/Rsn/Cd")
        || path.ends_with("CxlStsRsnInf/Rsn/Prtry")
        || path.ends_with("CxlStsRsnInf/AddtlInf");
    if !said || found.text.contains(text) || found.text.len() > TEXT_MAX {
        return;
    }
    if !found.text.is_empty() {
        found.text.push(' ');
    }
    found.text.push_str(text);
}
