//! One call: the account, what was said before, a script, and what came of it.
//!
//! Posted fields: `csrf`, `key`, `outcome`, `i` for each invoice spoken about, `contact`, `day`,
//! `amount`, `reason`, `note`, `next`, `hour`. The style shows `day`, `amount` and `reason` with
//! the outcomes that take them, and all where it is off or the browser does not know how.

use domain::call::Outcome;
use domain::dispute::Reason;
use domain::party::{Contact, Language};
use domain::{Day, InvoiceId, Money};
use maud::{Markup, html};

use super::calls::phone;
use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use crate::field::{Input, area, select};
use crate::happening::{Happening, timeline};
use crate::parts::{self, Tone};
use crate::paths;
use crate::portal::account::Row;
use crate::portal::bills::status;
use crate::problem::{self, Problem};
use crate::text::calls as t;
use crate::text::common as c;
use crate::text::labels;

/// What was typed or chosen.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// The invoices ticked.
    pub invoices: Vec<InvoiceId>,
    /// The contact chosen.
    pub contact: String,
    /// The day.
    pub day: String,
    /// The amount.
    pub amount: String,
    /// What blocks.
    pub reason: Option<Reason>,
    /// The note.
    pub note: String,
    /// The next call's day.
    pub next: String,
    /// The next call's hour.
    pub hour: String,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct CallPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Its name.
    pub supplier_name: String,
    /// Whom.
    pub debtor: DebtorRef,
    /// Where the form is posted.
    pub action: String,
    /// Whether the step it is made for still waits; a call without a step always may be noted.
    pub may_note: bool,
    /// The day in the supplier's zone.
    pub today: Day,
    /// Until when a day may be promised.
    pub last_day: Day,
    /// Who is there.
    pub contacts: Vec<Contact>,
    /// Open invoices, oldest due day first.
    pub rows: Vec<Row>,
    /// What is overdue and may be asked for, one amount a currency, of how many invoices.
    pub overdue: (usize, Vec<Money>),
    /// What is disputed, one amount a currency.
    pub disputed: Vec<Money>,
    /// What was promised last and did not come.
    pub missed: Option<(Money, Day)>,
    /// What happened, newest first.
    pub timeline: Vec<Happening>,
    /// What was typed.
    pub typed: Typed,
    /// What was wrong with it.
    pub problems: Vec<Problem>,
    /// The account changed while the call was noted.
    pub moved_on: bool,
    /// Idempotency key.
    pub key: String,
}

/// Happenings shown beside a call.
const HAPPENINGS: usize = 15;

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &CallPage) -> Markup {
    let lang = frame.language;
    let title = t::CALL.of(lang);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) span.sub { (debtor_link(&view.debtor)) } }
        @if view.moved_on {
            (parts::banner(Tone::Warn, t::NOT_TAKEN.of(lang), &html! {}))
        }
        (numbers(lang, view))
        (script(lang, view))
        @if view.may_note {
            (form(frame, view))
        } @else {
            (parts::banner(Tone::Info, t::OVER.of(lang), &html! {}))
        }
        section.part #history {
            h2 { (t::BEFORE.of(lang)) }
            @let shown = view.timeline.len().min(HAPPENINGS);
            @if let Some(shown) = view.timeline.get(..shown) {
                (timeline(lang, frame.zone, shown))
            }
        }
        p.back { a href=(paths::calls(&view.supplier)) { (t::BACK.of(lang)) } }
    };
    staff_page(frame, Section::Calls, title, &body)
}

fn numbers(lang: Language, view: &CallPage) -> Markup {
    let known = view.contacts.iter().filter(|one| one.phone.is_some());
    let known: Vec<_> = known.collect();
    html! {
        @if known.is_empty() { p { (t::NO_PHONE.of(lang)) } }
        ul.plain {
            @for one in known {
                li {
                    @if let Some(name) = &one.name { (name) " · " }
                    strong { (phone(one.phone.as_deref())) }
                }
            }
        }
    }
}

fn script(lang: Language, view: &CallPage) -> Markup {
    let (count, sums) = &view.overdue;
    let sums = sums.iter().map(|sum| crate::format::money(lang, *sum));
    let sum = sums.collect::<Vec<_>>().join(" + ");
    let whom = (view.supplier_name.as_str(), view.debtor.name.as_str());
    html! {
        section.card.script {
            h2 { (t::SCRIPT.of(lang)) }
            p { (t::opening(lang, whom, (*count, &sum))) }
            @if let Some((amount, day)) = view.missed {
                p { (t::missed(lang, amount, &crate::format::day(lang, day))) }
            }
            @for amount in &view.disputed { p { (t::disputed(lang, *amount)) } }
            p { (t::question().of(lang)) }
            p { (t::ending().of(lang)) }
        }
    }
}

fn form(frame: &StaffFrame, view: &CallPage) -> Markup {
    let (lang, typed) = (frame.language, &view.typed);
    html! {
        form.call method="post" action=(view.action) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (items(lang, view))
            (outcomes(lang, view))
            div.abreast {
                (with(lang, view))
                div.if-day {
                    (Input::day(
                        "day",
                        t::DAY.of(lang),
                        &typed.day,
                        (view.today.to_string(), view.last_day.to_string()),
                    )
                    .checked(&view.problems, lang))
                }
                div.if-day {
                    (Input::amount("amount", t::AMOUNT.of(lang), &typed.amount)
                        .optional(lang)
                        .checked(&view.problems, lang))
                }
                (reasons(lang, view))
            }
            (area("note", t::NOTE.of(lang), &typed.note,
                problem::at(&view.problems, "note", lang).as_deref()))
            div.abreast {
                (Input::day(
                    "next",
                    t::NEXT.of(lang),
                    &typed.next,
                    (view.today.to_string(), view.today.plus_days(90).to_string()),
                )
                .optional(lang)
                .checked(&view.problems, lang))
                (Input::text("hour", t::HOUR.of(lang), &typed.hour)
                    .inputmode("numeric")
                    .autocomplete("off")
                    .optional(lang)
                    .checked(&view.problems, lang))
            }
            div.actions { button.button accesskey="s" { (t::SAVE.of(lang)) } }
        }
    }
}

/// Open invoices, each with a box to tick; late ones are ticked before.
fn items(lang: Language, view: &CallPage) -> Markup {
    let titles = [
        t::SPOKEN.of(lang),
        c::DUE.of(lang),
        c::STATUS.of(lang),
        c::OPEN.of(lang),
    ];
    let rows = html! {
        @for row in &view.rows {
            @let item = &row.item;
            tr {
                th scope="row" {
                    label {
                        input type="checkbox" name="i" value=(item.id)
                            checked[view.typed.invoices.contains(&item.id)];
                        " " (item.number)
                    }
                }
                td data-l=(c::DUE.of(lang)) { (parts::date(lang, item.due_on)) }
                td data-l=(c::STATUS.of(lang)) { (status(lang, view.today, row)) }
                td.num data-l=(c::OPEN.of(lang)) { (parts::amount(lang, item.open)) }
            }
        }
    };
    parts::table(&titles, &[3], &rows)
}

fn outcomes(lang: Language, view: &CallPage) -> Markup {
    let wrong = problem::at(&view.problems, "outcome", lang);
    html! {
        fieldset.field.outcomes {
            legend { (t::RESULT.of(lang)) }
            p.hint { (t::RESULT_HINT.of(lang)) }
            @if let Some(words) = wrong { p.wrong #outcome-wrong { (words) } }
            div.choices {
                @for (place, one) in Outcome::ALL.iter().enumerate() {
                    @let key = t::key(*one);
                    label.choice {
                        input.takes-day[one.takes_day()].takes-reason[one.takes_reason()]
                            type="radio" name="outcome" value=(one) accesskey=(key)
                            id=[(place == 0).then_some("outcome")]
                            checked[view.typed.outcome == Some(*one)];
                        span { (t::outcome(*one).of(lang)) " " kbd { (key) } }
                    }
                }
            }
        }
    }
}

fn with(lang: Language, view: &CallPage) -> Markup {
    let all = people(&view.typed, &view.contacts);
    let options: Vec<(&str, &str, bool)> = all
        .iter()
        .map(|(id, name, chosen)| (id.as_str(), *name, *chosen))
        .collect();
    html! {
        @if !options.is_empty() {
            (select("contact", "contact", t::WITH.of(lang), &options))
        }
    }
}

fn people<'a>(typed: &Typed, contacts: &'a [Contact]) -> Vec<(String, &'a str, bool)> {
    contacts
        .iter()
        .map(|one| {
            let id = one.id.to_string();
            let known = [&one.name, &one.email, &one.phone];
            let name = known.into_iter().flatten().next();
            let chosen = id == typed.contact;
            (id, name.map_or("—", String::as_str), chosen)
        })
        .collect()
}

fn reasons(lang: Language, view: &CallPage) -> Markup {
    let chosen = view.typed.reason;
    let mut options = vec![("", t::NO_REASON.of(lang), chosen.is_none())];
    options.extend(Reason::ALL.iter().map(|one| {
        let words = labels::reason(*one).of(lang);
        (one.as_str(), words, chosen == Some(*one))
    }));
    html! {
        div.if-reason {
            @if let Some(words) = problem::at(&view.problems, "reason", lang) {
                p.wrong { (words) }
            }
            (select("reason", "reason", t::REASON.of(lang), &options))
        }
    }
}
