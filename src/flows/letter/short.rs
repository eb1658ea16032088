//! What a text message says: the same facts as the mail of its kind, in one segment.

use domain::Day;
use domain::message::{Message, MessageKind};
use domain::sms::spell;
use views::mail::Mail;
use views::sms;

use super::{Fact, Material, page};
use crate::flows::error::FlowError;
use crate::flows::guard::sum;

/// The words, for the account as it was read; none for kinds that go to a mailbox only.
pub(in crate::flows) fn short(
    message: &Message,
    material: &Material,
    link: String,
    today: Day,
) -> Result<Option<String>, FlowError> {
    let mail = page(message.kind, material, link, today)?;
    if let Some(own) = material.own(&mail) {
        return Ok(Some(spell(&own.body)));
    }
    built_in(message.kind, &material.fact, &mail)
}

/// The words that are built in; none for kinds that go to a mailbox only.
pub(in crate::flows) fn built_in(
    kind: MessageKind,
    fact: &Fact,
    mail: &Mail,
) -> Result<Option<String>, FlowError> {
    Ok(Some(match (fact, kind) {
        (Fact::Thanks(facts, _), _) => sms::thanks(mail, facts),
        (Fact::MoneyBack(amount, cause), _) => sms::money_back(mail, *amount, *cause),
        (Fact::Plan(facts), MessageKind::PlanAccepted) => sms::plan_accepted(mail, facts),
        (Fact::Plan(facts), MessageKind::PlanCountered) => sms::plan_countered(mail, facts),
        (Fact::Plan(facts), MessageKind::PlanRefused) => sms::plan_refused(mail, facts),
        (Fact::Plan(facts), MessageKind::PlanMissed) => sms::plan_missed(mail, facts),
        (Fact::Plan(facts), _) => sms::plan_received(mail, facts),
        (Fact::Promise(amount, day, _), MessageKind::PromiseBroken) => {
            sms::promise_broken(mail, *amount, *day)
        }
        (Fact::Promise(amount, day, _), _) => sms::promise_noted(mail, *amount, *day),
        (Fact::Soon(day, left), _) => sms::promise_soon(mail, sum(left)?, *day),
        (Fact::Dispute(facts), _) => sms::dispute_received(mail, facts),
        (Fact::Said(facts), MessageKind::DisputeQuestion) => sms::dispute_question(mail, facts),
        (Fact::Said(facts), MessageKind::DisputeDelayed) => sms::dispute_delayed(mail, facts),
        (Fact::Said(facts), _) => sms::dispute_answer(mail, facts),
        (Fact::Mandate(facts), _) => sms::mandate_signed(mail, facts),
        (Fact::Revoked(facts), _) => sms::mandate_revoked(mail, &facts.mandate),
        (Fact::Debit(debit), _) => {
            sms::debit_notice(mail, debit.as_ref().ok_or(FlowError::NothingOpen)?)
        }
        (Fact::Ended(facts), _) => sms::debit_ended(mail, facts),
        (Fact::Formal(facts), _) => sms::formal_notice(mail, facts),
        (Fact::ProviderDebit(amount, _), MessageKind::DebitUnderWay) => {
            sms::debit_under_way(mail, *amount)
        }
        (Fact::ProviderDebit(amount, _), _) => sms::debit_refused(mail, *amount),
        (Fact::Forwarded(_) | Fact::Code(_), _) | (Fact::None, MessageKind::ContactChanged) => {
            return Ok(None);
        }
        (Fact::None, MessageKind::Notice) => sms::notice(mail),
        (Fact::None, MessageKind::Reminder1) => sms::reminder_1(mail),
        (Fact::None, MessageKind::Reminder2) => sms::reminder_2(mail),
        (Fact::None, MessageKind::Reminder3) => sms::reminder_3(mail),
        (Fact::None, _) => sms::fresh_link(mail),
    }))
}
