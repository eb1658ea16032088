//! The account: what is to pay now, what is open, and what can be done about it.

use domain::account::Totals;
use domain::invoice::{Invoice, ItemKind, Standing};
use domain::party::Language;
use domain::plan::PlanState;
use domain::{Day, DisputeId, InvoiceId, Money, PlanId, PromiseId};
use maud::{Markup, html};

use super::bills::{credit_table, invoice_table};
use super::held::{self, Held};
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::document as d;
use crate::text::outcome as o;
use crate::text::portal as t;
use crate::text::{mandate, people, plan};

/// The form in which invoices and credit notes are chosen.
pub(crate) const CHOICE: &str = "choice";

/// Invoices that another amount is offered for: the oldest, as many as an address holds.
const OLDEST_MAX: usize = 30;

/// What the account page shows.
#[derive(Clone, Debug)]
pub struct Account {
    /// The debtor's company name.
    pub debtor: String,
    /// The account code in the supplier's books.
    pub code: String,
    /// The day in the supplier's zone.
    pub today: Day,
    /// The day of the supplier's data.
    pub as_of: Option<Day>,
    /// Sums, one per currency, as `domain::account::totals` orders them.
    pub sums: Vec<Sum>,
    /// Open items, oldest due date first; credit notes and receipts among them.
    pub rows: Vec<Row>,
    /// Payments under way.
    pub held: Vec<Held>,
    /// What was wrong with a choice made here, at the field `items`.
    pub problems: Vec<Problem>,
    /// Whether the supplier debits accounts, so that there may be mandates.
    pub debits: bool,
}

/// One currency of the account.
#[derive(Clone, Debug)]
pub struct Sum {
    /// Late invoices that can be paid now, less what is disputed, promised or under way.
    pub now: Money,
    /// All sums in this currency.
    pub totals: Totals,
}

/// An open item and what to say about it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The item.
    pub item: Invoice,
    /// What is asked for now: what can be paid and is not disputed; nothing for credits.
    pub payable: Money,
    /// The day it is promised for, when it is.
    pub promised_for: Option<Day>,
    /// The day by which the supplier answers, when it is disputed.
    pub answer_by: Option<Day>,
    /// The latest dispute about it that is not over, and whether the debtor is asked for something.
    pub dispute: Option<(DisputeId, bool)>,
    /// The promise that waits on it.
    pub promise: Option<PromiseId>,
    /// The plan that it is on or was asked for, and how that stands.
    pub plan: Option<(PlanId, PlanState)>,
    /// Whether insolvency proceedings bar its payment.
    pub barred: bool,
}

impl Row {
    /// Whether it belongs to what is to pay now: late, and nothing else said about it.
    #[must_use]
    pub fn is_due_now(&self, today: Day) -> bool {
        self.can_pay() && self.item.standing(today) == Standing::Late
    }

    /// Whether something can be paid of it about which nothing was said.
    #[must_use]
    pub fn is_free(&self) -> bool {
        let free = self.item.remindable();
        self.can_pay() && free.is_ok_and(Money::is_positive)
    }

    /// Whether it can be chosen for payment, though all that is left may be disputed.
    #[must_use]
    pub fn can_pay(&self) -> bool {
        !self.barred && self.item.payable().is_ok_and(Money::is_positive)
    }

    /// Whether something of it is asked for.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.can_pay() && self.payable.is_positive()
    }

    /// Whether something of it can be deducted from a payment.
    #[must_use]
    pub fn can_deduct(&self) -> bool {
        let deducts = self.item.creditable();
        deducts.is_ok_and(Money::is_positive)
    }

    /// Whether something of it is left to report a problem with.
    #[must_use]
    pub fn can_dispute(&self) -> bool {
        let left = self.item.open.minor() > self.item.disputed.minor();
        self.item.kind == ItemKind::Invoice && left
    }
}

/// The account page.
#[must_use]
pub fn page(frame: &Frame, view: &Account) -> Markup {
    let lang = frame.language;
    let title = t::account_with(lang, &frame.brand.name);
    let (invoices, credits): (Vec<&Row>, Vec<&Row>) = view
        .rows
        .iter()
        .partition(|row| row.item.kind == ItemKind::Invoice);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) }
        p.sub {
            (view.debtor) " · " (view.code)
            @if let Some(day) = view.as_of { " · " (t::as_of(lang, day)) }
        }
        @if !frame.acts { p.sub { (o::VIEW_ONLY.of(lang)) } }
        @if view.rows.iter().any(|row| row.barred) { (barred(lang)) }
        @for sum in &view.sums { (sum_card(frame, view, sum)) }
        @if !view.held.is_empty() {
            h2 { (t::SUM_PROCESSING.of(lang)) }
            (held::list(frame, &view.held))
        }
        h2 #items { (t::ITEMS.of(lang)) }
        @if invoices.is_empty() {
            p { (t::NO_ITEMS.of(lang)) }
        } @else {
            (invoice_form(frame, view, &invoices))
        }
        @if !credits.is_empty() {
            @let choose = frame.acts && invoices.iter().any(|row| row.can_pay());
            (credit_table(lang, &credits, choose))
        }
        (documents(frame, view.debits))
    };
    portal_page(frame, &Head::form(&title, !view.problems.is_empty()), &body)
}

/// What insolvency proceedings bar is not paid here.
pub(crate) fn barred(lang: Language) -> Markup {
    let more = html! { p { (o::BARRED_MORE.of(lang)) } };
    parts::banner(Tone::Info, o::BARRED.of(lang), &more)
}

fn documents(frame: &Frame, debits: bool) -> Markup {
    let lang = frame.language;
    html! {
        p.sub {
            (d::DOCUMENTS.of(lang)) " · "
            a href=(paths::STATEMENT_PDF) { (d::STATEMENT_PDF.of(lang)) } " · "
            a href=(paths::STATEMENT_CSV) { (d::STATEMENT_CSV.of(lang)) }
        }
        @if frame.acts {
            p.sub {
                a href=(paths::PREFERENCES) { (people::TITLE.of(lang)) }
                @if debits {
                    " · " a href=(paths::MANDATES) { (mandate::MANDATES.of(lang)) }
                }
            }
        }
    }
}

fn sum_card(frame: &Frame, view: &Account, sum: &Sum) -> Markup {
    let lang = frame.language;
    let currency = sum.now.currency();
    let due: Vec<InvoiceId> = view
        .rows
        .iter()
        .filter(|row| row.item.currency() == currency && row.is_due_now(view.today))
        .map(|row| row.item.id)
        .collect();
    let oldest: Vec<InvoiceId> = view
        .rows
        .iter()
        .filter(|row| row.item.currency() == currency && row.is_free())
        .map(|row| row.item.id)
        .take(OLDEST_MAX)
        .collect();
    html! {
        section.card {
            @if due.is_empty() {
                p.amount-label { (t::NOTHING_DUE.of(lang)) }
            } @else {
                p.amount-label { (t::PAY_NOW.of(lang)) }
                p.amount { (parts::amount(lang, sum.now)) }
                p.sub {
                    (t::late_count(lang, due.len()))
                    @if has_apart(&sum.totals) { " " (t::APART.of(lang)) }
                }
                @if frame.acts { (due_actions(lang, sum.now, &due)) }
            }
            @if oldest.len() > 1 {
                p.sub {
                    a href=(paths::with_invoices(paths::PAY, oldest)) { (t::PAY_OTHER.of(lang)) }
                }
            }
            (sums(lang, &sum.totals))
        }
    }
}

fn due_actions(lang: Language, now: Money, due: &[InvoiceId]) -> Markup {
    let form = |path| paths::with_invoices(path, due.iter().copied());
    html! {
        div.actions {
            a.button href=(form(paths::PAY)) { (t::pay_amount(lang, now)) }
            a.button.quiet href=(form(paths::PROMISE)) { (t::WHEN.of(lang)) }
            @match due {
                [one] => { a.button.quiet href=(paths::dispute(*one)) { (t::REPORT.of(lang)) } }
                _ => { a.button.quiet href="#items" { (t::REPORT_WHICH.of(lang)) } }
            }
        }
    }
}

/// Whether something that is open is left out of what is to pay now, for a reason that is named.
const fn has_apart(totals: &Totals) -> bool {
    let (disputed, promised) = (totals.disputed, totals.promised);
    disputed.is_positive() || promised.is_positive() || totals.processing.is_positive()
}

/// The sums that are not nothing.
fn sums(lang: Language, totals: &Totals) -> Markup {
    let all = [
        (t::SUM_OPEN, totals.open),
        (t::SUM_LATE, totals.late),
        (t::SUM_CREDITS, totals.credits),
        (t::SUM_PROCESSING, totals.processing),
        (t::SUM_DISPUTED, totals.disputed),
        (t::SUM_PROMISED, totals.promised),
    ];
    html! {
        dl.sums {
            @for (name, sum) in all {
                @if !sum.is_zero() {
                    div { dt { (name.of(lang)) } dd { (parts::amount(lang, sum)) } }
                }
            }
        }
    }
}

fn invoice_form(frame: &Frame, view: &Account, rows: &[&Row]) -> Markup {
    let (lang, today) = (frame.language, view.today);
    let choice = rows.iter().any(|row| row.can_pay());
    if !frame.acts {
        return invoice_table(frame, today, rows);
    }
    html! {
        form #(CHOICE) method="get" action=(paths::PAY) {
            @if choice { p.sub { (t::SELECT_HINT.of(lang)) } }
            (invoice_table(frame, today, rows))
            @if choice {
                div.actions {
                    button.button { (t::PAY_SELECTED.of(lang)) }
                    button.button.quiet formaction=(paths::PROMISE) { (t::WHEN_SELECTED.of(lang)) }
                    button.button.quiet formaction=(paths::PLAN) { (plan::ASK.of(lang)) }
                }
            }
        }
    }
}
