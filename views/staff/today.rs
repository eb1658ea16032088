//! What needs somebody today, across the suppliers that the user may see.

use domain::account::Totals;
use domain::dispute::Reason;
use domain::party::Language;
use domain::payment::{Method, PaymentState};
use domain::promise::PromiseState;
use domain::sms::Cap;
use domain::{Day, DisputeId, Moment, Money};
use maud::{Markup, html};

use super::contacts::{self, TaskLine};
use super::decision::{self, CreditLine};
use super::plan::{self, PlanLine};
use super::reversals::{self, ReversalLine};
use super::shell::{DebtorRef, Section, StaffFrame, SupplierRef, debtor_link, staff_page};
use super::stuck::{self, StuckLine};
use super::texting;
use super::texts;
use super::unmatched::{self, UnmatchedLine};
use super::unsure::{self, UnsureLine};
use super::waits::{self, Waits};
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::common as c;
use crate::text::{happening, labels, late, staff as t, staff_dispute as d};

/// What the page shows. Every list is short: the web layer cuts it to what fits a day.
#[derive(Clone, Debug)]
pub struct Today {
    /// The day.
    pub today: Day,
    /// The user's suppliers.
    pub suppliers: Vec<SupplierLine>,
    /// Open disputes, the nearest answer day first.
    pub disputes: Vec<DisputeLine>,
    /// Credit notes that were promised and are not in the books yet, oldest first.
    pub credits: Vec<CreditLine>,
    /// Disputes that what an import brought may answer, oldest first.
    pub unsure: Vec<UnsureLine>,
    /// Requests for time that wait, the nearest answer day first.
    pub plans: Vec<PlanLine>,
    /// Contacts to find or to check, oldest first.
    pub tasks: Vec<TaskLine>,
    /// Promises due or broken, the oldest day first.
    pub promises: Vec<PromiseLine>,
    /// Payments and debits under way, the latest day first. A transfer that was promised stands
    /// with the promises.
    pub payments: Vec<PaymentLine>,
    /// Card money that went back, or may, newest first.
    pub going_back: Vec<ReversalLine>,
    /// Money on the bank account that belongs to nobody known, oldest first.
    pub unmatched: Vec<UnmatchedLine>,
    /// News from the card provider that could not be booked, the oldest first.
    pub stuck: Vec<StuckLine>,
    /// How many messages await a decision.
    pub to_decide: usize,
}

/// One supplier's data and sums.
#[derive(Clone, Debug)]
pub struct SupplierLine {
    /// Which.
    pub supplier: SupplierRef,
    /// The day of its data.
    pub as_of: Option<Day>,
    /// Whether the data is older than its limit, so that no reminder goes out.
    pub stale: bool,
    /// Its sums, one per currency.
    pub totals: Vec<Totals>,
    /// The half-year whose rate of late interest is needed and not known.
    pub rate_unknown: Option<(i32, u8)>,
    /// The cap for which its text messages wait, and until when.
    pub texts_wait: Option<(Cap, Moment)>,
    /// Texts of its own that could no longer be used.
    pub texts_failing: usize,
    /// What waits to be done by hand.
    pub waits: Waits,
}

/// One open dispute.
#[derive(Clone, Debug)]
pub struct DisputeLine {
    /// Whose.
    pub debtor: DebtorRef,
    /// Which.
    pub dispute: DisputeId,
    /// The invoice's number.
    pub number: String,
    /// Why.
    pub reason: Reason,
    /// How much.
    pub amount: Money,
    /// The day it was declared.
    pub declared_on: Day,
    /// The day by which it should be answered.
    pub answer_by: Day,
    /// Who deals with it.
    pub owner: Option<String>,
}

/// One promise.
#[derive(Clone, Debug)]
pub struct PromiseLine {
    /// Whose.
    pub debtor: DebtorRef,
    /// How much.
    pub amount: Money,
    /// For which day.
    pub due_on: Day,
    /// How the money is to come, when the debtor said so.
    pub method: Option<Method>,
    /// How it stands.
    pub state: PromiseState,
}

impl PromiseLine {
    /// Whether it waits past its day; of one that was judged the state says enough.
    fn is_late(&self, today: Day) -> bool {
        self.state == PromiseState::Made && self.due_on < today
    }
}

/// One payment.
#[derive(Clone, Debug)]
pub struct PaymentLine {
    /// Whose.
    pub debtor: DebtorRef,
    /// How.
    pub method: Method,
    /// How much.
    pub amount: Money,
    /// How it stands.
    pub state: PaymentState,
    /// The day the money is expected or was ordered.
    pub day: Day,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &Today) -> Markup {
    let lang = frame.language;
    let title = t::TODAY.of(lang);
    let body = html! {
        h1 { (title) span.sub { (parts::date(lang, view.today)) } }
        @if view.to_decide > 0 {
            (parts::banner(Tone::Warn, &t::to_decide(lang, view.to_decide), &html! {
                p { a href=(paths::MESSAGES) { (t::MESSAGES.of(lang)) } }
            }))
        }
        (suppliers(lang, &view.suppliers))
        @for line in &view.suppliers {
            (rate_unknown(lang, line))
            (texting::wait(lang, frame.zone, &line.supplier, line.texts_wait))
            (texts::failing(lang, line))
        }
        (waits::section(lang, &view.suppliers))
        (disputes(lang, view))
        (decision::to_issue(frame, view.today, &view.credits))
        (unsure::section(frame, &view.unsure))
        (plan::requests(frame, view.today, &view.plans))
        (contacts::section(frame, &view.tasks))
        (promises(lang, view))
        (payments(lang, &view.payments))
        (reversals::section(frame, &view.going_back))
        (stuck::section(frame, &view.stuck))
        (unmatched::section(lang, &view.unmatched))
    };
    staff_page(frame, Section::Today, title, &body)
}

/// Tells that interest stands still for want of a rate, and how to add it.
fn rate_unknown(lang: Language, line: &SupplierLine) -> Markup {
    html! {
        @if let Some(half) = line.rate_unknown {
            @let title = late::rate_unknown(lang, &line.supplier.name, half);
            (parts::banner(Tone::Warn, &title, &html! {
                p { (late::RATE_TO_ADD.of(lang)) }
                p { code { (late::rate_command(&line.supplier.code, half)) } }
            }))
        }
    }
}

fn suppliers(lang: Language, all: &[SupplierLine]) -> Markup {
    let titles = [
        t::SUPPLIER.of(lang),
        t::DATA_OF.of(lang),
        t::OPEN.of(lang),
        t::LATE.of(lang),
        t::DISPUTED.of(lang),
        t::PROMISED.of(lang),
    ];
    let sum = |line: &SupplierLine, title: &str, pick: fn(&Totals) -> Money| {
        html! {
            td.num data-l=(title) {
                @for totals in &line.totals { span.each { (parts::amount(lang, pick(totals))) } }
            }
        }
    };
    let rows = html! {
        @for line in all {
            tr {
                th scope="row" {
                    a href=(paths::debtors(&line.supplier.code)) { (line.supplier.name) }
                }
                td data-l=(t::DATA_OF.of(lang)) { (data_age(lang, line)) }
                (sum(line, t::OPEN.of(lang), |totals| totals.open))
                (sum(line, t::LATE.of(lang), |totals| totals.late))
                (sum(line, t::DISPUTED.of(lang), |totals| totals.disputed))
                (sum(line, t::PROMISED.of(lang), |totals| totals.promised))
            }
        }
    };
    parts::table(&titles, &[2, 3, 4, 5], &rows)
}

fn data_age(lang: Language, line: &SupplierLine) -> Markup {
    html! {
        @match line.as_of {
            None => { (parts::tag(Tone::Bad, t::NO_DATA.of(lang))) }
            Some(day) => {
                (parts::date(lang, day)) " "
                @if line.stale {
                    (parts::tag(Tone::Bad, t::STALE.of(lang)))
                } @else {
                    (parts::tag(Tone::Ok, t::FRESH.of(lang)))
                }
            }
        }
    }
}

fn disputes(lang: Language, view: &Today) -> Markup {
    let titles = [
        t::DEBTOR.of(lang),
        c::INVOICE.of(lang),
        t::REASON.of(lang),
        c::AMOUNT.of(lang),
        t::DECLARED.of(lang),
        t::ANSWER_BY.of(lang),
        d::OWNER_SHORT.of(lang),
    ];
    let rows = html! {
        @for line in &view.disputes {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(c::INVOICE.of(lang)) {
                    a href=(paths::answer(&line.debtor.supplier, line.dispute)) { (line.number) }
                }
                td { (labels::reason(line.reason).of(lang)) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
                td data-l=(t::DECLARED.of(lang)) {
                    (t::days_ago(lang, line.declared_on.days_until(view.today)))
                }
                td data-l=(t::ANSWER_BY.of(lang)) {
                    (day_or_late(lang, line.answer_by, line.answer_by < view.today))
                }
                td data-l=(d::OWNER_SHORT.of(lang)) {
                    (super::dispute::owner(lang, &line.debtor.supplier, line.dispute,
                        line.owner.as_deref()))
                }
            }
        }
    };
    list(
        t::DISPUTES.of(lang),
        t::NO_DISPUTES.of(lang),
        view.disputes.len(),
        &html! {
            (parts::table(&titles, &[3], &rows))
        },
    )
}

fn promises(lang: Language, view: &Today) -> Markup {
    let titles = [
        t::DEBTOR.of(lang),
        t::DUE_DAY.of(lang),
        t::METHOD.of(lang),
        c::STATUS.of(lang),
        c::AMOUNT.of(lang),
    ];
    let rows = html! {
        @for line in &view.promises {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(t::DUE_DAY.of(lang)) {
                    (day_or_late(lang, line.due_on, line.is_late(view.today)))
                }
                td data-l=(t::METHOD.of(lang)) {
                    (line.method.map_or(t::UNSAID, labels::method).of(lang))
                }
                td { (promise_tag(lang, line.state)) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
            }
        }
    };
    list(
        t::PROMISES.of(lang),
        t::NO_PROMISES.of(lang),
        view.promises.len(),
        &html! {
            (parts::table(&titles, &[4], &rows))
        },
    )
}

fn payments(lang: Language, all: &[PaymentLine]) -> Markup {
    let titles = [
        t::DEBTOR.of(lang),
        c::DATE.of(lang),
        t::METHOD.of(lang),
        c::STATUS.of(lang),
        c::AMOUNT.of(lang),
    ];
    let rows = html! {
        @for line in all {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(c::DATE.of(lang)) { (parts::date(lang, line.day)) }
                td { (labels::method(line.method).of(lang)) }
                td { (payment_tag(lang, line.state)) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
            }
        }
    };
    list(
        t::PAYMENTS.of(lang),
        t::NO_PAYMENTS.of(lang),
        all.len(),
        &html! {
            (parts::table(&titles, &[4], &rows))
        },
    )
}

pub(super) fn list(title: &str, none: &str, count: usize, table: &Markup) -> Markup {
    html! {
        h2 { (title) @if count > 0 { " " span.count { (count) } } }
        @if count == 0 { p.sub { (none) } } @else { (table) }
    }
}

fn day_or_late(lang: Language, day: Day, late: bool) -> Markup {
    html! {
        @if late {
            (parts::tag(Tone::Bad, &crate::format::day(lang, day)))
        } @else {
            (parts::date(lang, day))
        }
    }
}

fn promise_tag(lang: Language, state: PromiseState) -> Markup {
    let tone = match state {
        PromiseState::Kept | PromiseState::KeptLate => Tone::Ok,
        PromiseState::Made => Tone::Info,
        PromiseState::PartlyKept => Tone::Warn,
        PromiseState::Broken => Tone::Bad,
        PromiseState::Superseded | PromiseState::Cancelled => Tone::Calm,
    };
    parts::tag(tone, happening::promise_state(state).of(lang))
}

fn payment_tag(lang: Language, state: PaymentState) -> Markup {
    let tone = match state {
        PaymentState::Succeeded => Tone::Ok,
        PaymentState::Unknown | PaymentState::Returned => Tone::Warn,
        PaymentState::Failed => Tone::Bad,
        PaymentState::Cancelled | PaymentState::Expired => Tone::Calm,
        _ => Tone::Info,
    };
    parts::tag(tone, happening::payment_state(state).of(lang))
}
