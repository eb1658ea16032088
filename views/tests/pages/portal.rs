//! The debtor's pages in both languages.

use domain::attachment::{FileKind, FileRefusal};
use domain::bank::{CreditorId, MandateRef};
use domain::dispute::lines::{DisputedLine, Fault};
use domain::dispute::{DisputeState, Reason};
use domain::document::DocumentKind;
use domain::mandate::{Scheme, Usage};
use domain::message::MessageKind;
use domain::party::Language;
use domain::payment::{Method, PaymentState};
use domain::{DisputeId, DocumentId, Id, Money, PaymentId};
use maud::Markup;
use views::format::money_input;
use views::layout::{Frame, portal_style};
use views::portal::chosen::{Chosen, amount_field};
use views::portal::dispute_lines::{LineTyped, line_field};
use views::portal::{
    account, code, dispute, invoice, landing, mandate, notice, outcome, report, sandbox,
};
use views::problem::{Problem, Wrong};

use crate::golden::same;
use crate::people::code_ask;
use crate::samples::{TODAY, account, day, file, frame, late_row, rows, said, timeline};

/// The page in both languages against its copies.
pub fn both(name: &str, page: impl Fn(&Frame) -> Markup) {
    for language in Language::ALL {
        same(&format!("{name}.{language}"), &page(&frame(*language)));
    }
}

pub fn chosen(lang: Language) -> Vec<Chosen> {
    rows()
        .into_iter()
        .filter(|row| row.is_due_now(day(TODAY)))
        .map(|row| Chosen {
            invoice: row.item.id,
            number: row.item.number,
            due_on: row.item.due_on,
            most: row.payable,
            claimed: row.item.disputed,
            amount: money_input(lang, row.payable),
        })
        .collect()
}

fn dispute_form() -> dispute::DisputeForm {
    let row = late_row();
    dispute::DisputeForm {
        invoice: row.item.id,
        number: row.item.number,
        open: row.item.open,
        key: "key-2".into(),
        reasons: Reason::ALL.to_vec(),
        reason: None,
        scope: dispute::Extent::Part,
        amount: "douze".into(),
        rows: vec![
            LineTyped {
                label: "Palettes <bois>".into(),
                fault: Some(Fault::Price),
                amount: "12,x".into(),
            },
            LineTyped::default(),
        ],
        text: "Deux palettes manquent.".into(),
        problems: vec![
            Problem::new("reason", Wrong::ReasonMissing),
            Problem::new("amount", Wrong::AmountUnreadable),
            Problem::new(&line_field("line_amount", 1), Wrong::AmountUnreadable),
            Problem::new(
                "file",
                Wrong::FileRefused("IMG_1.HEIC".into(), FileRefusal::Heic),
            ),
        ],
        files: vec![file(1, "palette.jpg", FileKind::Jpeg, 1_234_567)],
    }
}

fn report(state: DisputeState) -> report::ReportPage {
    let form = dispute_form();
    report::ReportPage {
        id: DisputeId::from_bits(3),
        invoice: form.invoice,
        number: form.number,
        reason: Reason::DeliveryNoteMissing,
        amount: Money::eur(50_000),
        state,
        owner: Some("Service logistique".into()),
        answer_by: day("2026-11-26"),
        today: day(TODAY),
        credit: None,
        reopens_until: None,
        lines: Vec::new(),
        said: said(),
        key: "key-7".into(),
        text: String::new(),
        files: Vec::new(),
        problems: Vec::new(),
    }
}

#[test]
fn a_report_says_how_it_stands_and_what_can_be_said() {
    use DisputeState as State;
    both("report-open", |frame| {
        report::page(frame, &report(State::Open))
    });
    both("report-asked", |frame| {
        let mut view = report(State::InfoNeeded);
        view.files = vec![file(4, "a.png", FileKind::Png, 900)];
        view.problems = vec![Problem::new("text", Wrong::NothingSaid)];
        report::page(frame, &view)
    });
    both("report-rejected", |frame| {
        let mut view = report(State::Rejected);
        view.reopens_until = Some(day("2027-01-20"));
        report::page(frame, &view)
    });
    both("report-credited", |frame| {
        let mut view = report(State::Credited);
        view.credit = Some(("AV-2026-0031".into(), Money::eur(50_000)));
        report::page(frame, &view)
    });
    both("report-withdraw", |frame| {
        report::check_withdrawal(frame, &report(State::Open))
    });
    let shown = |state| report::page(&frame(Language::Fr), &report(state)).0;
    for (state, words) in [
        (State::Open, "au plus tard le 26/11/2026"),
        (State::InfoNeeded, "besoin d’une précision"),
        (State::Accepted, "Un avoir ou une correction suit"),
        (State::Rejected, "la facture est maintenue"),
        (State::Withdrawn, "Vous avez retiré"),
    ] {
        assert!(shown(state).contains(words), "{state}");
    }
    assert!(shown(State::Open).contains("&lt;manquent&gt;"));
    assert!(
        !shown(State::Credited).contains("<form"),
        "nothing is left to say"
    );
    let mut late = report(State::Open);
    late.answer_by = day("2026-11-20");
    assert!(
        report::page(&frame(Language::Fr), &late)
            .0
            .contains("Notre réponse tarde")
    );
}

fn mandate_form() -> mandate::MandateForm {
    mandate::MandateForm {
        other: None,
        terms: mandate::Terms {
            notice_days: 14,
            scheme: Scheme::Core,
            creditor: "Boréal Énergie SAS".into(),
            address: "12 quai des Docks, 44000 Nantes".into(),
            creditor_id: creditor(),
            reference: reference(),
            debtor: "Transports Delmas SARL".into(),
        },
        key: "key-3".into(),
        holder: "Transports Delmas SARL".into(),
        iban: "FR76 3000 6000 0112 3456 7890 189".into(),
        bic: String::new(),
        usage: Some(Usage::Recurring),
        signatory: "Service comptabilité".into(),
        place: "Nantes".into(),
        consent: false,
        carried: vec![("i".into(), late_row().item.id.to_string())],
        problems: Vec::new(),
    }
}

pub fn creditor() -> CreditorId {
    "FR72ZZZ123456".parse().unwrap()
}

pub fn reference() -> MandateRef {
    "BOR-0001".parse().unwrap()
}

#[test]
fn landing_says_what_the_message_said() {
    let view = landing::Landing {
        token: "k0123".into(),
        debtor: "Transports Delmas SARL".into(),
        kind: MessageKind::Reminder1,
        sent_on: day("2026-11-18"),
        amount: Some(Money::eur(716_000)),
    };
    both("landing", |frame| landing::page(frame, &view));
}

#[test]
fn account_and_invoice() {
    let view = account("Transports Delmas SARL");
    both("account", |frame| account::page(frame, &view));
    both("invoice", |frame| invoice::page(frame, &invoice_page()));
}

pub fn invoice_page() -> invoice::InvoicePage {
    invoice::InvoicePage {
        row: late_row(),
        today: day(TODAY),
        held: Vec::new(),
        disputes: vec![invoice::ReportLine {
            id: DisputeId::from_bits(3),
            reason: Reason::MissingItems,
            amount: Money::eur(50_000),
            state: DisputeState::Rejected,
        }],
        documents: vec![invoice::DocumentLine {
            id: DocumentId::from_bits(1),
            kind: DocumentKind::DeliveryNote,
            file_name: "BL_FA-2026-0117.pdf".into(),
            size: 120_400,
        }],
        timeline: timeline(),
    }
}

#[test]
fn a_form_with_errors_keeps_what_was_typed() {
    both("dispute-errors", |frame| {
        dispute::page(frame, &dispute_form())
    });
    let page = dispute::page(&frame(Language::Fr), &dispute_form()).0;
    assert!(page.contains("<title>Erreur\u{a0}: "));
    assert!(page.contains("value=\"douze\"") && page.contains("Deux palettes manquent."));
    assert!(page.contains("href=\"#amount\"") && page.contains("id=\"amount\""));
}

#[test]
fn dispute_promise_and_mandate_are_checked_before_they_count() {
    let facts = dispute::DisputeFacts {
        reason: Reason::MissingItems,
        amount: Money::eur(50_000),
        lines: vec![DisputedLine {
            label: "Palettes <bois>".into(),
            fault: Fault::Quantity,
            amount: Money::eur(50_000),
        }],
        answer_by: day("2026-11-26"),
        rest: Some((Money::eur(416_000), day("2026-11-09"))),
    };
    let mut form = dispute_form();
    form.reason = Some(Reason::MissingItems);
    form.scope = dispute::Extent::Lines;
    both("dispute-check", |frame| {
        dispute::check(frame, &form, &facts)
    });
    both("dispute-receipt", |frame| {
        dispute::receipt(frame, &form, &facts, DisputeId::from_bits(3))
    });
    let iban = "FR7630006000011234567890189".parse().unwrap();
    both("mandate", |frame| mandate::page(frame, &mandate_form()));
    both("mandate-check", |frame| {
        mandate::check(frame, &mandate_form(), &iban, day(TODAY), None)
    });
    both("mandate-code", |frame| {
        mandate::check(frame, &mandate_form(), &iban, day(TODAY), Some(&code_ask()))
    });
    both("code", |frame| {
        code::page(frame, "/statement.pdf", Some(&code_ask()))
    });
    let receipt = mandate::receipt(
        &frame(Language::En),
        &mandate_form(),
        &iban,
        (day(TODAY), "/mandates/man_1.pdf"),
        None,
    );
    assert!(!receipt.0.contains("3000 6000") && receipt.0.contains("•••• 0189"));
}

#[test]
fn a_debtor_always_reads_whether_money_was_taken() {
    let view = |state, round| outcome::CardReturn {
        payment: PaymentId::from_bits(9),
        state,
        amount: Money::eur(716_000),
        method: Method::Card,
        left: false,
        held: None,
        reference: "RF18 5390 0754 7034".into(),
        gone: None,
        round,
        confirm_at: None,
        again: "/pay?i=inv_1".into(),
    };
    both("return-failed", |frame| {
        outcome::page(frame, &view(PaymentState::Failed, 0))
    });
    let shown = |state, round| outcome::page(&frame(Language::Fr), &view(state, round)).0;
    for state in [
        PaymentState::Failed,
        PaymentState::Cancelled,
        PaymentState::Expired,
    ] {
        assert!(shown(state, 0).contains("Rien n’a été débité"), "{state}");
    }
    assert!(shown(PaymentState::Succeeded, 0).contains("Nous avons reçu"));
    assert!(shown(PaymentState::Processing, 0).contains("5;url=/payments/"));
    assert!(shown(PaymentState::Processing, 5).contains("?n=6"));
    assert!(!shown(PaymentState::Unknown, 6).contains("http-equiv=\"refresh\""));
}

#[test]
fn notices_and_demonstration_card() {
    both("expired", |frame| notice::expired(frame.language, "k0123"));
    both("fault", |frame| {
        notice::fault(frame, notice::Fault::Internal, "01J9ZK")
    });
    let view = sandbox::SandboxCard {
        action: "/sandbox/cs_1".into(),
        amount: Money::eur(716_000),
        description: "FA-2026-0117, FA-2026-0131".into(),
        leave: "/payments/pay_1?left=1".into(),
        buttons: vec![sandbox::Outcome::Approve, sandbox::Outcome::Refuse],
        debit: false,
    };
    both("sandbox", |frame| sandbox::page(frame, &view));
    let view = sandbox::SandboxCard {
        buttons: vec![sandbox::Outcome::Pays, sandbox::Outcome::Refuses],
        debit: true,
        ..view
    };
    both("sandbox-debit", |frame| sandbox::page(frame, &view));
}

#[test]
fn names_are_escaped_wherever_they_stand() {
    let evil = "<script>alert(1)</script>\"'";
    let mut supplier = frame(Language::Fr);
    supplier.brand.name = evil.into();
    supplier.brand.contact_phone = evil.into();
    supplier.brand.contact_email = evil.into();
    let mut form = dispute_form();
    form.text = evil.into();
    form.amount = evil.into();
    form.number = evil.into();
    for page in [
        account::page(&supplier, &account(evil)),
        dispute::page(&supplier, &form),
    ] {
        assert!(!page.0.contains("<script") && page.0.contains("&lt;script&gt;"));
        assert!(!page.0.contains("=\"\"'"));
    }
}

#[test]
fn the_portal_stays_light_and_carries_no_script() {
    let accent = frame(Language::Fr).brand.accent;
    let style = portal_style(accent).len();
    assert!(style <= 9 * 1024, "style {style} bytes");
    let page = account::page(&frame(Language::Fr), &account("Transports Delmas SARL"));
    assert!(page.0.len() <= 24 * 1024, "page {} bytes", page.0.len());
    // The name of a picture's language is an address in form only.
    let asked = page.0.replace("http://www.w3.org/2000/svg", "");
    for forbidden in ["<script", " style=", " onclick", "http://", "https://"] {
        assert!(!asked.contains(forbidden), "{forbidden}");
    }
    assert_eq!(page.0.matches("<h1").count(), 1);
    assert_eq!(
        amount_field(late_row().item.id),
        format!("a_{}", late_row().item.id)
    );
}
