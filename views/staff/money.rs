//! Money on the bank account: what looks for its account, what was matched, what came back, what
//! the bank kept, what was paid beyond all that was due.
//!
//! Every form posts `csrf`, `key`, `movement` and `action`: `suggestion` with `debtor` and
//! `invoices`; `allot` with `code`, `part` and `rest`; `undo`.

use domain::matching::{Clue, Fit};
use domain::party::Language;
use domain::{Day, InvoiceId, Money};
use maud::{Markup, html};

use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use crate::field::Input;
use crate::parts;
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::bank as t;
use crate::text::common as c;
use crate::text::staff as s;

/// The page.
#[derive(Clone, Debug)]
pub struct MoneyPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Idempotency key.
    pub key: String,
    /// Whether the reader may change anything.
    pub may_write: bool,
    /// What was wrong; fields end with the movement's place.
    pub problems: Vec<Problem>,
    /// Money with nobody, oldest first.
    pub open: Vec<OpenLine>,
    /// Money that found its account, newest first.
    pub matched: Vec<MatchedLine>,
    /// Debits that came back.
    pub returned: Vec<MatchedLine>,
    /// What the bank kept.
    pub fees: Vec<MatchedLine>,
    /// What debtors paid beyond what was due.
    pub credits: Vec<(DebtorRef, Money)>,
}

/// A movement.
#[derive(Clone, Debug)]
pub struct Movement {
    /// Its key.
    pub key: String,
    /// The bank's booking day.
    pub booked_on: Day,
    /// Who paid, as the bank says.
    pub payer: Option<String>,
    /// What the payer wrote.
    pub text: String,
    /// How much.
    pub amount: Money,
}

/// Money with nobody, and whose it may be.
#[derive(Clone, Debug)]
pub struct OpenLine {
    /// The movement.
    pub movement: Movement,
    /// Whose it may be.
    pub suggestions: Vec<SuggestionLine>,
    /// What was typed: code, part, code of the rest.
    pub typed: [String; 3],
}

/// Whose it may be.
#[derive(Clone, Debug)]
pub struct SuggestionLine {
    /// The debtor.
    pub debtor: DebtorRef,
    /// The invoices it comes to, with their numbers.
    pub invoices: Vec<(InvoiceId, String)>,
    /// Why it is suggested.
    pub clue: Clue,
}

/// Money that found its account.
#[derive(Clone, Debug)]
pub struct MatchedLine {
    /// The movement.
    pub movement: Movement,
    /// Whose it is, unless it was split.
    pub debtor: Option<DebtorRef>,
    /// By what it was found.
    pub clue: Option<Clue>,
    /// How it compares with what it is for.
    pub fit: Option<Fit>,
    /// Whether it can be taken from there again.
    pub undoable: bool,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &MoneyPage) -> Markup {
    let lang = frame.language;
    let title = t::MONEY.of(lang);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) }
        p { a href=(paths::bank(&view.supplier)) { (t::TITLE.of(lang)) } }
        @if view.open.is_empty() { p { (t::NO_MONEY.of(lang)) } }
        @for (place, line) in view.open.iter().enumerate() {
            (open_line(frame, view, place, line))
        }
        h2 { (t::MATCHED.of(lang)) }
        (table(frame, view, (&view.matched, t::NO_MATCHED.of(lang))))
        h2 { (t::RETURNED.of(lang)) }
        (table(frame, view, (&view.returned, t::NO_RETURNED.of(lang))))
        h2 { (t::FEES.of(lang)) }
        (table(frame, view, (&view.fees, t::NO_FEES.of(lang))))
        h2 { (t::CREDITS.of(lang)) }
        (credits(lang, view))
    };
    staff_page(frame, Section::Imports, title, &body)
}

fn payer(lang: Language, movement: &Movement) -> &str {
    movement
        .payer
        .as_deref()
        .unwrap_or(t::PAYER_UNKNOWN.of(lang))
}

fn open_line(frame: &StaffFrame, view: &MoneyPage, place: usize, line: &OpenLine) -> Markup {
    let lang = frame.language;
    let movement = &line.movement;
    html! {
        section.card {
            h2 { (payer(lang, movement)) " – " (parts::amount(lang, movement.amount)) }
            (parts::facts(&[
                (c::DATE.of(lang), parts::date(lang, movement.booked_on)),
                (s::WRITTEN.of(lang), html! { (movement.text) }),
            ]))
            @if view.may_write && movement.amount.is_positive() {
                @for one in &line.suggestions { (suggestion(frame, view, movement, one)) }
                (allot(frame, view, place, line))
            }
        }
    }
}

fn start(frame: &StaffFrame, view: &MoneyPage, movement: &Movement, action: &str) -> Markup {
    html! {
        (parts::tokens(&frame.csrf, &view.key))
        (parts::hidden("movement", &movement.key))
        (parts::hidden("action", action))
    }
}

fn suggestion(
    frame: &StaffFrame,
    view: &MoneyPage,
    movement: &Movement,
    one: &SuggestionLine,
) -> Markup {
    let lang = frame.language;
    let ids: Vec<String> = one.invoices.iter().map(|(id, _)| id.to_string()).collect();
    let numbers: Vec<&str> = one.invoices.iter().map(|(_, n)| n.as_str()).collect();
    html! {
        form method="post" action=(paths::bank_money(&view.supplier)) {
            (start(frame, view, movement, "suggestion"))
            (parts::hidden("debtor", &one.debtor.id.to_string()))
            (parts::hidden("invoices", &ids.join(" ")))
            div.actions {
                button.button { (t::put_on(lang, &one.debtor.name, &numbers)) }
                span.hint { (t::clue(one.clue).of(lang)) }
            }
        }
    }
}

fn allot(frame: &StaffFrame, view: &MoneyPage, place: usize, line: &OpenLine) -> Markup {
    let lang = frame.language;
    let [code, part, rest] = &line.typed;
    let ids = ["code", "part", "rest"].map(|name| format!("{name}-{place}"));
    let [code_id, part_id, rest_id] = &ids;
    html! {
        form.narrow method="post" action=(paths::bank_money(&view.supplier)) novalidate {
            (start(frame, view, &line.movement, "allot"))
            (Input::text("code", t::CODE.of(lang), code)
                .with_id(code_id)
                .checked(&view.problems, lang))
            (Input::amount("part", t::PART.of(lang), part)
                .with_id(part_id)
                .optional(lang)
                .checked(&view.problems, lang))
            (Input::text("rest", t::REST.of(lang), rest)
                .with_id(rest_id)
                .optional(lang)
                .checked(&view.problems, lang))
            div.actions {
                button.button.quiet aria-label={
                    (t::PUT.of(lang)) " – " (payer(lang, &line.movement))
                } { (t::PUT.of(lang)) }
            }
        }
    }
}

fn table(frame: &StaffFrame, view: &MoneyPage, (all, none): (&[MatchedLine], &str)) -> Markup {
    let lang = frame.language;
    if all.is_empty() {
        return html! { p { (none) } };
    }
    let titles = [
        s::PAYER.of(lang),
        c::DATE.of(lang),
        s::WRITTEN.of(lang),
        t::CUSTOMER.of(lang),
        t::BY.of(lang),
        c::AMOUNT.of(lang),
        t::UNDO.of(lang),
    ];
    let rows = html! { @for line in all { (row(frame, view, line)) } };
    parts::table(&titles, &[5], &rows)
}

fn row(frame: &StaffFrame, view: &MoneyPage, line: &MatchedLine) -> Markup {
    let lang = frame.language;
    let movement = &line.movement;
    html! {
        tr {
            th scope="row" { (payer(lang, movement)) }
            td data-l=(c::DATE.of(lang)) { (parts::date(lang, movement.booked_on)) }
            td data-l=(s::WRITTEN.of(lang)) { (movement.text) }
            td data-l=(t::CUSTOMER.of(lang)) {
                @match &line.debtor {
                    Some(debtor) => (debtor_link(debtor)),
                    None if line.undoable => (t::SPLIT.of(lang)),
                    None => "–",
                }
            }
            td data-l=(t::BY.of(lang)) {
                @match line.clue { Some(clue) => (t::clue(clue).of(lang)), None => "–" }
                @if let Some(fit) = line.fit { ", " (t::fit(fit).of(lang)) }
            }
            td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, movement.amount)) }
            td {
                @if line.undoable && view.may_write {
                    form method="post" action=(paths::bank_money(&view.supplier)) {
                        (start(frame, view, movement, "undo"))
                        button.button.quiet aria-label={
                            (t::UNDO.of(lang)) " – " (payer(lang, movement))
                        } { (t::UNDO.of(lang)) }
                    }
                } @else { "–" }
            }
        }
    }
}

fn credits(lang: Language, view: &MoneyPage) -> Markup {
    if view.credits.is_empty() {
        return html! { p { (t::NO_CREDITS.of(lang)) } };
    }
    let titles = [t::CUSTOMER.of(lang), c::AMOUNT.of(lang)];
    let rows = html! {
        @for (debtor, amount) in &view.credits {
            tr {
                th scope="row" { (debtor_link(debtor)) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, *amount)) }
            }
        }
    };
    parts::table(&titles, &[1], &rows)
}
