//! Reporting what blocks an invoice: the form, the check, the receipt.
//!
//! Posted fields: `reason` (`domain::dispute::Reason` as text), `scope` (`whole`, `part` or
//! `lines`), `amount`, those of `dispute_lines`, `text`, `file` (several), `drop`, `step`
//! (`recount` for one more line). The category of the reason is derived, never asked.

use domain::dispute::Reason;
use domain::dispute::lines::{DisputedLine, LINES_MAX};
use domain::party::Language;
use domain::{Day, DisputeId, InvoiceId, Money};
use maud::{Markup, html};

use super::dispute_lines::{self, LineTyped};
use crate::attached::{self, File};
use crate::field::{self, Choice, Input};
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::dispute as t;
use crate::text::report as r;
use crate::text::{attached as a, invoice, labels, portal};

/// How much of an invoice is concerned.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Extent {
    /// All that is not disputed yet.
    #[default]
    Whole,
    /// An amount.
    Part,
    /// Lines that are named.
    Lines,
}

impl Extent {
    /// As it is posted.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Part => "part",
            Self::Lines => "lines",
        }
    }

    /// What was posted; all of it, when that is nothing known.
    #[must_use]
    pub fn of(posted: &str) -> Self {
        let mut known = [Self::Part, Self::Lines].into_iter();
        known.find(|one| one.as_str() == posted).unwrap_or_default()
    }
}

/// The form, empty or as it came back.
#[derive(Clone, Debug)]
pub struct DisputeForm {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// What of it can be disputed: all that is open.
    pub open: Money,
    /// Idempotency key.
    pub key: String,
    /// The reasons that can be true of this invoice.
    pub reasons: Vec<Reason>,
    /// The chosen reason.
    pub reason: Option<Reason>,
    /// How much of the invoice is concerned.
    pub scope: Extent,
    /// The amount as typed, for a part.
    pub amount: String,
    /// The lines as typed.
    pub rows: Vec<LineTyped>,
    /// The debtor's own words.
    pub text: String,
    /// Files that wait for the form.
    pub files: Vec<File>,
    /// What was wrong with it.
    pub problems: Vec<Problem>,
}

/// What was read from a good form.
#[derive(Clone, Debug)]
pub struct DisputeFacts {
    /// Why.
    pub reason: Reason,
    /// How much of the invoice.
    pub amount: Money,
    /// The lines that add up to it, when they are named.
    pub lines: Vec<DisputedLine>,
    /// The day by which the supplier answers.
    pub answer_by: Day,
    /// What stays to be paid of the invoice, and its due date.
    pub rest: Option<(Money, Day)>,
}

/// The form.
#[must_use]
pub fn page(frame: &Frame, form: &DisputeForm) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let text = format!("{} {}", t::TEXT.of(lang), t::TEXT_OPTIONAL.of(lang));
    let body = html! {
        (parts::back(lang))
        (problem::summary(&form.problems, lang))
        h1 { (title) span.sub { (invoice::title(lang, &form.number)) } }
        form.narrow method="post" action=(paths::dispute(form.invoice))
            enctype="multipart/form-data" novalidate {
            (parts::tokens(&frame.csrf, &form.key))
            (reasons(lang, form))
            (scope(lang, form))
            (field::area("text", &text, &form.text,
                problem::at(&form.problems, "text", lang).as_deref()))
            (attached::inputs(lang, &form.files, &form.problems))
            div.actions {
                button.button name="step" value="check" { (c::CONTINUE.of(lang)) }
                @if form.rows.len() < LINES_MAX {
                    button.button.quiet.when-lines name="step" value="recount" {
                        (t::ADD_LINE.of(lang))
                    }
                }
                a href=(paths::ACCOUNT) { (c::CANCEL.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::form(title, !form.problems.is_empty()), &body)
}

fn reasons(lang: Language, form: &DisputeForm) -> Markup {
    let choices: Vec<Choice<'_>> = form
        .reasons
        .iter()
        .map(|reason| Choice {
            value: reason.as_str(),
            label: html! { (labels::reason(*reason).of(lang)) },
            chosen: form.reason == Some(*reason),
            enabled: true,
        })
        .collect();
    let wrong = problem::at(&form.problems, "reason", lang);
    html! {
        div.two { (field::radios("reason", t::REASON.of(lang), wrong.as_deref(), &choices)) }
    }
}

fn scope(lang: Language, form: &DisputeForm) -> Markup {
    let choice = |extent: Extent, label| Choice {
        value: extent.as_str(),
        label,
        chosen: form.scope == extent,
        enabled: true,
    };
    let part = html! { (t::PART.of(lang)) span.sub { (t::PART_HINT.of(lang)) } };
    let lines = html! { (t::LINES.of(lang)) span.sub { (t::LINES_HINT.of(lang)) } };
    let choices = [
        choice(Extent::Whole, html! { (t::whole(lang, form.open)) }),
        choice(Extent::Part, part),
        choice(Extent::Lines, lines),
    ];
    html! {
        (field::radios("scope", t::SCOPE.of(lang), None, &choices))
        div.when-part {
            (Input::amount("amount", t::PART_AMOUNT.of(lang), &form.amount)
                .hint(t::at_most(lang, form.open))
                .checked(&form.problems, lang))
        }
        (dispute_lines::inputs(lang, &form.rows, &form.problems))
    }
}

/// The check before it is sent: everything read back, to confirm or change.
#[must_use]
pub fn check(frame: &Frame, form: &DisputeForm, facts: &DisputeFacts) -> Markup {
    let lang = frame.language;
    let title = t::CHECK_TITLE.of(lang);
    let reason = form.reason.map_or("", Reason::as_str);
    let body = html! {
        h1 { (title) }
        (said(lang, form, facts))
        p { (t::will_pause(lang, facts.answer_by)) }
        (rest(lang, facts))
        (next(lang, facts.reason))
        form method="post" action=(paths::dispute(form.invoice)) {
            (parts::tokens(&frame.csrf, &form.key))
            (parts::hidden("reason", reason))
            (parts::hidden("scope", form.scope.as_str()))
            (parts::hidden("amount", &form.amount))
            (dispute_lines::hidden(&form.rows))
            (parts::hidden("text", &form.text))
            (parts::confirm_or_change(lang, t::SEND.of(lang)))
        }
    };
    portal_page(frame, &Head::of(title), &body)
}

/// The receipt.
#[must_use]
pub fn receipt(frame: &Frame, form: &DisputeForm, facts: &DisputeFacts, id: DisputeId) -> Markup {
    let lang = frame.language;
    let title = t::RECEIVED.of(lang);
    let part = (form.scope != Extent::Whole).then_some(facts.amount);
    let pay = facts.rest.filter(|_| frame.acts);
    let body = html! {
        h1 { (title) }
        (parts::banner(Tone::Ok, &t::paused(lang, facts.answer_by, part), &html! {
            (rest(lang, facts))
            (next(lang, facts.reason))
        }))
        (said(lang, form, facts))
        div.actions {
            @if let Some((amount, _)) = pay {
                a.button href=(paths::with_invoices(paths::PAY, [form.invoice])) {
                    (portal::pay_amount(lang, amount))
                }
            }
            a.button.quiet[pay.is_some()] href=(paths::report(id)) { (r::FOLLOW.of(lang)) }
        }
        (parts::back(lang))
    };
    portal_page(frame, &Head::of(title), &body)
}

/// What is not concerned stays to be paid.
fn rest(lang: Language, facts: &DisputeFacts) -> Markup {
    html! { @if let Some((amount, due_on)) = facts.rest { p { (t::rest(lang, amount, due_on)) } } }
}

/// What happens next, where a document is the answer.
fn next(lang: Language, reason: Reason) -> Markup {
    html! { @if let Some(next) = r::next(reason) { p { (next.of(lang)) } } }
}

fn said(lang: Language, form: &DisputeForm, facts: &DisputeFacts) -> Markup {
    let text = if form.text.trim().is_empty() {
        t::NO_TEXT.of(lang)
    } else {
        form.text.as_str()
    };
    let mut rows = vec![
        (c::INVOICE.of(lang), html! { (form.number) }),
        (
            t::REASON_SAID.of(lang),
            html! { (labels::reason(facts.reason).of(lang)) },
        ),
        (c::AMOUNT.of(lang), parts::amount(lang, facts.amount)),
        (t::TEXT_SAID.of(lang), html! { span.lines { (text) } }),
    ];
    if !facts.lines.is_empty() {
        let lines = dispute_lines::table(lang, &facts.lines);
        rows.push((t::LINES_SAID.of(lang), lines));
    }
    if !form.files.is_empty() {
        rows.push((a::FILES.of(lang), attached::names(&form.files)));
    }
    parts::facts(&rows)
}
