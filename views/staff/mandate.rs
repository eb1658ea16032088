//! A debtor's mandate, and revoking it when the debtor asks for it by letter or telephone.
//!
//! Posted fields: `csrf`, `key`. The page says what follows, so nothing asks again.

use domain::DebtorId;
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::parts;
use crate::paths;
use crate::portal::revoke::{self, MandatePage};
use crate::text::common as c;
use crate::text::document as d;
use crate::text::mandate as t;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct StaffMandate {
    /// Code of the supplier.
    pub supplier: String,
    /// Whose mandate.
    pub debtor: DebtorId,
    /// The mandate.
    pub mandate: MandatePage,
    /// Whether the reader may revoke it.
    pub may_write: bool,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &StaffMandate) -> Markup {
    let lang = frame.language;
    let (title, one) = (t::TITLE.of(lang), &view.mandate);
    let customer = paths::debtor(&view.supplier, view.debtor);
    let body = html! {
        h1 { (title) span.sub { (one.reference) } }
        (revoke::revoked(lang, one, false))
        (revoke::said(lang, one))
        (revoke::debits(lang, one))
        @if view.may_write && one.can_revoke() {
            h2 { (t::REVOKE.of(lang)) }
            (revoke::consequences(lang, one, t::AT_BANK))
            form method="post" action=(paths::staff_mandate(&view.supplier, one.id)) {
                (parts::tokens(&frame.csrf, &one.key))
                div.actions {
                    button.button { (t::REVOKE.of(lang)) }
                    a href=(customer) { (c::CANCEL.of(lang)) }
                }
            }
        }
        p.back { a href=(customer) { (d::CUSTOMER.of(lang)) } }
    };
    staff_page(frame, Section::Debtors, title, &body)
}
