//! A reported problem: how it stands, who deals with it until when, what was said, and a form to
//! say more.
//!
//! Posted fields: `text`, `file` (several), `drop`, and `deed`: `say`, `reopen`, or `withdraw`,
//! which is checked first (`step=confirm` does it, `step=edit` leaves it).

use domain::dispute::lines::DisputedLine;
use domain::dispute::{DisputeEvent, DisputeState, Reason};
use domain::party::Language;
use domain::{Day, DisputeId, InvoiceId, Money};
use maud::{Markup, html};

use super::dispute_lines;
use crate::attached::{self, File};
use crate::conversation::{Said, Sides, conversation};
use crate::field;
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::report as t;
use crate::text::{dispute as d, invoice, labels};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ReportPage {
    /// Which.
    pub id: DisputeId,
    /// About which invoice.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// Why.
    pub reason: Reason,
    /// How much of it.
    pub amount: Money,
    /// How it stands.
    pub state: DisputeState,
    /// Who deals with it, if somebody was named.
    pub owner: Option<String>,
    /// The day by which the supplier answers.
    pub answer_by: Day,
    /// The day in the supplier's zone.
    pub today: Day,
    /// The credit note that settled it, and its amount.
    pub credit: Option<(String, Money)>,
    /// The last day on which it can be opened again, if it can.
    pub reopens_until: Option<Day>,
    /// The lines it is about, when they are named.
    pub lines: Vec<DisputedLine>,
    /// What was said, oldest first.
    pub said: Vec<Said>,
    /// Idempotency key.
    pub key: String,
    /// What was typed.
    pub text: String,
    /// Files that wait for the form.
    pub files: Vec<File>,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

impl ReportPage {
    /// Whether this can be said about it as it stands.
    fn admits(&self, event: DisputeEvent) -> bool {
        self.state.on(event).is_ok()
    }
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &ReportPage) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let (supplier, file) = (frame.brand.name.as_str(), &paths::file);
    let sides = Sides {
        debtor: t::YOU.of(lang),
        supplier,
        file,
    };
    let body = html! {
        (parts::back(lang))
        (problem::summary(&view.problems, lang))
        h1 { (title) span.sub {
            a href=(paths::invoice(view.invoice)) { (invoice::title(lang, &view.number)) }
        } }
        (standing(lang, view))
        (facts(lang, supplier, view))
        (dispute_lines::table(lang, &view.lines))
        h2 { (t::SAID.of(lang)) }
        (conversation(lang, frame.zone, &sides, &view.said))
        @if frame.acts {
            (say(frame, view))
            @if view.admits(DisputeEvent::Withdraw) { (withdraw(frame, view)) }
        }
    };
    portal_page(frame, &Head::form(title, !view.problems.is_empty()), &body)
}

/// Where it stands, in plain words.
fn standing(lang: Language, view: &ReportPage) -> Markup {
    let late = view.answer_by < view.today;
    let credited = view.credit.as_ref();
    let credited = credited.map_or_else(
        || t::DEDUCTED.of(lang).into(),
        |(number, amount)| t::credited(lang, number, *amount),
    );
    let (tone, title, words) = match view.state {
        DisputeState::Open if late => (Tone::Warn, t::LATE, t::late(lang, view.answer_by)),
        DisputeState::Open => (Tone::Info, t::OPEN, t::answer_by(lang, view.answer_by)),
        DisputeState::InfoNeeded => (Tone::Warn, t::INFO_NEEDED, t::INFO_NEXT.of(lang).into()),
        DisputeState::Accepted => (Tone::Ok, t::ACCEPTED, t::ACCEPTED_NEXT.of(lang).into()),
        DisputeState::Credited => (Tone::Ok, t::CREDITED, credited),
        DisputeState::Rejected => (Tone::Warn, t::REJECTED, t::REJECTED_NEXT.of(lang).into()),
        DisputeState::Withdrawn => (Tone::Calm, t::WITHDRAWN, t::WITHDRAWN_NEXT.of(lang).into()),
    };
    let next = t::next(view.reason).filter(|_| view.state == DisputeState::Open);
    parts::banner(
        tone,
        title.of(lang),
        &html! {
            p { (words) }
            @if let Some(next) = next { p { (next.of(lang)) } }
        },
    )
}

fn facts(lang: Language, supplier: &str, view: &ReportPage) -> Markup {
    let owner = view.owner.as_deref().unwrap_or(supplier);
    let mut rows = vec![
        (
            d::REASON_SAID.of(lang),
            html! { (labels::reason(view.reason).of(lang)) },
        ),
        (c::AMOUNT.of(lang), parts::amount(lang, view.amount)),
        (t::DEALT_BY.of(lang), html! { (owner) }),
        (
            t::STANDS.of(lang),
            html! { (labels::dispute_state(view.state).of(lang)) },
        ),
    ];
    // Asked for something, it is the debtor's turn: our day begins anew with its reply.
    if view.state == DisputeState::Open {
        rows.push((t::ANSWER_BY.of(lang), parts::date(lang, view.answer_by)));
    }
    parts::facts(&rows)
}

/// The form to say more, as far as anything can be said.
fn say(frame: &Frame, view: &ReportPage) -> Markup {
    let lang = frame.language;
    let reopens = view.reopens_until;
    let says = view.admits(DisputeEvent::Answer) || view.admits(DisputeEvent::Add);
    let label = match view.state {
        DisputeState::InfoNeeded => t::REPLY,
        DisputeState::Open | DisputeState::Accepted => t::ADD,
        _ => t::REOPEN_WHY,
    };
    let wrong = problem::at(&view.problems, "text", lang);
    let until = reopens.map(|last| t::until(lang, last));
    let hint = until.as_deref().filter(|_| !says);
    html! {
        @if says || reopens.is_some() {
            form.narrow method="post" action=(paths::report(view.id))
                enctype="multipart/form-data" novalidate {
                (parts::tokens(&frame.csrf, &view.key))
                (field::area_as("text", "text", (label.of(lang), hint), &view.text,
                    wrong.as_deref()))
                (attached::inputs(lang, &view.files, &view.problems))
                div.actions {
                    @if says {
                        button.button name="deed" value="say" { (t::SEND.of(lang)) }
                    }
                    @if reopens.is_some() {
                        button.button.quiet[says] name="deed" value="reopen" {
                            (t::REOPEN.of(lang))
                        }
                    }
                }
            }
        }
    }
}

fn withdraw(frame: &Frame, view: &ReportPage) -> Markup {
    let lang = frame.language;
    html! {
        form.narrow method="post" action=(paths::report(view.id)) {
            // A key of its own: what was said by the other form is no withdrawal.
            (parts::tokens(&frame.csrf, &format!("{}w", view.key)))
            p { (t::WITHDRAW_HINT.of(lang)) }
            div.actions {
                button.button.quiet name="deed" value="withdraw" { (t::WITHDRAW.of(lang)) }
            }
        }
    }
}

/// The check before it is taken back.
#[must_use]
pub fn check_withdrawal(frame: &Frame, view: &ReportPage) -> Markup {
    let lang = frame.language;
    let title = t::WITHDRAW_CHECK.of(lang);
    let body = html! {
        h1 { (title) }
        (parts::facts(&[
            (c::INVOICE.of(lang), html! { (view.number) }),
            (d::REASON_SAID.of(lang), html! { (labels::reason(view.reason).of(lang)) }),
            (c::AMOUNT.of(lang), parts::amount(lang, view.amount)),
        ]))
        p { (t::WITHDRAWN_NEXT.of(lang)) }
        form method="post" action=(paths::report(view.id)) {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("deed", "withdraw"))
            div.actions {
                button.button name="step" value="confirm" { (t::WITHDRAW.of(lang)) }
                button.button.quiet name="step" value="edit" { (t::WITHDRAW_KEEP.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::of(title), &body)
}
