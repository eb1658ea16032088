//! One entry from its `Ntry`.

use domain::{Day, Money};

use super::error::{BadField, CamtError};
use super::fields::Fields;
use super::pull::Pull;
use super::transaction::{Parent, Row, row};
use super::{Entry, Transaction};

/// The parts of an `Ntry`.
pub(super) struct Parts {
    /// Its own fields.
    fields: Fields,
    /// Its rows, each with the `PmtInfId` of its batch.
    rows: Vec<(Fields, Option<String>)>,
    /// The `PmtInfId` of each group of rows.
    batches: Vec<Option<String>>,
    /// Whether all rows are listed that the batches count.
    complete: bool,
}

/// Collects the parts of an entry whose start was just read.
pub(super) fn collect(pull: &mut Pull<'_>) -> Result<Parts, CamtError> {
    let mut parts = Parts {
        fields: Fields::default(),
        rows: Vec::new(),
        batches: Vec::new(),
        complete: true,
    };
    while let Some(element) = pull.child()? {
        let name = element.local_name().as_ref().to_owned();
        if name == "NtryDtls" {
            details(pull, &mut parts)?;
        } else {
            pull.leaves(&element, &format!("/{name}"), &mut parts.fields)?;
        }
    }
    Ok(parts)
}

/// Collects one `NtryDtls`: rows, and before them the batch they are of.
fn details(pull: &mut Pull<'_>, parts: &mut Parts) -> Result<(), CamtError> {
    let mut batch = Fields::default();
    let first = parts.rows.len();
    while let Some(element) = pull.child()? {
        match element.local_name().as_ref() {
            "Btch" => pull.leaves(&element, "", &mut batch)?,
            "TxDtls" => {
                let mut fields = Fields::default();
                pull.leaves(&element, "", &mut fields)?;
                let id = batch.reference(&["/PmtInfId"]);
                parts.rows.push((fields, id));
            }
            _ => pull.skip(&element)?,
        }
    }
    let listed = parts.rows.len() - first;
    let counted = batch
        .first(&["/NbOfTxs"])
        .and_then(|text| text.parse().ok());
    parts.complete &= counted.is_none_or(|count: usize| count == listed);
    parts.batches.push(batch.reference(&["/PmtInfId"]));
    Ok(())
}

/// The entry the parts make, or none when it is not booked.
pub(super) fn entry(
    parts: &Parts,
    statement: &str,
    ordinal: u32,
) -> Result<Option<Entry>, BadField> {
    let fields = &parts.fields;
    let status = fields
        .first(&["/Sts", "/Sts/Cd", "/Sts/Prtry"])
        .ok_or_else(|| BadField::missing("Sts"))?;
    if status != "BOOK" {
        return Ok(None);
    }
    let amount = fields
        .amount("/Amt", "Amt")?
        .ok_or_else(|| BadField::missing("Amt"))?;
    let credit = fields
        .credit("/CdtDbtInd")?
        .ok_or_else(|| BadField::missing("CdtDbtInd"))?;
    Ok(Some(Entry {
        statement: statement.to_owned(),
        ordinal,
        booked_on: booked_on(fields)?,
        amount,
        credit,
        bank_ref: fields.reference(&["/AcctSvcrRef"]),
        transactions: transactions(parts, amount, credit)?,
    }))
}

/// The booking day; banks that leave it out give the value day.
fn booked_on(fields: &Fields) -> Result<Day, BadField> {
    let booked = fields.day(&["/BookgDt/Dt", "/BookgDt/DtTm"], "BookgDt")?;
    let valued = fields.day(&["/ValDt/Dt", "/ValDt/DtTm"], "ValDt")?;
    booked
        .or(valued)
        .ok_or_else(|| BadField::missing("BookgDt"))
}

/// One row is the whole entry. Several rows have their own amounts; if one has none or some are not
/// listed, only the entry as a whole is certain, and it stays in one piece.
fn transactions(parts: &Parts, amount: Money, credit: bool) -> Result<Vec<Transaction>, BadField> {
    let parent = Parent {
        fields: &parts.fields,
        amount,
        credit,
    };
    let mut rows = Vec::with_capacity(parts.rows.len());
    for (fields, batch) in &parts.rows {
        rows.push(row(fields, &parent, batch.as_deref())?);
    }
    let own: Option<Vec<Money>> = rows.iter().map(Row::own_amount).collect();
    let divided = match own {
        _ if !parts.complete => Vec::new(),
        _ if rows.len() == 1 => divide(rows, vec![amount]),
        Some(amounts) => divide(rows, amounts),
        None => Vec::new(),
    };
    let mut all = divided;
    if all.is_empty() {
        let whole = row(&Fields::default(), &parent, common(&parts.batches))?;
        all.push(whole.with_amount(amount));
    }
    if let [only] = all.as_mut_slice()
        && only.text.is_empty()
    {
        only.text = parts.fields.text(&["/AddtlNtryInf"]).unwrap_or_default();
    }
    Ok(all)
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
