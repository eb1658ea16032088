//! The rules of disputes that no table shows.

use super::*;
use crate::id::Id;
use crate::samples::{day, eur, invoice};

#[test]
fn each_reason_belongs_to_one_category() {
    let reasons = |category: Category| -> Vec<&str> {
        let all = Reason::ALL
            .iter()
            .filter(|reason| reason.category() == category);
        all.map(|reason| reason.as_str()).collect()
    };
    let administrative = [
        "not_received",
        "order_number_missing",
        "delivery_note_missing",
        "already_paid",
        "credit_note_awaited",
        "other",
    ];
    assert_eq!(reasons(Category::Administrative), administrative);
    assert_eq!(reasons(Category::Logistic), ["delivery", "missing_items"]);
    assert_eq!(reasons(Category::Commercial), ["price", "terms"]);
    assert_eq!(reasons(Category::Technical), ["quality", "after_sales"]);
}

#[test]
fn an_unanswered_or_accepted_dispute_suspends() {
    let suspends = DisputeState::ALL.iter().filter(|state| state.suspends());
    let names: Vec<_> = suspends.map(|state| state.as_str()).collect();
    assert_eq!(names, ["open", "info_needed", "accepted"]);
}

#[test]
fn an_invoice_with_an_order_number_misses_none() {
    let mut item = invoice(1, day("2026-03-01"), eur(100));
    assert!(Reason::OrderNumberMissing.fits(&item));
    item.order_ref = Some("PO 1".into());
    let refused: Vec<_> = Reason::ALL.iter().filter(|one| !one.fits(&item)).collect();
    assert_eq!(refused, [&Reason::OrderNumberMissing]);
}

#[test]
fn each_side_says_what_is_its_own() {
    for (event, author, words, ends) in [
        (DisputeEvent::AskMore, Author::Supplier, true, false),
        (DisputeEvent::Answer, Author::Debtor, true, false),
        (DisputeEvent::Add, Author::Debtor, true, false),
        (DisputeEvent::Tell, Author::Supplier, true, false),
        (DisputeEvent::Extend, Author::Supplier, true, false),
        (DisputeEvent::Accept, Author::Supplier, false, true),
        (DisputeEvent::Credit, Author::Supplier, false, true),
        (DisputeEvent::Deduct, Author::Supplier, false, true),
        (DisputeEvent::Reject, Author::Supplier, true, true),
        (DisputeEvent::Withdraw, Author::Debtor, false, true),
        (DisputeEvent::Reopen, Author::Debtor, true, false),
    ] {
        let found = (event.author(), event.needs_words(), event.ends());
        assert_eq!(found, (author, words, ends), "{event}");
    }
}

fn dispute(state: DisputeState, answered_at: Option<i64>) -> Dispute {
    Dispute {
        id: DisputeId::from_bits(1),
        supplier: SupplierId::from_bits(1),
        debtor: DebtorId::from_bits(1),
        invoice: InvoiceId::from_bits(1),
        reason: Reason::Price,
        amount: eur(40),
        text: String::new(),
        state,
        declared_at: Moment::from_seconds(0),
        answer_by: day("2026-03-05"),
        owner: None,
        answered_at: answered_at.map(Moment::from_seconds),
        credit: None,
    }
}

#[test]
fn an_answer_can_be_reopened_for_sixty_days() {
    use DisputeState as State;
    let (at, last) = (100, 100 + REOPEN_DAYS * 86_400);
    for (state, now, expected) in [
        (State::Rejected, at, true),
        (State::Rejected, last, true),
        (State::Rejected, last + 1, false),
        (State::Accepted, last, true),
        (State::Withdrawn, last, true),
        (State::Credited, at, false),
        (State::Open, at, false),
        (State::InfoNeeded, at, false),
    ] {
        let dispute = dispute(state, Some(at));
        let found = dispute.may_reopen(Moment::from_seconds(now));
        assert_eq!(found, expected, "{state} after {now} seconds");
    }
    // Those from before answers were dated count from their declaration.
    let undated = dispute(State::Rejected, None);
    assert!(undated.may_reopen(Moment::from_seconds(REOPEN_DAYS * 86_400)));
    assert!(!undated.may_reopen(Moment::from_seconds(REOPEN_DAYS * 86_400 + 1)));
}

#[test]
fn no_more_is_reopened_than_is_open_and_free() {
    for (state, open, disputed, expected) in [
        (DisputeState::Rejected, 100, 0, 40),
        (DisputeState::Rejected, 100, 70, 30),
        (DisputeState::Rejected, 25, 0, 25),
        (DisputeState::Rejected, 0, 0, 0),
        (DisputeState::Rejected, 10, 20, 0),
        (DisputeState::Accepted, 100, 40, 40),
        (DisputeState::Accepted, 30, 40, 30),
    ] {
        let mut item = invoice(1, day("2026-03-01"), eur(open));
        item.disputed = eur(disputed);
        let found = dispute(state, Some(1)).reopened_amount(&item);
        assert_eq!(found, Ok(eur(expected)), "{state}: {disputed} of {open}");
    }
}
