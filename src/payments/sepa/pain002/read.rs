//! Goes through an answer once, leaf by leaf.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::{BlockReport, Pain002Error, Reason, Report, Said, TransactionReport};

const NAMESPACES: [&str; 2] = [
    "urn:iso:std:iso:20022:tech:xsd:pain.002.001.03",
    "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10",
];

/// Transactions that are read; our files hold fewer.
const TRANSACTIONS_MAX: usize = 1_000_000;

/// Characters of one text that are kept: the schemas allow 140, banks write more.
const TEXT_MAX: usize = 500;

impl From<quick_xml::Error> for Pain002Error {
    fn from(error: quick_xml::Error) -> Self {
        Self::Xml(error.to_string())
    }
}

pub(super) fn report(text: &str) -> Result<Report, Pain002Error> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut place = Place::default();
    loop {
        match reader.read_event()? {
            Event::Start(element) => place.enter(&element)?,
            Event::End(_) => place.leave(),
            Event::Text(text) => place.text.push_str(&text),
            Event::CData(text) => place.text.push_str(&text),
            Event::GeneralRef(name) => {
                let letter = name.resolve_char_ref().ok().flatten();
                match letter {
                    Some(letter) => place.text.push(letter),
                    None => place
                        .text
                        .push_str(resolve_xml_entity(&name).unwrap_or_default()),
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if place.report.original.is_empty() {
        return Err(Pain002Error::NoOriginal);
    }
    Ok(place.report)
}

/// Where the pass is, and what it has found.
#[derive(Default)]
struct Place {
    path: Vec<String>,
    text: String,
    report: Report,
    transactions: usize,
}

impl Place {
    fn enter(&mut self, element: &BytesStart<'_>) -> Result<(), Pain002Error> {
        let name = element.local_name().as_ref().to_owned();
        if self.path.is_empty() {
            version(element)?;
        }
        match (self.path.len(), name.as_str()) {
            (1, "CstmrPmtStsRpt") => {}
            (1, other) => return Err(Pain002Error::Version(other.to_owned())),
            (2, "OrgnlPmtInfAndSts") => self.report.blocks.push(BlockReport::default()),
            (3, "TxInfAndSts") => {
                self.transactions += 1;
                if self.transactions > TRANSACTIONS_MAX {
                    return Err(Pain002Error::TooMany(TRANSACTIONS_MAX));
                }
                if let Some(block) = self.report.blocks.last_mut() {
                    block.transactions.push(TransactionReport::default());
                }
            }
            (_, "StsRsnInf") => {
                if let Some(said) = self.said() {
                    said.reasons.push(Reason::default());
                }
            }
            _ => {}
        }
        self.path.push(name);
        self.text.clear();
        Ok(())
    }

    fn leave(&mut self) {
        let text: String = self.text.trim().chars().take(TEXT_MAX).collect();
        let path: Vec<&str> = self.path.iter().skip(2).map(String::as_str).collect();
        let path = path.join("/");
        if !text.is_empty() {
            self.leaf(&path, text);
        }
        self.text.clear();
        self.path.pop();
    }

    /// What the status at hand is about: a transaction, a block, or the file.
    fn said(&mut self) -> Option<&mut Said> {
        let inside = |name: &str| self.path.iter().any(|one| one == name);
        let (transaction, block) = (inside("TxInfAndSts"), inside("OrgnlPmtInfAndSts"));
        if !block {
            return Some(&mut self.report.group);
        }
        let block = self.report.blocks.last_mut()?;
        if transaction {
            return block.transactions.last_mut().map(|one| &mut one.said);
        }
        Some(&mut block.said)
    }

    fn leaf(&mut self, path: &str, text: String) {
        const TRANSACTION: &str = "OrgnlPmtInfAndSts/TxInfAndSts/";
        match path {
            "GrpHdr/MsgId" => self.report.message_id = text,
            "OrgnlGrpInfAndSts/OrgnlMsgId" => self.report.original = text,
            "OrgnlGrpInfAndSts/OrgnlMsgNmId" => self.report.original_kind = text,
            "OrgnlPmtInfAndSts/OrgnlPmtInfId" => {
                if let Some(block) = self.report.blocks.last_mut() {
                    block.id = text;
                }
            }
            "OrgnlGrpInfAndSts/GrpSts"
            | "OrgnlPmtInfAndSts/PmtInfSts"
            | "OrgnlPmtInfAndSts/TxInfAndSts/TxSts" => {
                if let Some(said) = self.said() {
                    said.status = Some(text);
                }
            }
            _ => match path.strip_prefix(TRANSACTION) {
                Some(below) if !below.starts_with("StsRsnInf") => self.transaction(below, text),
                _ => self.reason(path, text),
            },
        }
    }

    fn transaction(&mut self, below: &str, text: String) {
        let block = self.report.blocks.last_mut();
        let Some(one) = block.and_then(|block| block.transactions.last_mut()) else {
            return;
        };
        match below {
            "OrgnlEndToEndId" if text != "NOTPROVIDED" => one.end_to_end_id = Some(text),
            "OrgnlTxRef/Amt/InstdAmt" => one.amount = Some(text),
            "OrgnlTxRef/MndtRltdInf/MndtId" => one.mandate = Some(text),
            _ => {}
        }
    }

    fn reason(&mut self, path: &str, text: String) {
        let code = path.ends_with("StsRsnInf/Rsn/Cd") || path.ends_with("StsRsnInf/Rsn/Prtry");
        let words = path.ends_with("StsRsnInf/AddtlInf");
        if !code && !words {
            return;
        }
        let reason = self.said().and_then(|said| said.reasons.last_mut());
        let Some(reason) = reason else {
            return;
        };
        if code {
            reason.code = text;
        } else if reason.text.is_empty() {
            reason.text = text;
        } else {
            // Banks split their words into lines.
            reason.text.push(' ');
            reason.text.push_str(&text);
        }
    }
}

/// Refuses what is not one of the versions known, by its namespace.
fn version(element: &BytesStart<'_>) -> Result<(), Pain002Error> {
    let name = element.name();
    let declaration = match name.prefix() {
        Some(prefix) => format!("xmlns:{}", prefix.as_ref()),
        None => "xmlns".to_owned(),
    };
    let attribute = element
        .try_get_attribute(declaration.as_str())
        .map_err(|error| Pain002Error::Xml(error.to_string()))?;
    let namespace = attribute.map(|one| one.value.trim().to_owned());
    match namespace {
        Some(known) if NAMESPACES.contains(&known.as_str()) => Ok(()),
        Some(other) => {
            let last = other.rsplit(':').next().unwrap_or_default();
            Err(Pain002Error::Version(last.chars().take(80).collect()))
        }
        None => Err(Pain002Error::Version("of no version".to_owned())),
    }
}
