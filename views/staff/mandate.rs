//! A debtor's mandate: revoking it when the debtor asks for it by letter or telephone, using one
//! that rested again, confirming that a bank registered one, and what changed of one.
//!
//! Posted fields: `csrf`, `key`, `decision` (`revoke`, `resume`, `registered` or `change`), and of
//! a change `iban`, `bic`, `reference`, `signed_for`. The page says what follows, so nothing asks
//! again.

use domain::DebtorId;
use domain::mandate::MandateState;
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::field::Input;
use crate::parts::{self, Tone};
use crate::paths;
use crate::portal::revoke::{self, MandatePage};
use crate::problem::{self, Problem};
use crate::text::Text;
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
    /// What is to be changed, as typed.
    pub change: ChangeForm,
    /// Whether the reader may decide.
    pub may_write: bool,
}

/// A change as typed.
#[derive(Clone, Debug, Default)]
pub struct ChangeForm {
    /// The new account.
    pub iban: String,
    /// Its BIC.
    pub bic: String,
    /// The new reference.
    pub reference: String,
    /// The creditor's former name.
    pub signed_for: String,
    /// What was wrong with it.
    pub problems: Vec<Problem>,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &StaffMandate) -> Markup {
    let lang = frame.language;
    let (title, one) = (t::TITLE.of(lang), &view.mandate);
    let customer = paths::debtor(&view.supplier, view.debtor);
    let body = html! {
        (problem::summary(&view.change.problems, lang))
        h1 { (title) span.sub { (one.reference) } }
        @if one.is_unregistered() {
            (parts::banner(Tone::Warn, t::NOT_REGISTERED.of(lang), &html! {
                p { (t::NOT_REGISTERED_MORE.of(lang)) }
                @if view.may_write {
                    (button(frame, view, "registered", t::ITS_BANK_REGISTERED))
                }
            }))
        }
        @if view.may_write && one.state == MandateState::Suspended {
            (parts::banner(Tone::Warn, t::RESUME.of(lang), &html! {
                p { (t::RESUME_MORE.of(lang)) }
                (button(frame, view, "resume", t::RESUME))
            }))
        }
        (revoke::revoked(lang, one, false))
        (revoke::said(lang, one))
        (revoke::debits(lang, one))
        @if view.may_write && matches!(one.state, MandateState::Active | MandateState::Suspended) {
            (change(frame, view))
        }
        @if view.may_write && one.can_revoke() {
            h2 { (t::REVOKE.of(lang)) }
            (revoke::consequences(lang, one, t::AT_BANK))
            (button(frame, view, "revoke", t::REVOKE))
        }
        p.back { a href=(customer) { (d::CUSTOMER.of(lang)) } }
    };
    staff_page(frame, Section::Debtors, title, &body)
}

fn button(frame: &StaffFrame, view: &StaffMandate, decision: &str, words: Text) -> Markup {
    html! {
        form method="post" action=(paths::staff_mandate(&view.supplier, view.mandate.id)) {
            (parts::tokens(&frame.csrf, &view.mandate.key))
            (parts::hidden("decision", decision))
            div.actions { button.button { (words.of(frame.language)) } }
        }
    }
}

fn change(frame: &StaffFrame, view: &StaffMandate) -> Markup {
    let (lang, form) = (frame.language, &view.change);
    let field = |name, label: Text, value| {
        Input::text(name, label.of(lang), value)
            .optional(lang)
            .autocomplete("off")
            .checked(&form.problems, lang)
    };
    html! {
        h2 { (t::CHANGE.of(lang)) }
        form.narrow method="post" action=(paths::staff_mandate(&view.supplier, view.mandate.id))
            novalidate {
            (parts::tokens(&frame.csrf, &view.mandate.key))
            (parts::hidden("decision", "change"))
            p.hint { (t::CHANGE_HINT.of(lang)) }
            (field("iban", t::NEW_IBAN, &form.iban))
            (field("bic", t::BIC, &form.bic))
            (field("reference", t::NEW_REFERENCE, &form.reference))
            (field("signed_for", t::SIGNED_FOR, &form.signed_for))
            div.actions { button.button.quiet { (t::CHANGED.of(lang)) } }
        }
    }
}
