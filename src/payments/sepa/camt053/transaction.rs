//! One payment from its `TxDtls`.

use domain::Money;

use super::Transaction;
use super::error::BadField;
use super::fields::Fields;

/// Banks that cut a text into pieces cut it at these lengths; a shorter piece ends a line.
const PIECE_LENGTHS: [usize; 2] = [35, 140];

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

/// Reads a row. `batch` is the `PmtInfId` of the batch it stands in.
pub(super) fn row(row: &Fields, parent: &Parent<'_>, batch: Option<&str>) -> Result<Row, BadField> {
    let credit = row.credit("/CdtDbtInd")?.unwrap_or(parent.credit);
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
    let transfer = own("/AmtDtls/TxAmt/Amt")?;
    Ok(Row {
        moved: own("/Amt")?.or(transfer),
        ordered: own("/AmtDtls/InstdAmt/Amt")?,
        transaction: Transaction {
            amount: parent.amount,
            credit,
            instructed: None,
            end_to_end_id: row.reference(&["/Refs/EndToEndId"]),
            payment_info_id: row
                .reference(&["/Refs/PmtInfId"])
                .or_else(|| batch.map(str::to_owned)),
            mandate: row.reference(&["/Refs/MndtId"]),
            creditor_references: row
                .all("/RmtInf/Strd/CdtrRefInf/Ref")
                .map(str::to_owned)
                .collect(),
            text: text(row),
            counterparty_name: name,
            counterparty_iban: iban,
            returned,
            return_reason: row.text(&["/RtrInf/Rsn/Cd", "/RtrInf/Rsn/Prtry"]),
        },
    })
}

/// The text of a payment, or what the bank wrote about it.
fn text(row: &Fields) -> String {
    let mut text = String::new();
    let mut continues = true;
    for piece in row.all("/RmtInf/Ustrd") {
        if !continues {
            text.push(' ');
        }
        text.push_str(piece);
        continues = PIECE_LENGTHS.contains(&piece.chars().count());
    }
    let named = ["/RmtInf/Strd/RfrdDocInf/Nb", "/RmtInf/Strd/AddtlRmtInf"];
    for piece in named.iter().flat_map(|path| row.all(path)) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(piece);
    }
    if text.is_empty() {
        text.push_str(row.first(&["/AddtlTxInf"]).unwrap_or_default());
    }
    text
}

/// Returned: the bank gives a return reason, or books it under a code for unpaid debits. Of these
/// `UPDD` and `PRDD` are ISO's, `B3` and `B4` those of French banks.
fn is_return(row: &Fields, entry: &Fields) -> bool {
    let unpaid = |fields: &Fields| {
        let domain = fields.first(&["/BkTxCd/Domn/Fmly/Cd"]) == Some("IDDT")
            && matches!(
                fields.first(&["/BkTxCd/Domn/Fmly/SubFmlyCd"]),
                Some("UPDD" | "PRDD")
            );
        let own = fields.first(&["/BkTxCd/Prtry/Cd"]).unwrap_or_default();
        domain || ["B3", "B4"].contains(&own.split('/').next().unwrap_or_default())
    };
    row.has("/RtrInf") || unpaid(row) || unpaid(entry)
}

/// Name and account of the other side. A returned payment keeps the parties of the first one, so
/// the payer of a returned debit is still its debtor.
fn counterparty(row: &Fields, credit: bool, returned: bool) -> (Option<String>, Option<String>) {
    let (names, account) = if credit == returned {
        (
            ["/RltdPties/Cdtr/Nm", "/RltdPties/Cdtr/Pty/Nm"],
            "/RltdPties/CdtrAcct/Id/IBAN",
        )
    } else {
        (
            ["/RltdPties/Dbtr/Nm", "/RltdPties/Dbtr/Pty/Nm"],
            "/RltdPties/DbtrAcct/Id/IBAN",
        )
    };
    (row.text(&names), row.text(&[account]))
}
