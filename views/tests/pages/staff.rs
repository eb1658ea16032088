//! The staff's pages in both languages.

use domain::call::Outcome;
use domain::collection::CollectionState;
use domain::confirmation::Answers;
use domain::dispute::{DisputeEvent, DisputeState};
use domain::document::DocumentKind;
use domain::mandate::MandateState;
use domain::message::{MessageKind, MessageState};
use domain::party::{Contact, Language, TaskKind};
use domain::plan::PlanState;
use domain::scenario::Channel;
use domain::{
    ContactId, DebtorId, DocumentId, Id, InvoiceId, MandateId, MessageId, Money, PlanId, TaskId,
    Zone,
};
use maud::Markup;
use views::happening::{Happening, Origin, Steps, What};
use views::portal::invoice::DocumentLine;
use views::problem::{Problem, Wrong};
use views::staff::decision::Deed;
use views::staff::shell::{DebtorRef, StaffFrame, SupplierRef};
use views::staff::{debtor, debtors, documents, history, plan, sign_in};

use crate::by_hand::lines;
use crate::golden::same;
use crate::pay::set_off;
use crate::samples::{account, at, day, timeline};
use crate::staff_disputes::{card, done, to_come};

pub fn frame(language: Language) -> StaffFrame {
    StaffFrame {
        language,
        zone: Zone::PARIS,
        user: "Comptabilité".into(),
        csrf: "csrf-token".into(),
        supplier: Some(supplier()),
        demo: true,
    }
}

pub fn supplier() -> SupplierRef {
    SupplierRef {
        code: "boreal".into(),
        name: "Boréal Énergie".into(),
    }
}

pub fn delmas() -> DebtorRef {
    DebtorRef {
        supplier: "boreal".into(),
        id: DebtorId::from_bits(1),
        name: "Transports Delmas SARL".into(),
    }
}

pub fn both(name: &str, page: impl Fn(&StaffFrame) -> Markup) {
    for language in Language::ALL {
        same(
            &format!("staff-{name}.{language}"),
            &page(&frame(*language)),
        );
    }
}

pub fn open_plan() -> plan::OpenPlan {
    plan::OpenPlan {
        id: PlanId::from_bits(5),
        amount: Money::eur(716_000),
        state: PlanState::Proposed,
        reason: "Un client <tarde>.".into(),
        answer_by: day("2026-11-27"),
        parts: vec![domain::plan::Part {
            due_on: day("2026-12-21"),
            amount: Money::eur(716_000),
        }],
        rows: vec![("2026-12-21".into(), "7160,00".into())],
        debited: true,
        missed: false,
        words: String::new(),
        key: "key-9".into(),
        problems: vec![Problem::new("d_1", Wrong::DayUnreadable)],
    }
}

fn accountant() -> Contact {
    Contact {
        id: ContactId::from_bits(1),
        debtor: DebtorId::from_bits(1),
        name: Some("Service comptabilité".into()),
        email: Some("compta@delmas.example".into()),
        phone: Some("02 41 00 00 00".into()),
        language: None,
        state: domain::party::ContactState::Active,
    }
}

#[test]
fn what_happened_before() {
    let view = history::OlderPage {
        debtor: delmas(),
        timeline: timeline(),
        messages: Vec::new(),
        older: None,
    };
    both("history", |frame| history::older(frame, &view));
}

fn sent_lines() -> Vec<history::SentLine> {
    vec![
        history::SentLine {
            id: MessageId::from_bits(2),
            at: at("2026-11-20", 10),
            to: "+33612345678".into(),
            subject: "Boréal: facture FA-2026-0117, 1200,00 EUR, échéance le 02/12. Une \
                          question ? https://portail.boreal.example/l/…"
                .into(),
            counted: Some((1, Some("0.065 EUR".parse().unwrap()))),
            channel: Channel::Sms,
        },
        history::SentLine {
            id: MessageId::from_bits(1),
            at: at("2026-11-20", 9),
            to: "compta@delmas.example".into(),
            subject: "Rappel : facture FA-2026-0117 échue".into(),
            counted: None,
            channel: Channel::Email,
        },
    ]
}

#[test]
fn customers() {
    let view = debtors::Debtors {
        supplier: "boreal".into(),
        query: "del".into(),
        rows: vec![debtors::DebtorLine {
            debtor: delmas(),
            code: "C-1042".into(),
            open: vec![Money::eur(1_151_195)],
            late: vec![Money::eur(951_295)],
            oldest: Some(day("2026-10-20")),
        }],
        next: Some("/staff/boreal/debtors?q=del&after=x".into()),
    };
    both("debtors", |frame| debtors::page(frame, &view));
}

/// A message by the built-in scenario, one of the supplier's own, and a call.
fn written() -> [Happening; 3] {
    let steps = |scenario, days| Some(Steps { scenario, days });
    let sent = |origin| {
        What::Message(
            MessageKind::Reminder2,
            Channel::Email,
            MessageState::Sent,
            origin,
        )
    };
    let own = Some((String::from("Ferme <1>"), 3));
    let all = [
        What::Call(
            Outcome::Refusal,
            "staff appels@boreal.example".into(),
            "Ne paiera pas".into(),
            Origin {
                steps: steps(own.clone(), vec![12, 13]),
                text: None,
            },
        ),
        sent(Origin {
            steps: steps(own, vec![8]),
            text: Some(2),
        }),
        sent(Origin {
            steps: steps(None, vec![10]),
            text: None,
        }),
    ];
    all.map(|what| Happening {
        at: at("2026-11-20", 16),
        what,
    })
}

#[test]
fn one_customer() {
    let account = account("Transports Delmas SARL");
    let (amount, on) = (Money::eur(31_245), day("2026-12-07"));
    let debit = Happening {
        at: at("2026-11-20", 18),
        what: What::Debit(amount, on, CollectionState::Notified),
    };
    let opened = Happening {
        at: at("2026-11-20", 17),
        what: What::Opened,
    };
    let view = debtor::DebtorPage {
        charges_late: true,
        done: Some(done(Deed::Said(DisputeEvent::Accept))),
        set_offs: vec![set_off()],
        supplier: "boreal".into(),
        debtor: DebtorId::from_bits(1),
        postal: Some((lines(), false)),
        name: account.debtor,
        code: account.code,
        today: account.today,
        sums: account.sums.iter().map(|sum| sum.totals).collect(),
        rows: account.rows,
        contacts: vec![accountant()],
        tasks: vec![debtor::TaskHere {
            id: TaskId::from_bits(1),
            kind: TaskKind::BadAddress,
            detail: "compta@delmas.example · 550 5.1.1 no such user".into(),
            contact: Some(ContactId::from_bits(1)),
        }],
        contact_key: "key-8".into(),
        disputes: vec![card(DisputeState::Open)],
        mandates: vec![(
            MandateId::from_bits(1),
            "M20261102-A1B2C3D4E5".into(),
            MandateState::Active,
        )],
        closed: vec![card(DisputeState::Rejected)],
        plans: vec![open_plan()],
        confirmed: vec![(InvoiceId::from_bits(6), Answers::default())],
        may_answer: true,
        messages: sent_lines(),
        may_call: true,
        ahead: to_come(),
        timeline: [debit, opened]
            .into_iter()
            .chain(written())
            .chain(timeline())
            .collect(),
        older: Some("/staff/boreal/debtors/x/history?before=1".into()),
    };
    both("debtor", |frame| debtor::page(frame, &view));
    let view = debtor::DebtorPage {
        may_answer: false,
        ..view
    };
    let read_only = debtor::page(&frame(Language::Fr), &view).0;
    assert!(!read_only.contains("decision") && read_only.contains("&lt;manquent&gt;"));
}

#[test]
fn documents_of_an_invoice() {
    let view = documents::DocumentsPage {
        supplier: "boreal".into(),
        debtor: DebtorId::from_bits(1),
        invoice: InvoiceId::from_bits(1),
        number: "FA-2026-0117".into(),
        documents: vec![DocumentLine {
            id: DocumentId::from_bits(1),
            kind: DocumentKind::Invoice,
            file_name: "FA-2026-0117.pdf".into(),
            size: 80_000,
        }],
        may_add: true,
        attached: Some(true),
        key: "key-7".into(),
        problems: vec![Problem::new("file", Wrong::FileNotPdf)],
    };
    both("documents", |frame| documents::page(frame, &view));
}

#[test]
fn sign_in_comes_back_with_errors() {
    let wrong = [Problem::new("email", Wrong::SignIn)];
    let page = sign_in::page(Language::Fr, "csrf-token", "compta@boreal.example", &wrong);
    same("staff-sign-in.fr", &page);
    assert!(page.0.contains("compta@boreal.example") && page.0.contains("current-password"));
}
