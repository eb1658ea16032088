//! Requests for time and plans on the pages of the staff.
//!
//! The answer posts `csrf`, `key`, `answer`, `decision` (`accept`, `refuse`, `counter` or `end`)
//! and, for a counter-offer, `d_1`, `p_1`… as the debtor's form does; `end` asks first, and counts
//! with `step` (`confirm`).

use domain::party::Language;
use domain::payment::Method;
use domain::plan::{Part, PlanState};
use domain::{Day, Money, PlanId};
use maud::{Markup, html};

use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use crate::field::Input;
use crate::parts::{self, Tone};
use crate::paths;
use crate::portal::plan_form::{amount_field, day_field};
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::{labels, plan as t, staff};

/// A plan on a debtor's page.
#[derive(Clone, Debug)]
pub struct OpenPlan {
    /// Which plan.
    pub id: PlanId,
    /// The whole.
    pub amount: Money,
    /// How it stands.
    pub state: PlanState,
    /// Why, in the debtor's words.
    pub reason: String,
    /// The day by which it should be answered.
    pub answer_by: Day,
    /// Its instalments as they stand.
    pub parts: Vec<Part>,
    /// Day and amount of each instalment, as typed.
    pub rows: Vec<(String, String)>,
    /// Whether its instalments are debited.
    pub debited: bool,
    /// Whether an instalment was found missing.
    pub missed: bool,
    /// The answer as typed.
    pub words: String,
    /// Idempotency key.
    pub key: String,
    /// What was wrong with the form.
    pub problems: Vec<Problem>,
}

/// A request that waits, in the list of the day.
#[derive(Clone, Debug)]
pub struct PlanLine {
    /// Whose.
    pub debtor: DebtorRef,
    /// How much.
    pub amount: Money,
    /// The day by which it should be answered.
    pub answer_by: Day,
}

/// One plan, with the form that answers it.
pub(super) fn card(frame: &StaffFrame, supplier: &str, may: bool, plan: &OpenPlan) -> Markup {
    let lang = frame.language;
    let problems = problems(plan);
    html! {
        section.card.open {
            (problem::summary(&problems, lang))
            h2 {
                (t::ASK.of(lang)) " · " (parts::amount(lang, plan.amount)) " "
                (parts::tag(Tone::Info, labels::plan_state(plan.state).of(lang)))
                @if plan.missed { " " (parts::tag(Tone::Bad, t::MISSED.of(lang))) }
            }
            @if plan.state == PlanState::Proposed {
                p.sub { (staff::ANSWER_BY.of(lang)) " " (parts::date(lang, plan.answer_by)) }
            }
            @if plan.debited { p.sub { (labels::method(Method::Debit).of(lang)) } }
            @if !plan.reason.is_empty() { blockquote.lines { (plan.reason) } }
            @if may { (form(frame, supplier, plan, &problems)) } @else { (rows(frame, plan)) }
        }
    }
}

/// A page may show several plans, whose forms post the same names.
fn id_of(field: &str, plan: &OpenPlan) -> String {
    format!("{field}-{}", plan.id)
}

/// The problems at the ids that this plan's fields have.
fn problems(plan: &OpenPlan) -> Vec<Problem> {
    let of = |one: &Problem| Problem::new(&id_of(&one.field, plan), one.wrong.clone());
    plan.problems.iter().map(of).collect()
}

fn rows(frame: &StaffFrame, plan: &OpenPlan) -> Markup {
    let lang = frame.language;
    html! {
        ul.plain {
            @for (part, n) in plan.parts.iter().zip(1_usize..) {
                li {
                    (t::nth(lang, n)) " · " (parts::date(lang, part.due_on)) " · "
                    (parts::amount(lang, part.amount))
                }
            }
        }
    }
}

fn form(frame: &StaffFrame, supplier: &str, plan: &OpenPlan, problems: &[Problem]) -> Markup {
    let lang = frame.language;
    let field = id_of("answer", plan);
    html! {
        form method="post" action=(paths::plan_answer(supplier, plan.id)) novalidate {
            (parts::tokens(&frame.csrf, &plan.key))
            (rows(frame, plan))
            @if plan.state != PlanState::Countered {
                div.field {
                    label for=(field) { (t::ANSWER.of(lang)) }
                    p.hint id={ (field) "-hint" } { (t::ANSWER_HINT.of(lang)) }
                    textarea id=(field) name="answer" rows="3" maxlength="2000"
                        aria-describedby={ (field) "-hint" } { (plan.words) }
                }
            }
            div.actions {
                @match plan.state {
                    PlanState::Proposed => {
                        button.button name="decision" value="accept" { (t::ACCEPT.of(lang)) }
                        button.button.quiet name="decision" value="refuse" {
                            (t::REFUSE.of(lang))
                        }
                    }
                    PlanState::Active => {
                        button.button.quiet name="decision" value="end" { (t::END.of(lang)) }
                    }
                    _ => {}
                }
            }
            @if plan.state == PlanState::Proposed { (counter(lang, plan, problems)) }
        }
    }
}

/// The other days or amounts, unfolded when one of them was wrong. They belong to the same form, so
/// that the words go with whatever is decided.
fn counter(lang: Language, plan: &OpenPlan, problems: &[Problem]) -> Markup {
    html! {
        details open[!problems.is_empty()] {
            summary { (t::OTHER_TERMS.of(lang)) }
            @for ((day, amount), n) in plan.rows.iter().zip(1_usize..) {
                @let (on, sum) = (day_field(n), amount_field(n));
                @let (on_id, sum_id) = (id_of(&on, plan), id_of(&sum, plan));
                div.pair {
                    (Input::text(&on, t::DAY.of(lang), day)
                        .kind("date").with_id(&on_id).checked(problems, lang))
                    (Input::amount(&sum, c::AMOUNT.of(lang), amount)
                        .with_id(&sum_id).checked(problems, lang))
                }
            }
            div.actions {
                button.button.quiet name="decision" value="counter" { (t::COUNTER.of(lang)) }
            }
        }
    }
}

/// The check before a plan that runs is ended.
#[must_use]
pub fn check_end(frame: &StaffFrame, debtor: &DebtorRef, plan: &OpenPlan) -> Markup {
    let lang = frame.language;
    let title = t::END_TITLE.of(lang);
    let body = html! {
        h1 { (title) }
        p { (debtor_link(debtor)) " · " (parts::amount(lang, plan.amount)) }
        (rows(frame, plan))
        p { (t::END_MORE.of(lang)) }
        form method="post" action=(paths::plan_answer(&debtor.supplier, plan.id)) {
            (parts::tokens(&frame.csrf, &plan.key))
            (parts::hidden("decision", "end"))
            (parts::hidden("answer", &plan.words))
            div.actions {
                button.button name="step" value="confirm" { (t::END.of(lang)) }
                a href=(paths::debtor(&debtor.supplier, debtor.id)) { (t::LEAVE_AS_IS.of(lang)) }
            }
        }
    };
    staff_page(frame, Section::Debtors, title, &body)
}

/// The requests of the day.
pub(super) fn requests(frame: &StaffFrame, today: Day, all: &[PlanLine]) -> Markup {
    let lang = frame.language;
    let titles = [
        staff::DEBTOR.of(lang),
        staff::ANSWER_BY.of(lang),
        c::AMOUNT.of(lang),
    ];
    let rows = html! {
        @for line in all {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(staff::ANSWER_BY.of(lang)) {
                    @if line.answer_by < today {
                        (parts::tag(Tone::Bad, &crate::format::day(lang, line.answer_by)))
                    } @else {
                        (parts::date(lang, line.answer_by))
                    }
                }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
            }
        }
    };
    super::today::list(
        t::REQUESTS.of(lang),
        t::NO_REQUESTS.of(lang),
        all.len(),
        &parts::table(&titles, &[2], &rows),
    )
}
