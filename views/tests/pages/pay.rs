//! The pages of a payment, and what lateness costs as the staff reads it.

use domain::late::{Charge, ChargeKind, Charges, Rate};
use domain::party::Language;
use domain::payment::{Method, PaymentState};
use domain::saved_card::{CardFace, Expiry};
use domain::{CardId, DebtorId, Id, InvoiceId, Moment, Money, PaymentId};
use views::format::money_input;
use views::portal::chosen::{Credit, Late, amount_field};
use views::portal::held::{self, Held, Way};
use views::portal::{debit, outcome, pay, preferences, provider_debit, transfer};
use views::problem::{Problem, Wrong};
use views::staff::{late, set_off};

use crate::golden::same;
use crate::people::code_ask;
use crate::portal::{both, chosen, creditor, reference};
use crate::samples::{day, frame, late_row, rows};

fn charge(kind: ChargeKind, cents: i64, ticked: bool) -> Late {
    let row = late_row();
    Late {
        charge: Charge {
            invoice: row.item.id,
            kind,
            amount: Money::eur(cents),
        },
        number: row.item.number,
        ticked,
    }
}

fn pay_form(lang: Language) -> pay::PayForm {
    pay::PayForm {
        chosen: chosen(lang),
        credits: vec![
            Credit {
                note: rows()[6].item.id,
                number: "AV-2026-0012".into(),
                most: Money::eur(15_000),
                amount: Some(money_input(lang, Money::eur(10_000))),
            },
            Credit {
                note: InvoiceId::from_bits(8),
                number: "AV-2026-0013".into(),
                most: Money::eur(2_000),
                amount: None,
            },
        ],
        lateness: vec![
            charge(ChargeKind::Interest, 1_862, false),
            charge(ChargeKind::Indemnity, 4_000, true),
        ],
        held: Vec::new(),
        spread: String::new(),
        total: Money::eur(710_000),
        covered: None,
        recounted: false,
        key: "key-1".into(),
        method: Some(Method::Card),
        cards: Vec::new(),
        saved: None,
        keep: Some(false),
        card: pay::Offer::Open,
        debit: pay::Offer::Open,
        debit_by: Method::Debit,
        transfer: pay::Offer::NotOffered,
        mandate: None,
        debit_on: String::new(),
        debit_days: (day("2026-12-07"), day("2027-01-20")),
        problems: Vec::new(),
    }
}

#[test]
fn paying() {
    both("pay", |frame| pay::page(frame, &pay_form(frame.language)));
    let view = transfer::TransferPage {
        holder: "BOREAL ENERGIE SAS".into(),
        iban: "FR7630006000011234567890189".parse().unwrap(),
        bic: Some("AGRIFRPP".parse().unwrap()),
        reference: "RF18 5390 0754 7034".into(),
        amount: Money::eur(716_000),
        qr_svg: Some("<svg viewBox=\"0 0 1 1\"><path d=\"M0 0h1v1H0z\"/></svg>".into()),
    };
    both("transfer", |frame| transfer::page(frame, &view));
    let facts = debit::DebitFacts {
        amount: Money::eur(716_000),
        lines: vec![
            ("FA-2026-0117".into(), Money::eur(566_000)),
            ("AV-2026-0012".into(), Money::eur(-15_000)),
            (
                debit::charge_name(Language::Fr, ChargeKind::Interest, "FA-2026-0117"),
                Money::eur(165_000),
            ),
        ],
        collect_on: day("2026-12-07"),
        last_four: "0189".into(),
        reference: reference(),
        creditor_id: creditor(),
    };
    both("debit-check", |frame| {
        debit::check(frame, &pay_form(frame.language), &facts)
    });
    both("debit-receipt", |frame| {
        debit::receipt(frame, &facts, &planned(true))
    });
    let shown = debit::receipt(&frame(Language::Fr), &facts, &planned(false)).0;
    assert!(shown.contains("transmis à la banque") && !shown.contains("/abandon"));
}

fn under_way(way: Way) -> Held {
    Held {
        payment: PaymentId::from_bits(9),
        amount: Money::eur(716_000),
        numbers: vec!["FA-2026-0117".into(), "FA-2026-0131".into()],
        method: Method::Card,
        way,
        key: "key-9".into(),
    }
}

fn planned(free: bool) -> Held {
    let on = day("2026-12-07");
    under_way(Way::Debit { on, free })
}

fn left() -> Held {
    let until = Some(Moment::from_seconds(1_795_334_700));
    let resume = Some("https://checkout.stripe.com/c/pay/cs_1".into());
    under_way(Way::Page { resume, until })
}

#[test]
fn payments_under_way_have_a_way_back_and_a_way_out() {
    let over = under_way(Way::Page {
        resume: None,
        until: None,
    });
    let all = [
        left(),
        over,
        under_way(Way::Answer),
        planned(true),
        planned(false),
        Held {
            method: Method::ProviderDebit,
            ..under_way(Way::Bank)
        },
    ];
    both("held", |frame| held::page(frame, &all));
    let mut looks = frame(Language::Fr);
    looks.acts = false;
    let shown = held::page(&looks, &all).0;
    assert!(!shown.contains("<form") && !shown.contains("checkout.stripe.com"));
    let view = |state, method| outcome::CardReturn {
        payment: PaymentId::from_bits(9),
        state,
        amount: Money::eur(716_000),
        method,
        left: true,
        held: Some(left()),
        reference: "RF18 5390 0754 7034".into(),
        gone: None,
        round: 0,
        confirm_at: None,
        again: "/pay?i=inv_1".into(),
    };
    let shown = view(PaymentState::RequiresAction, Method::Card);
    both("return-left", |frame| outcome::page(frame, &shown));
    let shown = view(PaymentState::Cancelled, Method::Card);
    both("return-abandoned", |frame| outcome::page(frame, &shown));
    let shown = view(PaymentState::Cancelled, Method::Debit);
    let shown = outcome::page(&frame(Language::En), &shown).0;
    assert!(shown.contains("Nothing will be taken."));
    both("pay-wrong", |frame| {
        let mut form = pay_form(frame.language);
        let field = amount_field(form.chosen[0].invoice);
        form.chosen[0].amount = "9000".into();
        form.problems = vec![Problem::new(
            &field,
            Wrong::AmountAbove(Money::eur(466_000)),
        )];
        pay::page(frame, &form)
    });
}

fn face(brand: &str, last_four: &str, year: u16) -> CardFace {
    CardFace {
        customer: "cus_1".into(),
        method: format!("pm_{last_four}"),
        brand: brand.into(),
        last_four: last_four.into(),
        expires: Expiry::new(year, 8).unwrap(),
    }
}

#[test]
fn paying_with_a_card_that_is_kept() {
    let card = CardId::from_bits;
    both("pay-kept", |frame| {
        let mut form = pay_form(frame.language);
        form.cards = vec![
            pay::CardBrief::new(frame.language, card(2), &face("visa", "4242", 2028)),
            pay::CardBrief::new(frame.language, card(1), &face("unionpay", "0005", 2027)),
        ];
        form.saved = Some(card(2));
        pay::page(frame, &form)
    });
    both("pay-covered", |frame| {
        let mut form = pay_form(frame.language);
        (form.total, form.covered) = (Money::eur(0), Some(Money::eur(20_000)));
        pay::page(frame, &form)
    });
    both("keep-check", |frame| {
        pay::keep_check(frame, &pay_form(frame.language), &code_ask())
    });
    let view = outcome::CardReturn {
        payment: PaymentId::from_bits(9),
        state: PaymentState::RequiresAction,
        amount: Money::eur(716_000),
        method: Method::Card,
        left: false,
        held: None,
        reference: "RF18 5390 0754 7034".into(),
        gone: None,
        round: 0,
        confirm_at: Some("https://hooks.stripe.com/redirect/1".into()),
        again: "/pay?i=inv_1".into(),
    };
    both("return-confirm", |frame| outcome::page(frame, &view));
    let view = preferences::Preferences {
        own: true,
        cards: vec![
            (card(2), face("visa", "4242", 2028), false),
            (card(1), face("cartes_bancaires", "1234", 2025), true),
        ],
        ..preferences::Preferences::default()
    };
    both("preferences-cards", |frame| preferences::page(frame, &view));
}

fn late_page() -> late::LatePage {
    late::LatePage {
        supplier: "boreal".into(),
        debtor: DebtorId::from_bits(1),
        invoice: InvoiceId::from_bits(1),
        number: "FA-2026-0117".into(),
        due_on: day("2026-11-09"),
        due: Some(Charges {
            interest: Money::eur(1_900),
            indemnity: Money::eur(4_000),
        }),
        rate: Some(Rate(1_240)),
        waived: None,
        may_write: true,
        key: "key-8".into(),
        reason: String::new(),
        problems: Vec::new(),
    }
}

/// What credit notes settled.
pub fn set_off() -> set_off::SetOffLine {
    set_off::SetOffLine {
        payment: PaymentId::from_bits(5),
        on: day("2026-11-12"),
        amount: Money::eur(15_000),
    }
}

#[test]
fn what_credit_notes_settled_can_be_undone() {
    let frame = crate::staff::frame(Language::Fr);
    let mut view = set_off::SetOffPage {
        supplier: "boreal".into(),
        debtor: DebtorId::from_bits(1),
        line: set_off(),
        numbers: [vec!["FA-1".into(), "FA-2".into()], vec!["AV-1".into()]],
        undone: false,
        may_write: true,
        key: "key-8".into(),
        reason: String::new(),
        problems: vec![Problem::new("reason", Wrong::WordsMissing)],
    };
    same("staff-set-off.fr", &set_off::page(&frame, &view));
    view.may_write = false;
    assert!(!set_off::page(&frame, &view).0.contains("<textarea"));
    (view.may_write, view.undone) = (true, true);
    let undone = set_off::page(&frame, &view).0;
    assert!(undone.contains("a été annulée") && !undone.contains("<textarea"));
}

#[test]
fn what_lateness_costs_and_who_gave_it_up() {
    let frame = crate::staff::frame(Language::Fr);
    let mut view = late_page();
    view.problems = vec![Problem::new("reason", Wrong::WaiverReason)];
    same("staff-late.fr", &late::page(&frame, &view));
    let mut view = late_page();
    view.may_write = false;
    view.rate = None;
    let shown = late::page(&frame, &view).0;
    assert!(!shown.contains("<textarea") && shown.contains("inconnu"));
    let at = Moment::from_seconds(1_790_000_000);
    view.waived = Some((
        "staff a@boreal.example".into(),
        "Geste <commercial>".into(),
        at,
    ));
    same("staff-late-waived.fr", &late::page(&frame, &view));
    view.waived = None;
    view.due = None;
    assert!(
        late::page(&frame, &view)
            .0
            .contains("ne facture pas le retard")
    );
}

#[test]
fn a_debit_by_the_provider_is_agreed_to_then_awaited() {
    both("provider-debit", |frame| {
        let form = pay_form(frame.language);
        let lines = [("FA-2026-0117".to_owned(), Money::eur(710_000))];
        provider_debit::check(frame, &form, &lines)
    });
    both("pay-provider-debit", |frame| {
        let mut form = pay_form(frame.language);
        form.debit_by = Method::ProviderDebit;
        form.method = Some(Method::ProviderDebit);
        pay::page(frame, &form)
    });
    let mut form = pay_form(Language::Fr);
    form.debit_by = Method::ProviderDebit;
    form.debit = pay::Offer::AtMost(Money::eur(1_000_000));
    let shown = pay::page(&frame(Language::Fr), &form).0;
    assert!(shown.contains("Jusqu’à 10\u{202f}000,00\u{a0}€"));
    assert!(!shown.contains("debit_on"), "the provider chooses the day");
    let view = |state| outcome::CardReturn {
        payment: PaymentId::from_bits(9),
        state,
        amount: Money::eur(710_000),
        method: Method::ProviderDebit,
        left: false,
        held: None,
        reference: "RF18 5390 0754 7034".into(),
        gone: None,
        round: 0,
        confirm_at: None,
        again: "/pay?i=inv_1".into(),
    };
    both("provider-debit-under-way", |frame| {
        outcome::page(frame, &view(PaymentState::Processing))
    });
    let shown = outcome::page(&frame(Language::Fr), &view(PaymentState::Processing)).0;
    assert!(!shown.contains("http-equiv=\"refresh\"") && !shown.contains("/pay?"));
    let shown = outcome::page(&frame(Language::Fr), &view(PaymentState::Failed)).0;
    assert!(shown.contains("refusé le prélèvement. Rien n’a été débité"));
}
