//! The two messages, element by element.

use std::borrow::Borrow;
use std::io;

use domain::bank::Bic;
use domain::batch::FileVersion;
use domain::mandate::Usage;
use domain::party::BankAccount;
use domain::recall::RecallKind;

use super::{Part, Recall};
use crate::payments::sepa::charset;
use crate::payments::sepa::pain008::{Debits, DirectDebit, Terms, Totals, wrong_bic};
use crate::payments::sepa::sheet::Sheet;

pub(super) fn write<D: Debits>(
    recall: &Recall<D>,
    totals: Totals,
    mut out: impl io::Write,
) -> io::Result<()> {
    let mut sheet = Sheet::new(recall.version);
    let (message, root) = match recall.kind {
        RecallKind::Cancellation => ("camt.055.001.05", "CstmrPmtCxlReq"),
        RecallKind::Reversal => ("pain.007.001.09", "CstmrPmtRvsl"),
    };
    sheet.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    sheet.raw("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:");
    sheet.raw(message);
    sheet.line("\">");
    sheet.raw("<");
    sheet.raw(root);
    sheet.line(">");
    match recall.kind {
        RecallKind::Cancellation => cancellation(recall, totals, &mut sheet, &mut out)?,
        RecallKind::Reversal => reversal(recall, totals, &mut sheet, &mut out)?,
    }
    sheet.raw("</");
    sheet.raw(root);
    sheet.line(">");
    sheet.line("</Document>");
    sheet.finish(&mut out)?;
    out.flush()
}

/// A name was checked before: what cannot be converted is not reached here.
fn name(sheet: &mut Sheet, value: &str) {
    if let Ok(name) = charset::name(value) {
        sheet.leaf("Nm", &name);
    }
}

fn original<D>(recall: &Recall<D>, sheet: &mut Sheet) {
    sheet.leaf("OrgnlMsgId", &recall.original);
    sheet.leaf("OrgnlMsgNmId", recall.version.as_str());
}

fn totals_of(sheet: &mut Sheet, totals: Totals) {
    sheet.shown("NbOfTxs", totals.count);
    sheet.raw("<CtrlSum>");
    sheet.euros(totals.sum);
    sheet.raw("</CtrlSum>");
}

/// The supplier asks its bank.
fn cancellation<D: Debits>(
    recall: &Recall<D>,
    totals: Totals,
    sheet: &mut Sheet,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let holder = &recall.creditor.holder;
    sheet.raw("<Assgnmt>");
    sheet.leaf("Id", &recall.message_id);
    sheet.raw("<Assgnr><Pty>");
    name(sheet, holder);
    sheet.raw("</Pty></Assgnr><Assgne><Agt>");
    agent(sheet, &recall.creditor);
    sheet.raw("</Agt></Assgne>");
    sheet.shown("CreDtTm", recall.created_at);
    sheet.line("</Assgnmt>");
    sheet.raw("<Case>");
    sheet.leaf("Id", &recall.message_id);
    sheet.raw("<Cretr><Pty>");
    name(sheet, holder);
    sheet.line("</Pty></Cretr></Case>");
    sheet.raw("<CtrlData>");
    totals_of(sheet, totals);
    sheet.line("</CtrlData>");
    sheet.line("<Undrlyg>");
    for part in &recall.blocks {
        sheet.raw("<OrgnlPmtInfAndCxl>");
        sheet.leaf("OrgnlPmtInfId", &part.id);
        sheet.raw("<OrgnlGrpInf>");
        original(recall, sheet);
        sheet.line("</OrgnlGrpInf>");
        for debit in part.debits.each() {
            cancelled(recall, part, debit.borrow(), sheet);
            sheet.pass(out)?;
        }
        sheet.line("</OrgnlPmtInfAndCxl>");
    }
    sheet.line("</Undrlyg>");
    Ok(())
}

/// The supplier's bank. camt.055 keeps the narrow pattern of 2009 under the newer name.
fn agent(sheet: &mut Sheet, creditor: &BankAccount) {
    sheet.raw("<FinInstnId>");
    let fitting = |bic: &&Bic| wrong_bic(bic, FileVersion::V02).is_none();
    match creditor.bic.as_ref().filter(fitting) {
        Some(bic) => sheet.leaf("BICFI", bic.as_str()),
        None => sheet.raw("<Othr><Id>NOTPROVIDED</Id></Othr>"),
    }
    sheet.raw("</FinInstnId>");
}

fn cancelled<D>(recall: &Recall<D>, part: &Part<D>, debit: &DirectDebit, sheet: &mut Sheet) {
    sheet.raw("<TxInf>");
    sheet.leaf("OrgnlEndToEndId", &debit.end_to_end_id);
    sheet.raw("<OrgnlInstdAmt Ccy=\"EUR\">");
    sheet.euros(debit.amount);
    sheet.raw("</OrgnlInstdAmt>");
    sheet.shown("OrgnlReqdColltnDt", part.terms.collect_on);
    sheet.raw("<CxlRsnInf><Rsn>");
    sheet.leaf("Cd", recall.reason.code(recall.kind));
    sheet.line("</Rsn></CxlRsnInf></TxInf>");
}

/// The supplier has its bank give the money back.
fn reversal<D: Debits>(
    recall: &Recall<D>,
    totals: Totals,
    sheet: &mut Sheet,
    out: &mut impl io::Write,
) -> io::Result<()> {
    sheet.raw("<GrpHdr>");
    sheet.leaf("MsgId", &recall.message_id);
    sheet.shown("CreDtTm", recall.created_at);
    totals_of(sheet, totals);
    sheet.raw("<InitgPty>");
    name(sheet, &recall.creditor.holder);
    sheet.raw("</InitgPty>");
    if let Some(bic) = &recall.creditor.bic {
        sheet.raw("<CdtrAgt><FinInstnId>");
        sheet.leaf("BICFI", bic.as_str());
        sheet.raw("</FinInstnId></CdtrAgt>");
    }
    sheet.line("</GrpHdr>");
    sheet.raw("<OrgnlGrpInf>");
    original(recall, sheet);
    sheet.line("</OrgnlGrpInf>");
    for (place, part) in recall.blocks.iter().enumerate() {
        sheet.raw("<OrgnlPmtInfAndRvsl>");
        let own = format!("{}-{}", recall.message_id, place.saturating_add(1));
        sheet.leaf("RvslPmtInfId", &own);
        sheet.leaf("OrgnlPmtInfId", &part.id);
        // One line of the statement for each, so that each is known again.
        sheet.line("<BtchBookg>false</BtchBookg>");
        for debit in part.debits.each() {
            reversed(recall, part, debit.borrow(), sheet);
            sheet.pass(out)?;
        }
        sheet.line("</OrgnlPmtInfAndRvsl>");
    }
    Ok(())
}

fn reversed<D>(recall: &Recall<D>, part: &Part<D>, debit: &DirectDebit, sheet: &mut Sheet) {
    sheet.raw("<TxInf>");
    sheet.leaf("OrgnlEndToEndId", &debit.end_to_end_id);
    for tag in ["OrgnlInstdAmt", "RvsdInstdAmt"] {
        sheet.raw(&format!("<{tag} Ccy=\"EUR\">"));
        sheet.euros(debit.amount);
        sheet.raw(&format!("</{tag}>"));
    }
    sheet.raw("<ChrgBr>SLEV</ChrgBr><RvslRsnInf><Rsn>");
    sheet.leaf("Cd", recall.reason.code(recall.kind));
    sheet.line("</Rsn></RvslRsnInf>");
    collected(&part.terms, debit, sheet);
    sheet.line("</TxInf>");
}

/// The debit as it was: the German banks want its mandate, and it helps any bank to find it.
fn collected(terms: &Terms, debit: &DirectDebit, sheet: &mut Sheet) {
    let creditor = &terms.creditor;
    sheet.raw("<OrgnlTxRef>");
    sheet.shown("ReqdColltnDt", terms.collect_on);
    if let Some(id) = &creditor.creditor_id {
        sheet.raw("<CdtrSchmeId>");
        sheet.creditor_id(id.as_str());
        sheet.raw("</CdtrSchmeId>");
    }
    sheet.raw("<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm>");
    sheet.leaf("Cd", terms.scheme.as_str());
    sheet.raw(match terms.sequence {
        Usage::Recurring => "</LclInstrm><SeqTp>RCUR</SeqTp></PmtTpInf>",
        Usage::OneOff => "</LclInstrm><SeqTp>OOFF</SeqTp></PmtTpInf>",
    });
    sheet.raw("<MndtRltdInf>");
    sheet.leaf("MndtId", debit.mandate.as_str());
    sheet.shown("DtOfSgntr", debit.signed_on);
    sheet.raw("<AmdmntInd>false</AmdmntInd></MndtRltdInf>");
    party(
        sheet,
        "Dbtr",
        &debit.debtor_name,
        debit.debtor_iban.as_str(),
    );
    for (tag, bic) in [("DbtrAgt", &debit.debtor_bic), ("CdtrAgt", &creditor.bic)] {
        if let Some(bic) = bic {
            sheet.raw(&format!("<{tag}><FinInstnId>"));
            sheet.leaf("BICFI", bic.as_str());
            sheet.raw(&format!("</FinInstnId></{tag}>"));
        }
    }
    party(sheet, "Cdtr", &creditor.holder, creditor.iban.as_str());
    sheet.line("</OrgnlTxRef>");
}

fn party(sheet: &mut Sheet, tag: &str, holder: &str, iban: &str) {
    sheet.raw(&format!("<{tag}><Pty>"));
    name(sheet, holder);
    sheet.raw(&format!("</Pty></{tag}><{tag}Acct><Id>"));
    sheet.leaf("IBAN", iban);
    sheet.raw(&format!("</Id></{tag}Acct>"));
}
