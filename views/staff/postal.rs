//! Where letters to a customer go, and the form that changes it.
//!
//! Posted fields: `csrf`, `key`, `deed` (`save` or `forget`), `street`, `postcode`, `town`,
//! `country`.

use domain::DebtorId;
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::field::{Input, area};
use crate::parts;
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::letters as t;
use crate::text::returned;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PostalPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Which customer.
    pub debtor: DebtorId,
    /// Its name.
    pub name: String,
    /// The lines in the window of an envelope, and whether staff wrote them.
    pub known: Option<(Vec<String>, bool)>,
    /// What was typed: street lines, postcode, town, country.
    pub typed: [String; 4],
    /// What was wrong with it.
    pub problems: Vec<Problem>,
    /// Whether the reader may change it.
    pub may_write: bool,
    /// Idempotency key.
    pub key: String,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &PostalPage) -> Markup {
    let lang = frame.language;
    let title = t::ADDRESS.of(lang);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) span.sub { (view.name) } }
        (known(frame, view.known.as_ref()))
        @if view.may_write { (form(frame, view)) }
        p.back {
            a href=(paths::debtor(&view.supplier, view.debtor)) { (returned::CUSTOMER.of(lang)) }
        }
    };
    staff_page(frame, Section::Debtors, title, &body)
}

/// The address as it stands in the window, and who told it.
pub(super) fn known(frame: &StaffFrame, known: Option<&(Vec<String>, bool)>) -> Markup {
    let lang = frame.language;
    html! {
        @if let Some((lines, by_staff)) = known {
            address {
                @for (place, line) in lines.iter().enumerate() {
                    @if place > 0 { br; }
                    (line)
                }
            }
            p.sub {
                @if *by_staff { (t::BY_STAFF.of(lang)) } @else { (t::BY_BOOKS.of(lang)) }
            }
        } @else {
            p.sub { (t::NO_ADDRESS.of(lang)) }
        }
    }
}

fn form(frame: &StaffFrame, view: &PostalPage) -> Markup {
    let lang = frame.language;
    let [street, postcode, town, country] = &view.typed;
    let wrong = problem::at(&view.problems, "street", lang);
    html! {
        form.narrow method="post" action=(paths::postal(&view.supplier, view.debtor)) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (area("street", t::STREET.of(lang), street, wrong.as_deref()))
            (Input::text("postcode", t::POSTCODE.of(lang), postcode)
                .autocomplete("off")
                .checked(&view.problems, lang))
            (Input::text("town", t::TOWN.of(lang), town)
                .autocomplete("off")
                .checked(&view.problems, lang))
            (Input::text("country", t::COUNTRY.of(lang), country)
                .hint(t::COUNTRY_HINT.of(lang))
                .autocomplete("off")
                .optional(lang)
                .checked(&view.problems, lang))
            div.actions {
                button.button name="deed" value="save" { (t::SAVE.of(lang)) }
                @if view.known.is_some() {
                    button.button.quiet name="deed" value="forget" { (t::FORGET.of(lang)) }
                }
            }
        }
    }
}
