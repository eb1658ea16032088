//! The file's envelope and its debits: nothing is held but a buffer and the debit at hand.

use std::borrow::Borrow;
use std::io;

use domain::Day;
use domain::mandate::Usage;

use super::check::{Totals, check};
use super::error::{Problem, WriteError};
use super::transaction;
use super::{Block, Debits, DirectDebit, File};
use crate::payments::sepa::charset::{self, CharsetError};
use crate::payments::sepa::sheet::Sheet;

/// Bytes that a debit takes, about: room that is asked for at once need not be moved.
const DEBIT_BYTES: usize = 520;

/// Checks a file, then writes it into memory.
pub fn bytes<D: Debits>(file: &File<D>, today: Day) -> Result<Vec<u8>, WriteError> {
    let blocks = check(file, today).map_err(WriteError::Refused)?;
    let debits: u64 = blocks.iter().map(|block| block.count).sum();
    let room = usize::try_from(debits).unwrap_or_default() + 8;
    let mut bytes = Vec::with_capacity(room.saturating_mul(DEBIT_BYTES));
    emit(file, today, &blocks, &mut bytes)?;
    Ok(bytes)
}

/// Checks a file, then writes it; answers its totals.
///
/// A refusal comes before the first byte. After any other error the output is to be thrown away.
pub fn write<D, W>(file: &File<D>, today: Day, out: W) -> Result<Totals, WriteError>
where
    D: Debits,
    W: io::Write,
{
    let blocks = check(file, today).map_err(WriteError::Refused)?;
    emit(file, today, &blocks, out)
}

/// Writes a file that was checked.
fn emit<D, W>(
    file: &File<D>,
    today: Day,
    blocks: &[Totals],
    mut out: W,
) -> Result<Totals, WriteError>
where
    D: Debits,
    W: io::Write,
{
    let totals = blocks
        .iter()
        .try_fold(Totals::NOTHING, |sum, block| sum.plus(*block))
        .map_err(|error| refused("the file", "sum", "", &error.to_string()))?;
    let mut sheet = Sheet::new(file.rules.version);
    sheet.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    sheet.raw("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:");
    sheet.raw(file.rules.version.as_str());
    sheet.line("\">");
    sheet.line("<CstmrDrctDbtInitn>");
    header(file, totals, &mut sheet)?;
    for (block, totals) in file.blocks.iter().zip(blocks) {
        block_of(file, block, *totals, today, &mut sheet, &mut out)?;
    }
    sheet.line("</CstmrDrctDbtInitn>");
    sheet.line("</Document>");
    sheet.finish(&mut out)?;
    out.flush()?;
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

fn name(field: &'static str, value: &str, sheet: &mut Sheet) -> Result<(), WriteError> {
    let refused = |error: CharsetError| refused("the file", field, value, &error.to_string());
    sheet.leaf("Nm", &charset::name(value).map_err(refused)?);
    Ok(())
}

fn sums(totals: Totals, sheet: &mut Sheet) {
    sheet.shown("NbOfTxs", totals.count);
    sheet.raw("<CtrlSum>");
    sheet.euros(totals.sum);
    sheet.raw("</CtrlSum>");
}

fn header<D>(file: &File<D>, totals: Totals, sheet: &mut Sheet) -> Result<(), WriteError> {
    sheet.raw("<GrpHdr>");
    sheet.leaf("MsgId", &file.message_id);
    sheet.shown("CreDtTm", file.created_at);
    sums(totals, sheet);
    sheet.raw("<InitgPty>");
    name("creditor name", &file.creditor_name, sheet)?;
    sheet.line("</InitgPty></GrpHdr>");
    Ok(())
}

fn block_of<D: Debits>(
    file: &File<D>,
    block: &Block<D>,
    totals: Totals,
    today: Day,
    sheet: &mut Sheet,
    out: &mut impl io::Write,
) -> Result<(), WriteError> {
    sheet.line("<PmtInf>");
    head(file, block, totals, sheet)?;
    let mut written = Totals::NOTHING;
    let changed = || WriteError::Changed(block.id.clone());
    for debit in block.debits.each() {
        let debit: &DirectDebit = debit.borrow();
        let checked = transaction::check(debit, file.rules, today).map_err(|_| changed())?;
        checked.write(sheet);
        sheet.pass(out)?;
        written = written.plus_one(debit.amount).map_err(|_| changed())?;
    }
    if written != totals {
        return Err(changed());
    }
    sheet.line("</PmtInf>");
    Ok(())
}

fn head<D>(
    file: &File<D>,
    block: &Block<D>,
    totals: Totals,
    sheet: &mut Sheet,
) -> Result<(), WriteError> {
    let (terms, account) = (&block.terms, &block.terms.creditor);
    sheet.leaf("PmtInfId", &block.id);
    sheet.raw("<PmtMtd>DD</PmtMtd><BtchBookg>true</BtchBookg>");
    sums(totals, sheet);
    sheet.raw("<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm>");
    sheet.leaf("Cd", terms.scheme.as_str());
    sheet.raw("</LclInstrm>");
    // FRST has been optional since November 2016: RCUR from the first debit on.
    sheet.raw(match terms.sequence {
        Usage::Recurring => "<SeqTp>RCUR</SeqTp>",
        Usage::OneOff => "<SeqTp>OOFF</SeqTp>",
    });
    sheet.line("</PmtTpInf>");
    sheet.shown("ReqdColltnDt", terms.collect_on);
    sheet.raw("<Cdtr>");
    name("account holder", &account.holder, sheet)?;
    creditor_address(file, sheet)?;
    sheet.raw("</Cdtr><CdtrAcct><Id>");
    sheet.leaf("IBAN", account.iban.as_str());
    sheet.raw("</Id></CdtrAcct><CdtrAgt>");
    sheet.agent(account.bic.as_ref());
    sheet.line("</CdtrAgt>");
    sheet.raw("<ChrgBr>SLEV</ChrgBr><CdtrSchmeId>");
    let id = account.creditor_id.as_ref();
    sheet.creditor_id(id.map_or("", |id| id.as_str()));
    sheet.line("</CdtrSchmeId>");
    Ok(())
}

/// The creditor's address, where the version has a structured one.
fn creditor_address<D>(file: &File<D>, sheet: &mut Sheet) -> Result<(), WriteError> {
    let written = file.creditor_address.as_ref();
    let Some(address) = written.filter(|_| file.rules.version == domain::batch::FileVersion::V08)
    else {
        return Ok(());
    };
    let wrong = |(field, value, rule): super::address::Misfit| {
        refused("the creditor's address", field, &value, &rule)
    };
    address.placed().map_err(wrong)?.write(sheet);
    Ok(())
}
