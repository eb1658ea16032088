//! One supplier and one debtor, in every situation a page has words for.

use domain::account::totals;
use domain::attachment::FileKind;
use domain::dispute::{Author, DisputeEvent, DisputeState, Reason};
use domain::invoice::{Invoice, ItemKind};
use domain::mandate::MandateState;
use domain::message::{MessageKind, MessageState};
use domain::party::Language;
use domain::payment::{Method, PaymentState};
use domain::promise::PromiseState;
use domain::scenario::Channel;
use domain::{
    AttachmentId, Day, DebtorId, DisputeId, Id, InvoiceId, Moment, Money, PromiseId, SupplierId,
    Zone,
};
use views::attached::File;
use views::brand::Brand;
use views::conversation::Said;
use views::happening::{Happening, Origin, What};
use views::layout::Frame;
use views::portal::account::{Account, Row, Sum};

pub const TODAY: &str = "2026-11-21";

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn frame(language: Language) -> Frame {
    Frame {
        language,
        zone: Zone::PARIS,
        brand: Brand {
            name: "Boréal Énergie".into(),
            address: "12 quai des Docks, 44000 Nantes".into(),
            accent: "#1f6e5c".parse().unwrap(),
            contact_email: "compta@boreal.example".into(),
            contact_phone: "02 40 00 00 00".into(),
        },
        csrf: "csrf-token".into(),
        acts: true,
    }
}

pub fn invoice(place: u128, number: &str, due_on: &str, open: i64) -> Invoice {
    let open = Money::eur(open);
    Invoice {
        id: InvoiceId::from_bits(place),
        supplier: SupplierId::from_bits(1),
        debtor: DebtorId::from_bits(1),
        kind: ItemKind::Invoice,
        number: number.into(),
        order_ref: None,
        issued_on: day(due_on).plus_days(-30),
        due_on: day(due_on),
        total: open,
        open,
        reserved: Money::eur(0),
        disputed: Money::eur(0),
        promised: Money::eur(0),
    }
}

pub fn row(item: Invoice) -> Row {
    Row {
        payable: item.payable().unwrap(),
        item,
        promised_for: None,
        answer_by: None,
        dispute: None,
        promise: None,
        plan: None,
        barred: false,
    }
}

pub fn late_row() -> Row {
    let mut item = invoice(1, "FA-2026-0117", "2026-11-09", 466_000);
    item.order_ref = Some("PO 4500012345".into());
    item.total = Money::eur(566_000);
    row(item)
}

/// Late, late in part disputed, disputed, promised, under way, not due, and a credit note.
pub fn rows() -> Vec<Row> {
    let mut partly = row(invoice(2, "FA-2026-0131", "2026-11-18", 250_000));
    partly.item.disputed = Money::eur(50_000);
    partly.answer_by = Some(day("2026-11-26"));
    partly.dispute = Some((DisputeId::from_bits(2), true));
    let mut disputed = row(invoice(3, "FA-2026-0098", "2026-10-20", 84_050));
    disputed.item.disputed = disputed.item.open;
    disputed.payable = Money::eur(0);
    disputed.answer_by = Some(day("2026-11-26"));
    disputed.dispute = Some((DisputeId::from_bits(3), false));
    let mut promised = row(invoice(4, "FA-2026-0104", "2026-10-31", 120_000));
    promised.item.promised = promised.item.open;
    promised.promised_for = Some(day("2026-11-30"));
    promised.promise = Some(PromiseId::from_bits(4));
    let mut paying = row(invoice(5, "FA-2026-0109", "2026-11-02", 31_245));
    paying.item.reserved = paying.item.open;
    paying.payable = Money::eur(0);
    let ahead = row(invoice(6, "FA-2026-0144", "2026-12-03", 199_900));
    let mut credit = row(invoice(7, "AV-2026-0012", "2026-11-05", 15_000));
    credit.item.kind = ItemKind::CreditNote;
    vec![
        disputed,
        promised,
        paying,
        late_row(),
        partly,
        ahead,
        credit,
    ]
}

pub fn account(debtor: &str) -> Account {
    let rows = rows();
    let today = day(TODAY);
    let sums = totals(rows.iter().map(|row| &row.item), today).unwrap();
    Account {
        debtor: debtor.into(),
        code: "C-1042".into(),
        today,
        as_of: Some(day("2026-11-20")),
        sums: sums
            .into_values()
            .map(|totals| Sum {
                now: Money::eur(716_000),
                totals,
            })
            .collect(),
        rows,
        held: Vec::new(),
        problems: Vec::new(),
        debits: true,
    }
}

pub fn at(text: &str, hour: u32) -> Moment {
    Zone::PARIS.at_hour(day(text), hour)
}

pub fn timeline() -> Vec<Happening> {
    let amount = Money::eur(50_000);
    let all = [
        (What::Mandate("BOR-0001".into(), MandateState::Active), 16),
        (
            What::Payment(Method::Card, amount, PaymentState::Failed),
            15,
        ),
        (
            What::Promise(amount, day("2026-11-30"), PromiseState::Made),
            14,
        ),
        (
            What::DisputeOutcome(DisputeState::Rejected, "Bon de livraison joint.".into()),
            11,
        ),
        (What::Dispute(Reason::MissingItems, amount), 10),
        (
            What::Message(
                MessageKind::Reminder1,
                Channel::Email,
                MessageState::Sent,
                Origin::default(),
            ),
            9,
        ),
    ];
    all.into_iter()
        .map(|(what, hour)| Happening {
            at: at("2026-11-20", hour),
            what,
        })
        .collect()
}

pub fn file(place: u128, name: &str, kind: FileKind, size: usize) -> File {
    File {
        id: AttachmentId::from_bits(place),
        name: name.into(),
        kind,
        size,
    }
}

/// A declaration with a photo, a question, an answer with a document.
pub fn said() -> Vec<Said> {
    let one = |author, event, text: &str, hour, files| Said {
        author,
        event,
        text: text.into(),
        at: at("2026-11-20", hour),
        files,
    };
    let photo = file(1, "palette <1>.jpg", FileKind::Jpeg, 1_234_567);
    let note = file(2, "bon.pdf", FileKind::Pdf, 45_678);
    let (asked, answered) = (DisputeEvent::AskMore, DisputeEvent::Answer);
    vec![
        one(
            Author::Debtor,
            None,
            "Deux palettes <manquent>.",
            9,
            vec![photo],
        ),
        one(
            Author::Supplier,
            Some(asked),
            "Avez-vous le bon annoté ?",
            11,
            vec![],
        ),
        one(Author::Debtor, Some(answered), "Le voici.", 14, vec![note]),
    ]
}
