//! The words of each kind of message.

use domain::message::MessageKind;
use domain::party::Scope;
use views::mail::{self, Mail, Rendered};

use super::Fact;
use crate::flows::error::FlowError;
use crate::flows::guard;

/// A mail in the words of its kind.
pub(in crate::flows) fn worded(
    kind: MessageKind,
    fact: &Fact,
    mail: &mut Mail,
) -> Result<Rendered, FlowError> {
    Ok(match (fact, kind) {
        (Fact::Thanks(facts, _), _) => mail::thanks(mail, facts),
        (Fact::MoneyBack(amount, cause), _) => mail::money_back(mail, *amount, *cause),
        (Fact::Plan(facts), MessageKind::PlanAccepted) => mail::plan_accepted(mail, facts),
        (Fact::Plan(facts), MessageKind::PlanCountered) => mail::plan_countered(mail, facts),
        (Fact::Plan(facts), MessageKind::PlanRefused) => mail::plan_refused(mail, facts),
        (Fact::Plan(facts), MessageKind::PlanMissed) => mail::plan_missed(mail, facts),
        (Fact::Plan(facts), _) => mail::plan_received(mail, facts),
        (Fact::Promise(amount, day, _), MessageKind::PromiseBroken) => {
            mail::promise_broken(mail, *amount, *day)
        }
        (Fact::Promise(amount, day, _), _) => mail::promise_noted(mail, *amount, *day),
        (Fact::Soon(day, left), _) => mail::promise_soon(mail, guard::sum(left)?, *day),
        (Fact::Dispute(facts), _) => mail::dispute_received(mail, facts),
        (Fact::Said(facts), MessageKind::DisputeQuestion) => mail::dispute_question(mail, facts),
        (Fact::Said(facts), MessageKind::DisputeDelayed) => mail::dispute_delayed(mail, facts),
        (Fact::Said(facts), _) => mail::dispute_answer(mail, facts),
        (Fact::Mandate(facts), _) => mail::mandate_signed(mail, facts),
        (Fact::Revoked(facts), _) => mail::mandate_revoked(mail, facts),
        (Fact::Debit(debit), _) => {
            mail::debit_notice(mail, debit.as_ref().ok_or(FlowError::NothingOpen)?)
        }
        (Fact::Ended(facts), _) => mail::debit_ended(mail, facts),
        (Fact::Formal(facts), _) => mail::formal_notice(mail, facts),
        (Fact::ProviderDebit(amount, _), MessageKind::DebitUnderWay) => {
            mail::debit_under_way(mail, *amount)
        }
        (Fact::ProviderDebit(amount, _), _) => mail::debit_refused(mail, *amount),
        (Fact::Forwarded(to), _) => {
            mail.greeting = Some(to.name.clone());
            mail::forwarded(mail, to.scope == Scope::Act)
        }
        (Fact::None, MessageKind::ContactChanged) => mail::contact_changed(mail),
        (Fact::Code(code), _) => {
            let (digits, action) = code.as_ref().ok_or(FlowError::CodeEnded)?;
            mail::code(mail, digits, *action)
        }
        (Fact::None, MessageKind::Notice) => mail::notice(mail),
        (Fact::None, MessageKind::Reminder1) => mail::reminder_1(mail),
        (Fact::None, MessageKind::Reminder2) => mail::reminder_2(mail),
        (Fact::None, MessageKind::Reminder3) => mail::reminder_3(mail),
        (Fact::None, _) => mail::fresh_link(mail),
    })
}
