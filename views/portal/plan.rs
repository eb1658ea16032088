//! A delay or plan that was asked for: its schedule, what is paid, the offer to answer.
//!
//! Posted fields: `csrf`, `key`, `decision` (`agree`, `refuse` or `cancel`); `plan_check` asks
//! before it counts.

use domain::party::Language;
use domain::plan::{Part, PlanState};
use domain::{Day, Money, PlanId};
use maud::{Markup, html};

use super::pay::MandateBrief;
use super::plan_form::terms;
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::common as c;
use crate::text::{pay, plan as t};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PlanPage {
    /// Which plan.
    pub id: PlanId,
    /// The whole.
    pub amount: Money,
    /// How it stands.
    pub state: PlanState,
    /// Whether a refusal was the debtor's: of an offer.
    pub declined: bool,
    /// Numbers of its invoices.
    pub numbers: Vec<String>,
    /// Its instalments.
    pub lines: Vec<PartLine>,
    /// The day by which the supplier answers.
    pub answer_by: Day,
    /// The mandate under which the instalments are debited.
    pub mandate: Option<MandateBrief>,
    /// What the supplier said.
    pub words: String,
    /// Where the next instalment is paid, and how much it is.
    pub next: Option<(String, Money)>,
    /// Where something else can be proposed.
    pub other: String,
    /// Idempotency key.
    pub key: String,
}

/// One instalment.
#[derive(Clone, Copy, Debug)]
pub struct PartLine {
    /// When and how much.
    pub part: Part,
    /// What of it is paid.
    pub paid: Money,
    /// Whether a debit is under way for it.
    pub debited: bool,
    /// Whether it was found missing.
    pub missed: bool,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &PlanPage) -> Markup {
    let lang = frame.language;
    let title = match view.state {
        PlanState::Proposed | PlanState::Refused => t::REQUEST,
        PlanState::Countered => t::OFFER,
        _ => t::TITLE,
    }
    .of(lang);
    let body = html! {
        (parts::back(lang))
        h1 { (title) }
        (banner(lang, view))
        @if !view.words.is_empty() {
            (parts::facts(&[(t::SAID.of(lang), html! { span.lines { (view.words) } })]))
        }
        @if view.state == PlanState::Countered {
            @let offered: Vec<Part> = view.lines.iter().map(|line| line.part).collect();
            @let mandate = view.mandate.as_ref();
            (terms(lang, &frame.brand, &view.numbers, (view.amount, &offered), mandate))
        } @else {
            (whole(lang, view))
        }
        @if frame.acts { (actions(frame, view)) }
    };
    portal_page(frame, &Head::of(title), &body)
}

/// Its invoices, its sum, and its instalments.
pub(super) fn whole(lang: Language, view: &PlanPage) -> Markup {
    html! {
        (parts::facts(&[
            (c::INVOICES.of(lang), html! { (view.numbers.join(", ")) }),
            (c::TOTAL.of(lang), parts::amount(lang, view.amount)),
        ]))
        @if let Some(mandate) = &view.mandate {
            p {
                (t::BY_DEBIT.of(lang)) " "
                (pay::with_mandate(lang, &mandate.reference, &mandate.last_four))
            }
        }
        (schedule(lang, view))
    }
}

fn banner(lang: Language, view: &PlanPage) -> Markup {
    let (tone, words) = match view.state {
        PlanState::Proposed => {
            return parts::banner(Tone::Info, &t::awaits(lang, view.answer_by), &html! {});
        }
        PlanState::Countered => (Tone::Warn, t::OFFER_LEAD),
        PlanState::Approved | PlanState::Active => (Tone::Ok, t::ACCEPTED),
        PlanState::Done => (Tone::Ok, t::DONE_LEAD),
        PlanState::Defaulted => (Tone::Bad, t::DEFAULTED_LEAD),
        PlanState::Refused if view.declined => (Tone::Info, t::DECLINED_LEAD),
        PlanState::Refused => (Tone::Info, t::REFUSED_LEAD),
        PlanState::Replaced | PlanState::Cancelled => (Tone::Info, t::ENDED_LEAD),
    };
    parts::banner(tone, words.of(lang), &html! {})
}

/// Each instalment, and what of it is paid.
fn schedule(lang: Language, view: &PlanPage) -> Markup {
    let rows = html! {
        @for (line, n) in view.lines.iter().zip(1_usize..) {
            tr {
                th scope="row" { (t::nth(lang, n)) }
                td data-l=(t::DAY.of(lang)) { (parts::date(lang, line.part.due_on)) }
                td { (standing(lang, line)) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.part.amount)) }
                td.num data-l=(t::PAID.of(lang)) {
                    @if line.paid.is_positive() { (parts::amount(lang, line.paid)) }
                }
            }
        }
    };
    let titles = [
        t::INSTALMENTS.of(lang),
        t::DAY.of(lang),
        c::STATUS.of(lang),
        c::AMOUNT.of(lang),
        t::PAID.of(lang),
    ];
    parts::table(&titles, &[3, 4], &rows)
}

fn standing(lang: Language, line: &PartLine) -> Markup {
    if line.paid.minor() >= line.part.amount.minor() {
        parts::tag(Tone::Ok, &t::PAID.of(lang).to_lowercase())
    } else if line.debited {
        parts::tag(Tone::Info, t::DEBITED.of(lang))
    } else if line.missed {
        parts::tag(Tone::Bad, t::MISSED.of(lang))
    } else {
        parts::tag(Tone::Calm, t::TO_COME.of(lang))
    }
}

fn actions(frame: &Frame, view: &PlanPage) -> Markup {
    let lang = frame.language;
    html! {
        @if let (PlanState::Active, Some((address, amount))) = (view.state, &view.next) {
            div.actions {
                a.button href=(address) { (t::pay_next(lang, *amount)) }
            }
        }
        @if view.state.waits() {
            form method="post" action=(paths::plan(view.id)) {
                (parts::tokens(&frame.csrf, &view.key))
                div.actions {
                    @if view.state == PlanState::Countered {
                        button.button name="decision" value="agree" { (t::AGREE.of(lang)) }
                        button.button.quiet name="decision" value="refuse" {
                            (t::DECLINE.of(lang))
                        }
                    } @else {
                        button.button.quiet name="decision" value="cancel" {
                            (t::WITHDRAW.of(lang))
                        }
                    }
                    a href=(view.other) { (t::OTHER.of(lang)) }
                }
            }
        }
    }
}
