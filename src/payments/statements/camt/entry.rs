//! One entry from its `Ntry`.

use domain::{Day, Money};

use super::events::Events;
use super::fields::{Fields, Path, ROOT, extend, path};
use super::pull::Pull;
use super::transaction::{Parent, Row, row};
use crate::payments::statements::error::{BadField, Fault, StatementError};
use crate::payments::statements::model::{Entry, Transaction};

/// Payments of one entry that are held at a time.
const ROWS_MAX: usize = 200_000;

/// The parts of an `Ntry`; used again for each.
#[derive(Default)]
pub(super) struct Parts {
    /// Its own fields.
    fields: Fields,
    /// Its rows; those beyond `used` are of an earlier entry.
    rows: Vec<Fields>,
    used: usize,
    /// For each row its group.
    groups: Vec<usize>,
    /// The `PmtInfId` of each group of rows.
    batches: Vec<Option<String>>,
    batch: Fields,
    /// Whether all rows are listed that the batches count.
    complete: bool,
    /// Whether there are several payments, listed or not.
    several: bool,
}

impl Parts {
    fn clear(&mut self) {
        self.fields.clear();
        self.used = 0;
        self.groups.clear();
        self.batches.clear();
        (self.complete, self.several) = (true, false);
    }

    /// The next row, empty.
    fn row(&mut self) -> &mut Fields {
        if self.used == self.rows.len() {
            self.rows.push(Fields::default());
        }
        let at = self.used;
        self.used += 1;
        match self.rows.get_mut(at) {
            Some(row) => {
                row.clear();
                row
            }
            // Never: it was pushed if it was missing.
            None => &mut self.fields,
        }
    }
}

/// Collects the parts of an entry whose start was just read.
pub(super) fn collect(
    pull: &mut Pull<impl Events>,
    parts: &mut Parts,
) -> Result<(), StatementError> {
    parts.clear();
    while pull.child()? {
        if pull.name() == "NtryDtls" {
            details(pull, parts)?;
        } else {
            let below = extend(extend(ROOT, b"/"), pull.name().as_bytes());
            pull.leaves(below, &mut parts.fields)?;
        }
    }
    Ok(())
}

/// Collects one `NtryDtls`: rows, and before them the batch they are of.
fn details(pull: &mut Pull<impl Events>, parts: &mut Parts) -> Result<(), StatementError> {
    parts.batch.clear();
    let first = parts.used;
    while pull.child()? {
        match pull.name() {
            "Btch" => pull.leaves(ROOT, &mut parts.batch)?,
            "TxDtls" if parts.used >= ROWS_MAX => {
                return Err(Fault::TooMany(ROWS_MAX, "payments of one entry").at(pull.line()));
            }
            "TxDtls" => {
                let group = parts.batches.len();
                parts.groups.push(group);
                pull.leaves(ROOT, parts.row())?;
            }
            _ => pull.skip()?,
        }
    }
    let listed = parts.used - first;
    let counted = parts.batch.first(&[path("/NbOfTxs")]);
    let counted: Option<usize> = counted.and_then(|text| text.parse().ok());
    parts.complete &= counted.is_none_or(|count| count == listed);
    parts.several |= counted.is_some_and(|count| count > 1);
    parts
        .batches
        .push(parts.batch.reference(&[path("/PmtInfId")]));
    Ok(())
}

const STATUS: [Path; 3] = [path("/Sts"), path("/Sts/Cd"), path("/Sts/Prtry")];

/// The entry's amount and direction.
pub(super) fn amount(parts: &Parts) -> Result<(Money, bool), BadField> {
    let amount = parts.fields.amount(path("/Amt"), "Amt")?;
    let credit = parts.fields.credit(path("/CdtDbtInd"))?;
    Ok((
        amount.ok_or_else(|| BadField::missing("Amt"))?,
        credit.ok_or_else(|| BadField::missing("CdtDbtInd"))?,
    ))
}

/// The entry the parts make, or none when it is not booked.
pub(super) fn entry(
    parts: &Parts,
    statement: &str,
    ordinal: u32,
) -> Result<Option<Entry>, BadField> {
    let fields = &parts.fields;
    let status = fields
        .first(&STATUS)
        .ok_or_else(|| BadField::missing("Sts"))?;
    if status != "BOOK" {
        return Ok(None);
    }
    let (amount, credit) = amount(parts)?;
    let (transactions, divided) = transactions(parts, amount, credit)?;
    Ok(Some(Entry {
        statement: statement.to_owned(),
        ordinal,
        booked_on: booked_on(fields)?,
        amount,
        credit,
        bank_ref: fields.reference(&[path("/AcctSvcrRef")]),
        undivided: !divided && (parts.several || parts.used > 1),
        transactions,
    }))
}

/// The booking day; banks that leave it out give the value day.
fn booked_on(fields: &Fields) -> Result<Day, BadField> {
    let booked = fields.day(&[path("/BookgDt/Dt"), path("/BookgDt/DtTm")], "BookgDt")?;
    let valued = fields.day(&[path("/ValDt/Dt"), path("/ValDt/DtTm")], "ValDt")?;
    booked
        .or(valued)
        .ok_or_else(|| BadField::missing("BookgDt"))
}

/// One row is the whole entry. Several rows have their own amounts; if one has none or some are not
/// listed, only the entry as a whole is certain, and it stays in one piece. Says whether it is
/// divided.
fn transactions(
    parts: &Parts,
    amount: Money,
    credit: bool,
) -> Result<(Vec<Transaction>, bool), BadField> {
    let parent = Parent {
        fields: &parts.fields,
        amount,
        credit,
    };
    let mut rows = Vec::with_capacity(parts.used);
    for (fields, group) in parts.rows.iter().take(parts.used).zip(&parts.groups) {
        let batch = parts.batches.get(*group).and_then(Option::as_deref);
        rows.push(row(fields, &parent, batch)?);
    }
    let own: Option<Vec<Money>> = rows.iter().map(Row::own_amount).collect();
    let mut all = match own {
        _ if !parts.complete => Vec::new(),
        _ if rows.len() == 1 => divide(rows, vec![amount]),
        Some(amounts) => divide(rows, amounts),
        None => Vec::new(),
    };
    let divided = !all.is_empty();
    if !divided {
        let whole = row(&Fields::default(), &parent, common(&parts.batches))?;
        all.push(whole.with_amount(amount));
    }
    if let [only] = all.as_mut_slice()
        && only.text.is_empty()
    {
        only.text = parts
            .fields
            .text(&[path("/AddtlNtryInf")])
            .unwrap_or_default();
    }
    Ok((all, divided))
}

fn divide(rows: Vec<Row>, amounts: Vec<Money>) -> Vec<Transaction> {
    let pairs = rows.into_iter().zip(amounts);
    pairs.map(|(row, amount)| row.with_amount(amount)).collect()
}

/// The batch of an entry that is all one batch.
fn common(batches: &[Option<String>]) -> Option<&str> {
    match batches {
        [only] => only.as_deref(),
        _ => None,
    }
}
