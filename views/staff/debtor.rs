//! One debtor: what it owes, who is there, what happened, and the disputes to answer.

use domain::account::Totals;
use domain::confirmation::Answers;
use domain::mandate::MandateState;
use domain::party::{Contact, ContactState, Language, TaskKind};
use domain::{ContactId, Day, DebtorId, InvoiceId, MandateId, TaskId};
use maud::{Markup, html};

use super::ahead::Ahead;
use super::decision::{self, Done};
use super::dispute::{self, DisputeCard};
use super::history::{self, SentLine};
use super::plan::{self, OpenPlan};
use super::postal;
use super::set_off::{self, SetOffLine};
use super::shell::{Section, StaffFrame, staff_page};
use crate::happening::Happening;
use crate::parts;
use crate::paths;
use crate::portal::account::Row;
use crate::portal::bills::status;
use crate::portal::revoke::standing as standing_of;
use crate::text::ahead as to_come;
use crate::text::common as c;
use crate::text::set_off as settled;
use crate::text::staff_dispute as d;
use crate::text::{
    calls, labels, late, letters, mandate as m, people, plan as words, returned, staff as t,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DebtorPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Which.
    pub debtor: DebtorId,
    /// Company name.
    pub name: String,
    /// The account code.
    pub code: String,
    /// The day in the supplier's zone.
    pub today: Day,
    /// What was just done about a dispute.
    pub done: Option<Done>,
    /// Sums, one per currency.
    pub sums: Vec<Totals>,
    /// Open items, oldest due date first.
    pub rows: Vec<Row>,
    /// Who is there.
    pub contacts: Vec<Contact>,
    /// The lines in the window of an envelope, and whether staff wrote them.
    pub postal: Option<(Vec<String>, bool)>,
    /// What is to be done about them.
    pub tasks: Vec<TaskHere>,
    /// Idempotency key of the forms about contacts.
    pub contact_key: String,
    /// Disputes that await an answer or a credit note.
    pub disputes: Vec<DisputeCard>,
    /// Disputes that are over.
    pub closed: Vec<DisputeCard>,
    /// Requests for time to answer, and plans that run.
    pub plans: Vec<OpenPlan>,
    /// What the debtor said of open invoices before their due date.
    pub confirmed: Vec<(InvoiceId, Answers)>,
    /// The debtor's mandates, newest first.
    pub mandates: Vec<(MandateId, String, MandateState)>,
    /// Whether the supplier charges for lateness.
    pub charges_late: bool,
    /// What credit notes settled without money.
    pub set_offs: Vec<SetOffLine>,
    /// Whether the reader may answer them.
    pub may_answer: bool,
    /// Whether the reader may note calls.
    pub may_call: bool,
    /// Messages of which a copy is kept, newest first.
    pub messages: Vec<SentLine>,
    /// What is to be written, and why not.
    pub ahead: Ahead,
    /// What happened, newest first.
    pub timeline: Vec<Happening>,
    /// The address of what happened before.
    pub older: Option<String>,
}

/// Something to do about the contacts here.
#[derive(Clone, Debug)]
pub struct TaskHere {
    /// Id.
    pub id: TaskId,
    /// What.
    pub kind: TaskKind,
    /// Why, where the kind does not say all.
    pub detail: String,
    /// About whom, when it is about one.
    pub contact: Option<ContactId>,
}

/// Invoices and disputes shown at once; the rest unfolds.
const ITEMS: usize = 30;
const CLOSED: usize = 5;

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &DebtorPage) -> Markup {
    let lang = frame.language;
    let body = html! {
        @if let Some(one) = &view.done { (decision::done(lang, one)) }
        h1 { (view.name) span.sub { (view.code) } }
        (ways(lang, view))
        div.sides {
            @for totals in &view.sums { (sums(lang, totals)) }
            (contacts(frame, view))
        }
        @if !view.disputes.is_empty() {
            section.part #disputes {
                @for card in &view.disputes {
                    (dispute::open_card(frame, &view.supplier, card, view.may_answer))
                }
            }
        }
        @if !view.plans.is_empty() {
            section.part #plans {
                @for one in &view.plans {
                    (plan::card(frame, &view.supplier, view.may_answer, one))
                }
            }
        }
        section.part #items {
            h2 { (c::INVOICES.of(lang)) }
            (folded(lang, &view.rows, ITEMS, |rows| items(lang, view, rows)))
        }
        (set_off::section(frame, &view.supplier, &view.set_offs))
        (mandates(lang, view))
        @if !view.closed.is_empty() {
            section.part #closed {
                h2 { (d::CLOSED.of(lang)) }
                (folded(lang, &view.closed, CLOSED, |all| {
                    dispute::closed(lang, &view.supplier, all)
                }))
            }
        }
        (history::happened(frame, view))
    };
    staff_page(frame, Section::Debtors, &view.name, &body)
}

/// The ways to the parts of a page that may be long.
fn ways(lang: Language, view: &DebtorPage) -> Markup {
    let all = [
        ("#disputes", d::DISPUTES, view.disputes.len()),
        ("#plans", words::PLANS, view.plans.len()),
        ("#items", c::INVOICES, view.rows.len()),
        ("#set-offs", settled::TITLE, view.set_offs.len()),
        ("#mandates", m::MANDATES, view.mandates.len()),
        ("#closed", d::CLOSED, view.closed.len()),
        ("#ahead", to_come::TITLE, view.ahead.count()),
        ("#history", t::HISTORY, view.timeline.len()),
        ("#messages", t::SENT, view.messages.len()),
    ];
    html! {
        nav.jump aria-label=(t::ON_THIS_PAGE.of(lang)) {
            ul {
                @for (address, name, count) in all {
                    @if count > 0 {
                        li {
                            a href=(address) {
                                (name.of(lang)) " " span.count { (count) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The first of a list, and the others for whoever unfolds them.
pub(super) fn folded<T>(
    lang: Language,
    all: &[T],
    shown: usize,
    list: impl Fn(&[T]) -> Markup,
) -> Markup {
    let (first, rest) = all.split_at(all.len().min(shown));
    html! {
        @if !first.is_empty() { (list(first)) }
        @if !rest.is_empty() {
            details {
                summary { (t::OTHERS.of(lang)) " " span.count { (rest.len()) } }
                (list(rest))
            }
        }
    }
}

/// What is owed and what is late are always said, the rest when there is any.
fn sums(lang: Language, totals: &Totals) -> Markup {
    let rows = [
        (t::OPEN.of(lang), totals.open, true),
        (t::LATE.of(lang), totals.late, true),
        (t::DISPUTED.of(lang), totals.disputed, false),
        (t::PROMISED.of(lang), totals.promised, false),
        (t::PROCESSING.of(lang), totals.processing, false),
        (t::CREDITS.of(lang), totals.credits, false),
    ];
    html! {
        dl.sums.card {
            @for (name, sum, always) in rows {
                @if always || !sum.is_zero() {
                    div { dt { (name) } dd { (parts::amount(lang, sum)) } }
                }
            }
        }
    }
}

/// The debtor's mandates, each with the way to its debits and its end.
fn mandates(lang: Language, view: &DebtorPage) -> Markup {
    html! {
        @if !view.mandates.is_empty() {
            section.part #mandates {
                h2 { (m::MANDATES.of(lang)) }
                ul.plain {
                    @for (id, reference, state) in &view.mandates {
                        li {
                            a href=(paths::staff_mandate(&view.supplier, *id)) { (reference) } " "
                            (standing_of(lang, *state))
                        }
                    }
                }
            }
        }
    }
}

fn contacts(frame: &StaffFrame, view: &DebtorPage) -> Markup {
    let (lang, all) = (frame.language, &view.contacts);
    html! {
        section.card {
            h2 { (t::CONTACTS.of(lang)) }
            @if all.is_empty() { p { (parts::tag(parts::Tone::Bad, t::NO_CONTACTS.of(lang))) } }
            ul.plain {
                @for contact in all {
                    li {
                        @if let Some(name) = &contact.name { (name) " · " }
                        @if let Some(email) = &contact.email {
                            a href={ "mailto:" (email) } { (email) }
                        }
                        @if let Some(phone) = &contact.phone { " · " (phone) }
                        @if nothing_known(contact) { span.sub { (letters::NOBODY.of(lang)) } }
                        (standing(frame, view, contact))
                    }
                }
            }
            @for one in &view.tasks { (task(frame, view, one)) }
            (by_hand(frame, view))
        }
    }
}

/// A contact that stands for whoever opens the letters.
const fn nothing_known(contact: &Contact) -> bool {
    contact.name.is_none() && contact.email.is_none() && contact.phone.is_none()
}

/// Where letters go, and the ways to change that and to note a call.
fn by_hand(frame: &StaffFrame, view: &DebtorPage) -> Markup {
    let lang = frame.language;
    html! {
        h2 { (letters::ADDRESS.of(lang)) }
        (postal::known(frame, view.postal.as_ref()))
        @if view.may_answer {
            p.way {
                a href=(paths::postal(&view.supplier, view.debtor)) {
                    (letters::CHANGE.of(lang))
                }
            }
        }
        @if view.may_call {
            p.way {
                a href=(paths::debtor_call(&view.supplier, view.debtor)) {
                    (calls::NOTE_CALL.of(lang))
                }
            }
        }
    }
}

/// How a contact stands, when it is not simply written to; one that was named awaits a decision.
fn standing(frame: &StaffFrame, view: &DebtorPage, contact: &Contact) -> Markup {
    let lang = frame.language;
    html! {
        @match contact.state {
            ContactState::Active => {}
            ContactState::Left => { " " (parts::tag(parts::Tone::Calm, people::GONE.of(lang))) }
            ContactState::Proposed => {
                " " (parts::tag(parts::Tone::Warn, people::PROPOSED.of(lang)))
                @if view.may_answer {
                    form method="post" action=(paths::decide_contact(&view.supplier, contact.id)) {
                        (parts::tokens(&frame.csrf, &view.contact_key))
                        div.actions {
                            button.button name="decision" value="accept" {
                                (people::ACCEPT.of(lang))
                            }
                            button.button.quiet name="decision" value="dismiss" {
                                (people::DISMISS.of(lang))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn task(frame: &StaffFrame, view: &DebtorPage, one: &TaskHere) -> Markup {
    let lang = frame.language;
    let mends = matches!(one.kind, TaskKind::BadAddress | TaskKind::Complained);
    html! {
        (parts::banner(parts::Tone::Warn, people::task(one.kind).of(lang), &html! {
            @if !one.detail.is_empty() { p { (one.detail) } }
            @if let Some(contact) = one.contact.filter(|_| mends) {
                p {
                    a href=(paths::decide_contact(&view.supplier, contact)) {
                        (returned::CORRECT.of(lang))
                    }
                }
            }
            @if view.may_answer && one.kind != TaskKind::VerifyContact {
                form method="post" action=(paths::contact_task(&view.supplier, one.id)) {
                    (parts::tokens(&frame.csrf, &view.contact_key))
                    button.button.quiet { (people::DONE.of(lang)) }
                }
            }
        }))
    }
}

fn items(lang: Language, view: &DebtorPage, rows: &[Row]) -> Markup {
    let titles = [
        c::NUMBER.of(lang),
        c::ISSUED.of(lang),
        c::DUE.of(lang),
        c::STATUS.of(lang),
        c::TOTAL.of(lang),
        c::OPEN.of(lang),
    ];
    let lines = html! {
        @for row in rows {
            @let item = &row.item;
            @let owed = item.kind == domain::invoice::ItemKind::Invoice;
            tr {
                th scope="row" {
                    a href=(paths::invoice_documents(&view.supplier, item.id)) { (item.number) }
                }
                td data-l=(c::ISSUED.of(lang)) { (parts::date(lang, item.issued_on)) }
                td data-l=(c::DUE.of(lang)) { (parts::date(lang, item.due_on)) }
                td {
                    @if owed {
                        (status(lang, view.today, row))
                        (confirmed(lang, view, item.id))
                        @if view.charges_late && item.is_late(view.today) {
                            " "
                            a.nowrap href=(paths::late(&view.supplier, item.id))
                                aria-label=(late::of(lang, &item.number)) { (late::LINK.of(lang)) }
                        }
                    } @else {
                        (parts::tag(parts::Tone::Calm, labels::item_kind(item.kind).of(lang)))
                    }
                }
                td.num data-l=(c::TOTAL.of(lang)) { (parts::amount(lang, item.total)) }
                td.num data-l=(c::OPEN.of(lang)) { (parts::amount(lang, item.open)) }
            }
        }
    };
    parts::table(&titles, &[4, 5], &lines)
}

/// A small tag for what was said before the due date.
fn confirmed(lang: Language, view: &DebtorPage, invoice: InvoiceId) -> Markup {
    let said = view.confirmed.iter().find(|(own, _)| *own == invoice);
    html! {
        @if let Some((_, answers)) = said {
            " "
            @if answers.blocks().is_some() {
                (parts::tag(parts::Tone::Warn, words::DOUBT_TAG.of(lang)))
            } @else {
                (parts::tag(parts::Tone::Ok, words::KEPT_TAG.of(lang)))
            }
        }
    }
}
