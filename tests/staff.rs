//! The staff's pages over HTTP, on both databases.

mod account;
mod bank;
mod calls;
mod contact;
mod debits;
mod debtor;
mod debtors;
mod decision;
mod dispute;
mod documents;
mod enclosed;
mod ends;
mod front;
mod history;
mod import_path;
mod imports;
mod late;
mod letters;
mod mandates;
mod matched;
mod matrix;
mod messages;
mod plans;
mod postal;
mod quiet;
mod recalled;
mod recalls;
mod registered;
mod reminders;
mod routes;
mod set_off;
mod sign_in;
mod texts;
mod today;
mod waiting;

use acquit::store::user::StaffRole;
use domain::Moment;

use crate::support::databases::backends;
use crate::support::staff_site::{Browser, StaffSite};
use crate::support::world::paris;

/// A Friday morning.
fn morning() -> Moment {
    paris("2026-11-20", 10)
}

/// The day of that morning.
const TODAY: &str = "2026-11-20";

/// What a form of this browser's session carries.
async fn csrf(browser: &Browser) -> String {
    browser.get("/staff").await.csrf()
}
