//! One debtor: what it owes, who is there, what happened, and the disputes to answer.

use domain::account::Totals;
use domain::confirmation::Answers;
use domain::party::{Contact, ContactState, Language, TaskKind};
use domain::{Day, InvoiceId, MessageId, Moment, TaskId};
use maud::{Markup, html};

use super::dispute::{self, DisputeCard};
use super::plan::{self, OpenPlan};
use super::set_off::{self, SetOffLine};
use super::shell::{Section, StaffFrame, staff_page};
use crate::format;
use crate::happening::{Happening, timeline};
use crate::parts;
use crate::paths;
use crate::portal::account::{Row, status};
use crate::text::common as c;
use crate::text::{labels, late, people, plan as words, staff as t};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DebtorPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Company name.
    pub name: String,
    /// The account code.
    pub code: String,
    /// The day in the supplier's zone.
    pub today: Day,
    /// Sums, one per currency.
    pub sums: Vec<Totals>,
    /// Open items, oldest due date first.
    pub rows: Vec<Row>,
    /// Who is there.
    pub contacts: Vec<Contact>,
    /// What is to be done about them.
    pub tasks: Vec<(TaskId, TaskKind)>,
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
    /// Whether the supplier charges for lateness.
    pub charges_late: bool,
    /// What credit notes settled without money.
    pub set_offs: Vec<SetOffLine>,
    /// Whether the reader may answer them.
    pub may_answer: bool,
    /// Messages of which a copy is kept, newest first.
    pub messages: Vec<SentLine>,
    /// What happened, newest first.
    pub timeline: Vec<Happening>,
}

/// A message that left or was about to.
#[derive(Clone, Debug)]
pub struct SentLine {
    /// Id.
    pub id: MessageId,
    /// When it left, or was last tried.
    pub at: Moment,
    /// To which mailbox.
    pub to: String,
    /// Its subject.
    pub subject: String,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &DebtorPage) -> Markup {
    let lang = frame.language;
    let body = html! {
        h1 { (view.name) span.sub { (view.code) } }
        div.sides {
            @for totals in &view.sums { (sums(lang, totals)) }
            (contacts(frame, view))
        }
        @for card in &view.disputes {
            (dispute::open_card(frame, &view.supplier, card, view.may_answer))
        }
        @for plan in &view.plans { (plan::card(frame, &view.supplier, view.may_answer, plan)) }
        h2 { (c::INVOICES.of(lang)) }
        (items(lang, view))
        (dispute::closed(lang, &view.supplier, &view.closed))
        (set_off::section(frame, &view.supplier, &view.set_offs))
        h2 { (t::HISTORY.of(lang)) }
        @if view.timeline.is_empty() {
            p.sub { (t::NO_HISTORY.of(lang)) }
        } @else {
            (timeline(lang, frame.zone, &view.timeline))
        }
        @if !view.messages.is_empty() {
            h2 { (t::SENT.of(lang)) }
            (messages(frame, &view.messages))
        }
    };
    staff_page(frame, Section::Debtors, &view.name, &body)
}

fn sums(lang: Language, totals: &Totals) -> Markup {
    let rows = [
        (t::OPEN.of(lang), totals.open),
        (t::LATE.of(lang), totals.late),
        (t::DISPUTED.of(lang), totals.disputed),
        (t::PROMISED.of(lang), totals.promised),
        (t::PROCESSING.of(lang), totals.processing),
        (t::CREDITS.of(lang), totals.credits),
    ];
    html! {
        dl.sums.card {
            @for (name, sum) in rows {
                div { dt { (name) } dd { (parts::amount(lang, sum)) } }
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
                        (standing(frame, view, contact))
                    }
                }
            }
            @for (id, kind) in &view.tasks { (task(frame, view, *id, *kind)) }
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

fn task(frame: &StaffFrame, view: &DebtorPage, id: TaskId, kind: TaskKind) -> Markup {
    let lang = frame.language;
    html! {
        (parts::banner(parts::Tone::Warn, people::task(kind).of(lang), &html! {
            @if view.may_answer && kind != TaskKind::VerifyContact {
                form method="post" action=(paths::contact_task(&view.supplier, id)) {
                    (parts::tokens(&frame.csrf, &view.contact_key))
                    button.button.quiet { (people::DONE.of(lang)) }
                }
            }
        }))
    }
}

fn items(lang: Language, view: &DebtorPage) -> Markup {
    let titles = [
        c::NUMBER.of(lang),
        c::ISSUED.of(lang),
        c::DUE.of(lang),
        c::STATUS.of(lang),
        c::TOTAL.of(lang),
        c::OPEN.of(lang),
    ];
    let rows = html! {
        @for row in &view.rows {
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
    parts::table(&titles, &[4, 5], &rows)
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

fn messages(frame: &StaffFrame, all: &[SentLine]) -> Markup {
    let lang = frame.language;
    let titles = [
        t::SUBJECT.of(lang),
        t::TO.of(lang),
        t::WHEN.of(lang),
        t::EXACT_COPY.of(lang),
    ];
    let rows = html! {
        @for one in all {
            tr {
                th scope="row" { (one.subject) }
                td data-l=(t::TO.of(lang)) { (one.to) }
                td data-l=(t::WHEN.of(lang)) { (format::moment(lang, frame.zone, one.at)) }
                td {
                    a href=(paths::decide(one.id))
                        aria-label={ (t::EXACT_COPY.of(lang)) " – " (one.subject) } { ".eml" }
                }
            }
        }
    };
    parts::table(&titles, &[], &rows)
}
