//! Mails as suppliers send them, and at their longest.

use domain::code::Action;
use domain::collection::EndKind;
use domain::dispute::Reason;
use domain::late::ChargeKind;
use domain::mandate::Scheme;
use domain::message::MessageKind;
use domain::party::{Language, LegalMode};
use domain::reversal::Cause;
use domain::{Day, Money};

use super::super::*;

pub const LINK: &str = "https://compte.boreal.test/l/aBwcHBwcHBwcHBwcHBwcHB0Kbcx7tPBYB";

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn mail(language: Language, invoices: Vec<MailInvoice>, totals: Vec<Money>) -> Mail {
    Mail {
        brand: Brand {
            name: "Boréal Fournitures".to_owned(),
            address: "12 rue des Forges, 69007 Lyon".to_owned(),
            accent: "#1f6f4a".parse().unwrap(),
            contact_email: "compta@boreal.test".to_owned(),
            contact_phone: "04 72 00 00 00".to_owned(),
        },
        language,
        legal_mode: LegalMode::OwnAccount,
        debtor: "Durand & Fils SARL".to_owned(),
        greeting: Some("Service comptabilité".to_owned()),
        invoices,
        totals,
        apart: Vec::new(),
        link: LINK.to_owned(),
        own: None,
        is_trial: false,
    }
}

pub fn invoice(number: &str, due_on: &str, cents: i64) -> MailInvoice {
    MailInvoice {
        number: number.to_owned(),
        due_on: day(due_on),
        amount: Money::eur(cents),
        late: day(due_on) < day("2026-11-21"),
    }
}

pub fn three(language: Language) -> Mail {
    let invoices = vec![
        invoice("F-2026-118", "2026-11-02", 416_000),
        invoice("F-2026-131", "2026-11-09", 250_000),
        invoice("F-2026-140", "2026-11-16", 50_000),
    ];
    mail(language, invoices, vec![Money::eur(716_000)])
}

pub fn many(language: Language, count: i64) -> Mail {
    let number = |place| format!("F-2026-{place:04}");
    let invoices = (0..count).map(|place| invoice(&number(place), "2026-11-02", 123_456));
    mail(
        language,
        invoices.collect(),
        vec![Money::eur(123_456 * count)],
    )
}

/// Numbers, names and amounts as long as they get, in three currencies.
pub fn longest(language: Language) -> Mail {
    let amount = |code: &str| Money::new(-98_765_432_109, code.parse().unwrap());
    let item = invoice(&"W".repeat(35), "2026-12-12", 98_765_432_109);
    let mut mail = mail(
        language,
        vec![item],
        ["EUR", "CHF", "USD"].map(amount).into(),
    );
    mail.brand.name = "Compagnie générale des fournitures du Grand Nord et associés".to_owned();
    mail
}

pub fn mandate() -> MandateFacts {
    MandateFacts {
        reference: "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345678".parse().unwrap(),
        creditor_id: "FR72ZZZ123456".parse().unwrap(),
        scheme: Scheme::B2b,
        iban_last_four: "0189".to_owned(),
    }
}

/// What a supplier says, at its longest: two thousand lines.
pub fn said(mail: &Mail) -> DisputeSaid {
    DisputeSaid {
        invoice: mail.invoices[0].number.clone(),
        amount: mail.totals[0],
        words: "a\n".repeat(1_000),
        answer_by: day("2026-12-02"),
        owner: Some("Service logistique".to_owned()),
        outcome: DisputeOutcome::Credited("AV-2026-0012".to_owned(), mail.totals[0]),
        settled: true,
        files: true,
    }
}

fn plan(amount: Money) -> PlanFacts {
    let part = domain::plan::Part {
        due_on: day("2026-12-02"),
        amount,
    };
    PlanFacts {
        debited: true,
        amount,
        parts: vec![part; 12],
        missed: Some(part),
        answer_by: day("2026-12-12"),
        words: "Merci de votre confiance.".to_owned(),
    }
}

fn without_link(mail: &Mail) -> Mail {
    Mail {
        link: String::new(),
        ..mail.clone()
    }
}

fn ended(amount: Money) -> EndedFacts {
    EndedFacts {
        amount,
        collect_on: day("2026-12-02"),
        kind: EndKind::Return,
        reason: "AM04".to_owned(),
        action: domain::reason_code::Action::Human,
        again: false,
        arrived: true,
    }
}

pub fn thanked(amount: Money) -> ThanksFacts {
    ThanksFacts {
        amount,
        set_off: false,
        received_on: day("2026-12-02"),
        remaining: vec![Money::eur(250_000)],
    }
}

pub fn disputed(mail: &Mail) -> DisputeFacts {
    DisputeFacts {
        invoice: mail.invoices[0].number.clone(),
        amount: mail.totals[0],
        rest: Money::eur(12_345),
        reason: Reason::DeliveryNoteMissing,
        answer_by: day("2026-12-02"),
        owner: Some("Service logistique".to_owned()),
    }
}

pub fn announced(mail: &Mail) -> DebitFacts {
    DebitFacts {
        amount: mail.totals[0],
        collect_on: day("2026-12-02"),
        mandate: mandate(),
    }
}

pub fn demanded(amount: Money) -> FormalFacts {
    let interest = (ChargeKind::Interest, vec![Money::eur(30_736)]);
    let indemnity = (ChargeKind::Indemnity, vec![Money::eur(4_000)]);
    FormalFacts {
        on: day("2026-12-02"),
        pay_by: day("2026-12-10"),
        charges: vec![interest, indemnity],
        total: vec![amount.checked_add(Money::eur(34_736)).unwrap()],
    }
}

/// No wildcard: a new kind of message does not compile before it has its text.
pub fn render(kind: MessageKind, mail: &Mail) -> Rendered {
    let amount = mail.totals[0];
    let on = day("2026-12-02");
    match kind {
        MessageKind::Notice => notice(mail),
        MessageKind::Reminder1 => reminder_1(mail),
        MessageKind::Reminder2 => reminder_2(mail),
        MessageKind::Reminder3 => reminder_3(mail),
        MessageKind::FormalNotice => formal_notice(mail, &demanded(amount)),
        MessageKind::Thanks => thanks(mail, &thanked(amount)),
        MessageKind::MoneyBack => money_back(mail, amount, Cause::Dispute),
        MessageKind::DebitEnded => debit_ended(mail, &ended(amount)),
        MessageKind::PromiseNoted => promise_noted(mail, amount, on),
        MessageKind::PromiseSoon => promise_soon(mail, amount, on),
        MessageKind::PromiseBroken => promise_broken(mail, amount, on),
        MessageKind::PlanReceived => plan_received(mail, &plan(amount)),
        MessageKind::PlanAccepted => plan_accepted(mail, &plan(amount)),
        MessageKind::PlanCountered => plan_countered(mail, &plan(amount)),
        MessageKind::PlanRefused => plan_refused(mail, &plan(amount)),
        MessageKind::PlanMissed => plan_missed(mail, &plan(amount)),
        MessageKind::DisputeReceived => dispute_received(mail, &disputed(mail)),
        MessageKind::DisputeQuestion => dispute_question(mail, &said(mail)),
        MessageKind::DisputeDelayed => dispute_delayed(mail, &said(mail)),
        MessageKind::DisputeAnswer => dispute_answer(mail, &said(mail)),
        MessageKind::MandateSigned => mandate_signed(mail, &mandate()),
        MessageKind::MandateRevoked => mandate_revoked(
            mail,
            &RevokedFacts {
                mandate: mandate(),
                at_bank: vec![(on, amount)],
                instead: vec![(None, amount), (Some(on), amount)],
            },
        ),
        MessageKind::DebitNotice => debit_notice(mail, &announced(mail)),
        MessageKind::DebitUnderWay => debit_under_way(mail, amount),
        MessageKind::DebitRefused => debit_refused(mail, amount),
        MessageKind::FreshLink => fresh_link(mail),
        MessageKind::Code => code(&without_link(mail), "123456", Action::Mandate),
        MessageKind::Forwarded => forwarded(mail, true),
        MessageKind::ContactChanged => contact_changed(&without_link(mail)),
    }
}

pub fn everything() -> Vec<(String, Mail, Rendered)> {
    let mut all = Vec::new();
    for language in Language::ALL {
        let one = vec![invoice("F-2026-118", "2026-11-02", 716_000)];
        let one = mail(*language, one, vec![Money::eur(716_000)]);
        for mail in [
            one,
            three(*language),
            many(*language, 42),
            longest(*language),
        ] {
            for kind in MessageKind::ALL {
                let name = format!("{kind} {language} {} invoices", mail.invoices.len());
                all.push((name, mail.clone(), render(*kind, &mail)));
            }
        }
    }
    all
}
