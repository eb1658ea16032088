//! One payment from its `TxDtls`.

use domain::Money;

use super::fields::{Fields, Path, path};
use crate::payments::statements::error::BadField;
use crate::payments::statements::model::Transaction;
use crate::payments::statements::words::pieces;

/// What a `TxDtls` says of its own amount, all in the entry's currency.
pub(super) struct Row {
    /// What was moved: `Amt` since version 04, `AmtDtls/TxAmt` in version 02.
    moved: Option<Money>,
    /// What was ordered, fees aside.
    ordered: Option<Money>,
    /// The rest, with the entry's amount for want of its own.
    pub(super) transaction: Transaction,
}

impl Row {
    /// Its own amount, for an entry of several.
    pub(super) fn own_amount(&self) -> Option<Money> {
        self.moved.or(self.ordered)
    }

    /// As part of an entry, with this amount.
    pub(super) fn with_amount(self, amount: Money) -> Transaction {
        let ordered = self.ordered.or(self.moved);
        Transaction {
            amount,
            instructed: ordered.filter(|ordered| *ordered != amount),
            ..self.transaction
        }
    }
}

/// What the rows of an entry inherit from it.
pub(super) struct Parent<'a> {
    /// Fields of the entry itself.
    pub(super) fields: &'a Fields,
    /// The entry's amount.
    pub(super) amount: Money,
    /// The entry's direction.
    pub(super) credit: bool,
}

const E2E: Path = path("/Refs/EndToEndId");
const PMT_INF: Path = path("/Refs/PmtInfId");
const MANDATE: Path = path("/Refs/MndtId");
const BANK_REF: Path = path("/Refs/AcctSvcrRef");
const STRUCTURED: Path = path("/RmtInf/Strd/CdtrRefInf/Ref");
const RETURN: Path = path("/RtrInf");
const WORDS: [Path; 2] = [path("/AddtlTxInf"), path("/AddtlNtryInf")];

/// Reads a row. `batch` is the `PmtInfId` of the batch it stands in.
pub(super) fn row(row: &Fields, parent: &Parent<'_>, batch: Option<&str>) -> Result<Row, BadField> {
    let credit = row.credit(path("/CdtDbtInd"))?.unwrap_or(parent.credit);
    let returned = is_return(row, parent.fields);
    let (name, iban) = counterparty(row, credit, returned);
    // Amounts in other currencies are not what the account saw, and may be in any currency at all.
    let own = |path| -> Result<Option<Money>, BadField> {
        if row.currency(path) != Some(parent.amount.currency().code()) {
            return Ok(None);
        }
        let amount = row.amount(path, "TxDtls amount")?;
        Ok(amount.filter(|money| money.is_positive()))
    };
    let transfer = own(path("/AmtDtls/TxAmt/Amt"))?;
    let charges = match own(path("/Chrgs/Rcrd/Amt"))? {
        None => own(path("/Chrgs/Amt"))?,
        some => some,
    };
    let mut transaction = Transaction {
        charges,
        bank_ref: row.reference(&[BANK_REF]),
        end_to_end_id: row.reference(&[E2E]),
        payment_info_id: row
            .reference(&[PMT_INF])
            .or_else(|| batch.map(str::to_owned)),
        mandate: row.reference(&[MANDATE]),
        creditor_references: row.all(STRUCTURED).map(str::to_owned).collect(),
        text: text(row),
        counterparty_name: name,
        counterparty_iban: iban,
        returned,
        fee: !returned && !credit && is_fee(row, parent.fields),
        ..Transaction::plain(parent.amount, credit)
    };
    transaction.return_reason = row.text(&[path("/RtrInf/Rsn/Cd"), path("/RtrInf/Rsn/Prtry")]);
    Ok(Row {
        moved: own(path("/Amt"))?.or(transfer),
        ordered: own(path("/AmtDtls/InstdAmt/Amt"))?,
        transaction,
    })
}

/// The text of a payment, or what the bank wrote about it.
fn text(row: &Fields) -> String {
    let mut text = pieces(row.all(path("/RmtInf/Ustrd")), &[35, 140]);
    let named = [
        path("/RmtInf/Strd/RfrdDocInf/Nb"),
        path("/RmtInf/Strd/AddtlRmtInf"),
    ];
    for piece in named.iter().flat_map(|path| row.all(*path)) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(piece);
    }
    if text.is_empty() {
        text.push_str(row.first(&[path("/AddtlTxInf")]).unwrap_or_default());
    }
    text
}

const FAMILY: Path = path("/BkTxCd/Domn/Fmly/Cd");
const SUB_FAMILY: Path = path("/BkTxCd/Domn/Fmly/SubFmlyCd");
const OWN_CODE: Path = path("/BkTxCd/Prtry/Cd");

/// Returned: the bank gives a return reason or says so in its words, or books it under a code for
/// unpaid debits. Of these `UPDD` and `PRDD` are ISO's, `B3` and `B4` those of French banks.
fn is_return(row: &Fields, entry: &Fields) -> bool {
    let unpaid = |fields: &Fields| {
        let domain = fields.first(&[FAMILY]) == Some("IDDT")
            && matches!(fields.first(&[SUB_FAMILY]), Some("UPDD" | "PRDD"));
        let own = fields.first(&[OWN_CODE]).unwrap_or_default();
        domain || ["B3", "B4"].contains(&own.split('/').next().unwrap_or_default())
    };
    let said = |fields: &Fields| {
        let words = fields.first(&WORDS).unwrap_or_default();
        words.contains("/RTYP/RTRN") || words.contains("/RTYP/RJCT")
    };
    row.has(RETURN) || unpaid(row) || unpaid(entry) || said(row) || said(entry)
}

/// What the bank takes for its services: ISO's sub-families for charges and fees.
fn is_fee(row: &Fields, entry: &Fields) -> bool {
    [row, entry].iter().any(|fields| {
        matches!(fields.first(&[SUB_FAMILY]), Some("CHRG" | "FEES" | "COMM"))
            || matches!(fields.first(&[FAMILY]), Some("MDOP"))
                && matches!(
                    fields.first(&[SUB_FAMILY]),
                    Some("CHRG" | "FEES" | "COMM" | "COMT")
                )
    })
}

/// Name and account of the other side. A returned payment keeps the parties of the first one, so
/// the payer of a returned debit is still its debtor.
fn counterparty(row: &Fields, credit: bool, returned: bool) -> (Option<String>, Option<String>) {
    let (names, account) = if credit == returned {
        (
            [path("/RltdPties/Cdtr/Nm"), path("/RltdPties/Cdtr/Pty/Nm")],
            path("/RltdPties/CdtrAcct/Id/IBAN"),
        )
    } else {
        (
            [path("/RltdPties/Dbtr/Nm"), path("/RltdPties/Dbtr/Pty/Nm")],
            path("/RltdPties/DbtrAcct/Id/IBAN"),
        )
    };
    (row.text(&names), row.text(&[account]))
}
