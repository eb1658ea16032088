//! What came of a day's or a week's calls, for a page and for a spreadsheet.

use std::collections::{BTreeMap, BTreeSet};

use domain::call::{Call, Tally, tally};
use domain::party::{Debtor, Supplier};
use domain::{Day, DebtorId};

use super::error::FlowError;
use crate::app::App;
use crate::documents;
use crate::store::{self, Conn, StoreError};

/// Calls that a report reads.
pub const CALLS_MAX: i64 = 2_000;

/// The calls of these days and what they come to.
#[derive(Clone, Debug)]
pub struct Report {
    /// Oldest first.
    pub calls: Vec<Call>,
    /// The accounts that were called.
    pub debtors: BTreeMap<DebtorId, Debtor>,
    /// What they come to.
    pub tally: Tally,
}

/// Reads the calls of these days, both included.
pub async fn read(
    app: &App,
    supplier: &Supplier,
    (from, to): (Day, Day),
) -> Result<Report, FlowError> {
    let (id, zone) = (supplier.id, supplier.zone);
    let span = (zone.at_hour(from, 0), zone.at_hour(to.plus_days(1), 0));
    let look = move |conn: &mut Conn| {
        let calls = store::call::between(conn, id, span, CALLS_MAX)?;
        let called: BTreeSet<DebtorId> = calls.iter().map(|call| call.debtor).collect();
        let called: Vec<DebtorId> = called.into_iter().collect();
        let debtors = store::debtor::find_many(conn, id, &called)?;
        Ok::<_, StoreError>((calls, debtors))
    };
    let (calls, debtors) = app.store.report(id, look).await?;
    Ok(Report {
        tally: tally(&calls)?,
        calls,
        debtors,
    })
}

/// Titles of the table: stable names, for whoever reads it by a program.
const TITLES: &[&str] = &[
    "made_at",
    "account",
    "customer",
    "outcome",
    "reason",
    "invoices",
    "argued",
    "promised",
    "promised_on",
    "next_at",
    "by",
    "note",
];

/// The calls as a table for spreadsheets.
#[must_use]
pub fn csv(report: &Report) -> Vec<u8> {
    let rows = report.calls.iter().map(|call| {
        let debtor = report.debtors.get(&call.debtor);
        let (name, code) = debtor.map_or(("", ""), |one| (&*one.name, &*one.code));
        let argued = call.argued.iter().map(|(_, amount)| amount.to_string());
        let (amount, day) = match call.promised {
            Some((amount, day)) => (amount.to_string(), day.to_string()),
            None => (String::new(), String::new()),
        };
        vec![
            call.at.to_string(),
            code.to_owned(),
            name.to_owned(),
            call.outcome.to_string(),
            call.reason.map_or_else(String::new, |one| one.to_string()),
            call.argued.len().to_string(),
            argued.collect::<Vec<_>>().join(" + "),
            amount,
            day,
            call.next_at.map_or_else(String::new, |at| at.to_string()),
            call.by.clone(),
            call.note.clone(),
        ]
    });
    documents::table(TITLES, rows)
}
