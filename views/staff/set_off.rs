//! Invoices that credit notes settled without money: what there is of them on an account, and the
//! form that undoes one.
//!
//! Posted fields: `csrf`, `key`, `reason`.

use domain::{Day, DebtorId, Money, PaymentId};
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::field;
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::document as d;
use crate::text::set_off as t;

/// One that counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SetOffLine {
    /// Which.
    pub payment: PaymentId,
    /// The day it counts from.
    pub on: Day,
    /// How much it settled.
    pub amount: Money,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct SetOffPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Whose.
    pub debtor: DebtorId,
    /// What was set off.
    pub line: SetOffLine,
    /// Numbers of the invoices and of the credit notes.
    pub numbers: [Vec<String>; 2],
    /// Whether it was undone.
    pub undone: bool,
    /// Whether the reader may undo it.
    pub may_write: bool,
    /// Idempotency key.
    pub key: String,
    /// The reason as typed.
    pub reason: String,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// Those of an account, each leading to its page; nothing where there is none.
pub(super) fn section(frame: &StaffFrame, supplier: &str, all: &[SetOffLine]) -> Markup {
    let lang = frame.language;
    html! {
        @if !all.is_empty() {
            section.part #set-offs {
                h2 { (t::TITLE.of(lang)) }
                ul.plain {
                    @for line in all {
                        li {
                            a href=(paths::set_off(supplier, line.payment)) {
                                (t::settled(lang, line.amount, line.on))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &SetOffPage) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let [invoices, notes] = &view.numbers;
    let facts = [
        (c::AMOUNT.of(lang), parts::amount(lang, view.line.amount)),
        (d::DATE.of(lang), parts::date(lang, view.line.on)),
        (c::INVOICES.of(lang), html! { (invoices.join(", ")) }),
        (t::NOTES.of(lang), html! { (notes.join(", ")) }),
    ];
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) }
        @if view.undone { (parts::banner(Tone::Info, t::UNDONE.of(lang), &html! {})) }
        (parts::facts(&facts))
        @if view.may_write && !view.undone { (form(frame, view)) }
        p.back { a href=(paths::debtor(&view.supplier, view.debtor)) { (d::CUSTOMER.of(lang)) } }
    };
    staff_page(frame, Section::Debtors, title, &body)
}

fn form(frame: &StaffFrame, view: &SetOffPage) -> Markup {
    let lang = frame.language;
    let wrong = problem::at(&view.problems, "reason", lang);
    let label = (t::REASON.of(lang), Some(t::REASON_HINT.of(lang)));
    let action = paths::set_off(&view.supplier, view.line.payment);
    html! {
        h2 { (t::UNDO.of(lang)) }
        p { (t::UNDO_MORE.of(lang)) }
        form.narrow method="post" action=(action) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (field::area_as("reason", "reason", label, &view.reason, wrong.as_deref()))
            div.actions {
                button.button { (t::UNDO.of(lang)) }
                a href=(paths::debtor(&view.supplier, view.debtor)) { (c::CANCEL.of(lang)) }
            }
        }
    }
}
