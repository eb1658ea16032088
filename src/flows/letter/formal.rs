//! The exact breakdown of a formal notice, as of the day it leaves.

use domain::late::ChargeKind;
use domain::{Moment, Money};
use views::mail::FormalFacts;

use super::Material;
use super::listed::summed;
use crate::flows::late;
use crate::store::{Conn, StoreError};

/// Days to pay from the day it is written.
const DAYS: i64 = 8;

/// What is demanded: what may be asked of the invoices, and what their lateness costs today.
pub(super) fn facts(
    conn: &mut Conn,
    material: &Material,
    now: Moment,
) -> Result<FormalFacts, StoreError> {
    let supplier = &material.supplier;
    let on = supplier.zone.day(now);
    let lines = late::lines(conn, supplier.id, &material.invoices, (on, None))?;
    let failed = |why: &dyn std::fmt::Display| StoreError::Failed(why.to_string());
    let mut all: Vec<Money> = Vec::new();
    for item in &material.invoices {
        all.push(item.remindable().map_err(|why| failed(&why))?);
    }
    let mut charges = Vec::new();
    for kind in ChargeKind::ALL {
        let own = lines.iter().filter(|line| line.kind == *kind);
        let sums = summed(own.map(|line| line.amount)).map_err(|why| failed(&why))?;
        if !sums.is_empty() {
            all.extend(&sums);
            charges.push((*kind, sums));
        }
    }
    Ok(FormalFacts {
        on,
        pay_by: on.plus_days(DAYS),
        charges,
        total: summed(all).map_err(|why| failed(&why))?,
    })
}
