//! Promises, delays and plans, and what is said before the due date, in both languages.

use domain::confirmation::Answers;
use domain::party::Language;
use domain::payment::Method;
use domain::plan::{Part, PlanState};
use domain::promise::PromiseState;
use domain::{Id, Money, PlanId, PromiseId};
use views::portal::pay::MandateBrief;
use views::portal::plan_check::{self, Decision};
use views::portal::transfer::TransferPage;
use views::portal::{confirm, plan, plan_form, promise, promised};
use views::problem::{Problem, Wrong};

use crate::golden::same;
use crate::people::code_ask;
use crate::portal::{both, chosen};
use crate::samples::{TODAY, at, day, frame, rows};

fn promise_form(lang: Language) -> promise::PromiseForm {
    promise::PromiseForm {
        chosen: chosen(lang),
        key: "key-4".into(),
        day: "2027-03-01".into(),
        first: day("2026-11-22"),
        last: day("2026-12-21"),
        transfer: true,
        mandate: None,
        way: Some(Method::Transfer),
        replaces: Some(PromiseId::from_bits(3)),
        problems: vec![Problem::new(
            "day",
            Wrong::DayOutside(day("2026-11-22"), day("2026-12-21")),
        )],
    }
}

pub fn promised(state: PromiseState) -> promised::Promised {
    promised::Promised {
        id: PromiseId::from_bits(4),
        amount: Money::eur(716_000),
        due_on: day("2026-11-30"),
        state,
        made_at: at("2026-11-20", 9),
        method: Some(Method::Transfer),
        payment: None,
        numbers: vec!["FA-2026-0117".into(), "FA-2026-0131".into()],
        transfer: Some(TransferPage {
            holder: "BOREAL ENERGIE SAS".into(),
            iban: "FR7630006000011234567890189".parse().unwrap(),
            bic: None,
            reference: "RF18 5390 0754 7034".into(),
            amount: Money::eur(716_000),
            qr_svg: None,
        }),
        plan: None,
        change: Some("/promise?i=inv_1&replaces=pro_4".into()),
        can_withdraw: state == PromiseState::Made,
        too_late: false,
        key: "key-4".into(),
    }
}

#[test]
fn promise_pages() {
    both("promise-errors", |frame| {
        promise::page(frame, &promise_form(frame.language))
    });
    let (total, due) = (Money::eur(716_000), day("2026-11-30"));
    both("promise-check", |frame| {
        promise::check(frame, &promise_form(frame.language), total, due)
    });
    both("promised", |frame| {
        promised::page(frame, &promised(PromiseState::Made))
    });
    same(
        "promised-check.fr",
        &promised::check(&frame(Language::Fr), &promised(PromiseState::Made)),
    );
    for (state, words) in [
        (PromiseState::Kept, "dans les temps. Merci"),
        (PromiseState::Broken, "pas parvenu"),
        (PromiseState::Cancelled, "relances reprennent"),
    ] {
        let page = promised::page(&frame(Language::Fr), &promised(state)).0;
        assert!(page.contains(words), "{state}");
        assert!(!page.contains("FR76 3000"), "{state}: nothing is awaited");
    }
}

#[test]
fn a_promise_goes_into_a_calendar_without_an_iban() {
    let file = promised::day(&frame(Language::Fr), &promised(PromiseState::Made));
    assert!(file.contains("DTSTART;VALUE=DATE:20261130\r\n"));
    assert!(file.contains("Boréal") && file.contains("RF18 5390 0754 7034"));
    assert!(!file.contains("FR76"));
}

fn parts() -> Vec<Part> {
    [("2026-12-21", 300_000), ("2027-01-20", 416_000)]
        .map(|(on, cents)| Part {
            due_on: day(on),
            amount: Money::eur(cents),
        })
        .into()
}

fn mandate() -> Option<MandateBrief> {
    Some(MandateBrief {
        reference: "M20261120-0123456789".into(),
        last_four: "0189".into(),
    })
}

fn plan_form(lang: Language) -> plan_form::PlanForm {
    plan_form::PlanForm {
        chosen: chosen(lang),
        total: Money::eur(716_000),
        key: "key-5".into(),
        reason: "Un gros client nous paie en décembre.".into(),
        rows: vec![
            ("2026-12-21".into(), "3000".into()),
            ("2027-01-20".into(), "4000".into()),
        ],
        recounted: false,
        now: false,
        mandate: mandate(),
        debit: true,
        days: (day(TODAY), day("2027-11-22")),
        problems: vec![Problem::new(
            "p_2",
            Wrong::PartsSum(Money::eur(700_000), Money::eur(716_000)),
        )],
    }
}

pub fn plan_page(state: PlanState) -> plan::PlanPage {
    let lines = parts().into_iter().zip([300_000, 0]);
    plan::PlanPage {
        declined: false,
        id: PlanId::from_bits(5),
        amount: Money::eur(716_000),
        state,
        numbers: vec!["FA-2026-0117".into()],
        lines: lines
            .map(|(part, paid)| plan::PartLine {
                part,
                paid: Money::eur(paid),
                debited: paid == 0 && state == PlanState::Active,
                missed: paid == 0 && state == PlanState::Defaulted,
            })
            .collect(),
        answer_by: day("2026-11-27"),
        mandate: mandate(),
        words: "Merci de <régler> la moitié.".into(),
        next: Some(("/pay?i=inv_1&a_inv_1=4160%2C00".into(), Money::eur(416_000))),
        other: "/plan?i=inv_1".into(),
        key: "key-5".into(),
    }
}

#[test]
fn plan_pages() {
    both("plan-errors", |frame| {
        plan_form::page(frame, &plan_form(frame.language))
    });
    both("plan-check", |frame| {
        plan_form::check(frame, &plan_form(frame.language), &parts(), None)
    });
    both("plan-code", |frame| {
        plan_form::check(
            frame,
            &plan_form(frame.language),
            &parts(),
            Some(&code_ask()),
        )
    });
    both("plan-agree", |frame| {
        let offer = plan_page(PlanState::Countered);
        plan_check::page(frame, &offer, Decision::Agree, Some(&code_ask()))
    });
    both("plan-decline", |frame| {
        plan_check::page(
            frame,
            &plan_page(PlanState::Countered),
            Decision::Refuse,
            None,
        )
    });
    both("plan-withdraw", |frame| {
        plan_check::page(
            frame,
            &plan_page(PlanState::Proposed),
            Decision::Cancel,
            None,
        )
    });
    both("plan-active", |frame| {
        plan::page(frame, &plan_page(PlanState::Active))
    });
    both("plan-offer", |frame| {
        plan::page(frame, &plan_page(PlanState::Countered))
    });
    for state in PlanState::ALL {
        let page = plan::page(&frame(Language::Fr), &plan_page(*state)).0;
        assert_eq!(page.contains("name=\"decision\""), state.waits(), "{state}");
        let pays = page.contains("/pay?i=inv_1");
        assert_eq!(pays, *state == PlanState::Active, "{state}");
        assert!(page.contains("&lt;régler&gt;"), "{state}");
    }
}

/// The supplier is asked before it ends a plan.
#[test]
fn the_end_of_a_plan_is_checked() {
    crate::staff::both("plan-end", |frame| {
        let plan = crate::staff::open_plan();
        views::staff::plan::check_end(frame, &crate::staff::delmas(), &plan)
    });
}

#[test]
fn what_is_asked_before_the_due_date() {
    let form = confirm::ConfirmForm {
        item: rows().remove(5).item,
        key: "key-6".into(),
        received: Some(true),
        recorded: None,
        conform: None,
        pays_on: "hier".into(),
        days: (day(TODAY), day("2027-11-21")),
        problems: vec![Problem::new("pays_on", Wrong::DayUnreadable)],
    };
    both("confirm-errors", |frame| confirm::page(frame, &form));
    assert!(Answers::default().is_empty());
}
