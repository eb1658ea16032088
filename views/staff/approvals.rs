//! Messages that a person is asked about before they leave.
//!
//! Posted fields: `csrf`, `key`, `approval`, `decision` (`approve` or `decline`).

use domain::late::ChargeKind;
use domain::message::MessageKind;
use domain::{ApprovalId, Moment, Money};
use maud::{Markup, html};

use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use crate::format;
use crate::parts;
use crate::paths;
use crate::text::{labels, reminders as t};

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Which.
    pub id: ApprovalId,
    /// Whose account.
    pub debtor: DebtorRef,
    /// What would be written.
    pub kind: MessageKind,
    /// Since when.
    pub asked_at: Moment,
    /// Its invoices: number, and what is asked of each.
    pub invoices: Vec<(String, Money)>,
    /// What lateness costs as of today, one amount a kind.
    pub charges: Vec<(ChargeKind, Money)>,
    /// All of it.
    pub total: Vec<Money>,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ApprovalsPage {
    /// Code of the supplier.
    pub supplier: String,
    /// The questions, oldest first.
    pub questions: Vec<Question>,
    /// Whether the reader may answer.
    pub may_write: bool,
    /// Idempotency key.
    pub key: String,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &ApprovalsPage) -> Markup {
    let lang = frame.language;
    let body = html! {
        h1 { (t::APPROVALS.of(lang)) }
        @if view.questions.is_empty() { p.sub { (t::NO_APPROVALS.of(lang)) } }
        @for one in &view.questions { (card(frame, view, one)) }
        p.back { a href=(paths::reminders(&view.supplier)) { (t::TITLE.of(lang)) } }
    };
    staff_page(frame, Section::Reminders, t::APPROVALS.of(lang), &body)
}

fn card(frame: &StaffFrame, view: &ApprovalsPage, one: &Question) -> Markup {
    let lang = frame.language;
    html! {
        section.card.open {
            h2 { (labels::message_kind(one.kind).of(lang)) " · " (debtor_link(&one.debtor)) }
            p.sub { (format::moment(lang, frame.zone, one.asked_at)) }
            dl.facts {
                @for (number, amount) in &one.invoices {
                    div { dt { (number) } dd { (parts::amount(lang, *amount)) } }
                }
                @for (kind, amount) in &one.charges {
                    @let name = labels::charge(*kind).of(lang);
                    div { dt { (name) } dd { (parts::amount(lang, *amount)) } }
                }
                @for amount in &one.total {
                    div {
                        dt { strong { (crate::text::common::TOTAL.of(lang)) } }
                        dd { strong { (parts::amount(lang, *amount)) } }
                    }
                }
            }
            @if view.may_write {
                form method="post" action=(paths::approvals(&view.supplier)) {
                    (parts::tokens(&frame.csrf, &view.key))
                    (parts::hidden("approval", &one.id.to_string()))
                    div.actions {
                        button.button name="decision" value="approve" { (t::APPROVE.of(lang)) }
                        button.button.quiet name="decision" value="decline" {
                            (t::DECLINE.of(lang))
                        }
                    }
                }
            }
        }
    }
}
