//! The file's envelope by hand, each debit by serde: nothing is held but the debit at hand.

use std::borrow::Borrow;
use std::io;

use domain::Day;
use domain::mandate::Usage;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde::Serialize;

use super::check::{Totals, check};
use super::error::{Problem, WriteError};
use super::shape::{Account, Agent, Code, Id, Name};
use super::transaction::transaction;
use super::{Block, Debits, DirectDebit, File, Terms};
use crate::payments::sepa::charset::{self, CharsetError};

/// The one version written; banks have taken it since November 2023.
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08";

/// Checks a file, then writes it; answers its totals.
///
/// A refusal comes before the first byte. After any other error the output is to be thrown away.
pub fn write<D, W>(file: &File<D>, today: Day, out: W) -> Result<Totals, WriteError>
where
    D: Debits,
    W: io::Write,
{
    let blocks = check(file, today).map_err(WriteError::Refused)?;
    let totals = blocks
        .iter()
        .try_fold(Totals::NOTHING, |sum, block| sum.plus(*block))
        .map_err(|error| refused("the file", "sum", "", &error.to_string()))?;
    let mut sheet = Sheet::start(out)?;
    sheet.put("GrpHdr", &header(file, totals)?)?;
    for (block, totals) in file.blocks.iter().zip(&blocks) {
        sheet.block(block, *totals, today)?;
    }
    sheet.end()?;
    Ok(totals)
}

fn refused(about: &str, field: &'static str, value: &str, rule: &str) -> WriteError {
    WriteError::Refused(vec![Problem {
        end_to_end_id: None,
        about: about.to_owned(),
        field,
        value: value.to_owned(),
        rule: rule.to_owned(),
    }])
}

fn name(field: &'static str, value: &str) -> Result<Name, WriteError> {
    let refused = |error: CharsetError| refused("the file", field, value, &error.to_string());
    charset::name(value).map(Name::new).map_err(refused)
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Header<'a> {
    msg_id: &'a str,
    cre_dt_tm: String,
    nb_of_txs: u64,
    ctrl_sum: String,
    initg_pty: Name,
}

fn header<D>(file: &File<D>, totals: Totals) -> Result<Header<'_>, WriteError> {
    Ok(Header {
        msg_id: &file.message_id,
        cre_dt_tm: file.created_at.to_string(),
        nb_of_txs: totals.count,
        ctrl_sum: totals.sum.to_decimal().to_string(),
        initg_pty: name("creditor name", &file.creditor_name)?,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PaymentType {
    svc_lvl: Code<'static>,
    lcl_instrm: Code<'static>,
    seq_tp: &'static str,
}

impl PaymentType {
    fn new(terms: &Terms) -> Self {
        Self {
            svc_lvl: Code { cd: "SEPA" },
            lcl_instrm: Code {
                cd: terms.scheme.as_str(),
            },
            // FRST has been optional since November 2016: RCUR from the first debit on.
            seq_tp: match terms.sequence {
                Usage::Recurring => "RCUR",
                Usage::OneOff => "OOFF",
            },
        }
    }
}

/// The creditor identifier. `PrvtId` also for companies, and `Prtry`, as the EPC's guide has it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Private<'a> {
    prvt_id: Other<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Other<'a> {
    othr: SchemeId<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SchemeId<'a> {
    id: &'a str,
    schme_nm: Proprietary,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Proprietary {
    prtry: &'static str,
}

fn scheme_id(terms: &Terms) -> Id<Private<'_>> {
    let id = terms.creditor.creditor_id.as_ref();
    Id {
        id: Private {
            prvt_id: Other {
                othr: SchemeId {
                    id: id.map_or("", |id| id.as_str()),
                    schme_nm: Proprietary { prtry: "SEPA" },
                },
            },
        },
    }
}

/// The output: one element a line, so that two files can be compared by eye.
struct Sheet<W: io::Write> {
    xml: Writer<io::BufWriter<W>>,
}

impl<W: io::Write> Sheet<W> {
    fn start(out: W) -> Result<Self, WriteError> {
        let mut sheet = Self {
            xml: Writer::new(io::BufWriter::new(out)),
        };
        let declaration = BytesDecl::new("1.0", Some("UTF-8"), None);
        sheet.xml.write_event(Event::Decl(declaration))?;
        sheet.line()?;
        sheet.open(BytesStart::new("Document").with_attributes([("xmlns", NAMESPACE)]))?;
        sheet.open(BytesStart::new("CstmrDrctDbtInitn"))?;
        Ok(sheet)
    }

    fn end(mut self) -> Result<(), WriteError> {
        self.close("CstmrDrctDbtInitn")?;
        self.close("Document")?;
        Ok(io::Write::flush(self.xml.get_mut())?)
    }

    fn line(&mut self) -> Result<(), WriteError> {
        let line = BytesText::from_escaped("\n");
        Ok(self.xml.write_event(Event::Text(line))?)
    }

    fn open(&mut self, element: BytesStart<'_>) -> Result<(), WriteError> {
        self.xml.write_event(Event::Start(element))?;
        self.line()
    }

    fn close(&mut self, name: &str) -> Result<(), WriteError> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))?;
        self.line()
    }

    fn put<T: Serialize + ?Sized>(&mut self, name: &str, content: &T) -> Result<(), WriteError> {
        self.xml
            .write_serializable(name, &content)
            .map_err(io::Error::other)?;
        self.line()
    }

    fn block<D: Debits>(
        &mut self,
        block: &Block<D>,
        totals: Totals,
        today: Day,
    ) -> Result<(), WriteError> {
        self.open(BytesStart::new("PmtInf"))?;
        self.block_head(block, totals)?;
        let mut written = Totals::NOTHING;
        let changed = || WriteError::Changed(block.id.clone());
        for debit in block.debits.each() {
            let debit: &DirectDebit = debit.borrow();
            let transaction = transaction(debit, today).map_err(|_| changed())?;
            self.put("DrctDbtTxInf", &transaction)?;
            written = written.plus_one(debit.amount).map_err(|_| changed())?;
        }
        if written != totals {
            return Err(changed());
        }
        self.close("PmtInf")
    }

    fn block_head<D>(&mut self, block: &Block<D>, totals: Totals) -> Result<(), WriteError> {
        let terms = &block.terms;
        let account = &terms.creditor;
        self.put("PmtInfId", &block.id)?;
        self.put("PmtMtd", "DD")?;
        self.put("BtchBookg", &true)?;
        self.put("NbOfTxs", &totals.count)?;
        self.put("CtrlSum", &totals.sum.to_decimal().to_string())?;
        self.put("PmtTpInf", &PaymentType::new(terms))?;
        self.put("ReqdColltnDt", &terms.collect_on.to_string())?;
        self.put("Cdtr", &name("account holder", &account.holder)?)?;
        self.put("CdtrAcct", &Account::new(&account.iban))?;
        self.put("CdtrAgt", &Agent::new(account.bic.as_ref()))?;
        self.put("ChrgBr", "SLEV")?;
        self.put("CdtrSchmeId", &scheme_id(terms))
    }
}
