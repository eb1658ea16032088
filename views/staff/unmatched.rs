//! Money that came to the bank account without a reference that is known.

use domain::party::Language;
use domain::{Day, Money};
use maud::{Markup, html};

use super::today::list;
use crate::parts;
use crate::text::common as c;
use crate::text::staff as t;

/// One movement of a statement.
#[derive(Clone, Debug)]
pub struct UnmatchedLine {
    /// Name of the supplier it came to.
    pub supplier: String,
    /// The bank's booking day.
    pub booked_on: Day,
    /// Who paid, as the bank says.
    pub payer: Option<String>,
    /// What the payer wrote.
    pub text: String,
    /// How much.
    pub amount: Money,
}

/// The list, as today's page shows it.
pub(super) fn section(lang: Language, all: &[UnmatchedLine]) -> Markup {
    let titles = [
        t::PAYER.of(lang),
        t::SUPPLIER.of(lang),
        c::DATE.of(lang),
        t::WRITTEN.of(lang),
        c::AMOUNT.of(lang),
    ];
    let rows = html! {
        @for line in all {
            tr {
                th scope="row" {
                    (line.payer.as_deref().unwrap_or(t::PAYER_UNKNOWN.of(lang)))
                }
                td data-l=(t::SUPPLIER.of(lang)) { (line.supplier) }
                td data-l=(c::DATE.of(lang)) { (parts::date(lang, line.booked_on)) }
                td data-l=(t::WRITTEN.of(lang)) { (line.text) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
            }
        }
    };
    list(
        t::UNMATCHED.of(lang),
        t::NO_UNMATCHED.of(lang),
        all.len(),
        &parts::table(&titles, &[4], &rows),
    )
}
