//! What a message in the outbox says: the account as it is now, put into the template's words.

mod dispute;
mod formal;
mod listed;

use domain::code::Action;
use domain::collection::CollectionState;
use domain::hours::Rhythm;
use domain::invoice::{Invoice, ItemKind, Share};
use domain::mandate::Mandate;
use domain::message::{Message, MessageKind};
use domain::party::{Contact, Debtor, Scope, Supplier};
use domain::payment::Method;
use domain::reversal::Cause;
use domain::{ForwardId, MessageId, Moment, Money};
use views::brand::Brand;
use views::mail::{
    self, DebitFacts, DisputeFacts, DisputeSaid, EndedFacts, FormalFacts, Mail, MandateFacts,
    PlanFacts, Rendered, RevokedFacts, ThanksFacts,
};

use super::error::FlowError;
use super::plan_reminders::withhold;
use super::{money_back, revoke_mandate};
use crate::store::forward::Forward;
use crate::store::{self, Conn};

/// Everything a message needs, read in one go.
#[derive(Clone, Debug)]
pub(super) struct Material {
    pub supplier: Supplier,
    pub debtor: Debtor,
    pub contact: Contact,
    pub invoices: Vec<Invoice>,
    pub fact: Fact,
    /// The mailbox it goes to, when that is not the contact's.
    pub recipient: Option<String>,
    /// The account's guard when this was read.
    pub epoch: i64,
    /// When messages of our own accord may leave.
    pub rhythm: Rhythm,
    /// The reminder that this one follows up.
    pub follows: Option<MessageId>,
}

/// Days after which a reminder begins a conversation of its own.
const FOLLOWS_DAYS: i64 = 90;

impl Material {
    /// The contact's language, else the debtor's, else the supplier's.
    fn language(&self) -> domain::party::Language {
        let known = self.contact.language.or(self.debtor.language);
        known.unwrap_or(self.supplier.language)
    }

    /// What the message's link allows, and the access it belongs to.
    pub(super) fn access(&self) -> (Scope, Option<ForwardId>) {
        match &self.fact {
            Fact::Forwarded(access) => (access.scope, Some(access.id)),
            _ => (Scope::Act, None),
        }
    }

    /// Without what the kept copy must not hold; none when there is nothing of the kind.
    pub(super) fn without_secrets(&self) -> Option<Self> {
        let Fact::Code(Some((_, action))) = &self.fact else {
            return None;
        };
        let mut copy = self.clone();
        copy.fact = Fact::Code(Some((mail::HIDDEN.to_owned(), *action)));
        Some(copy)
    }
}

/// What a message is about, besides the account.
#[derive(Clone, Debug)]
pub(super) enum Fact {
    None,
    /// A payment, and what of it went to each invoice.
    Thanks(ThanksFacts, Vec<Share>),
    MoneyBack(Money, Cause),
    /// A promise: how much, when, and how much of each invoice.
    Promise(Money, domain::Day, Vec<Share>),
    Plan(PlanFacts),
    Dispute(DisputeFacts),
    Said(DisputeSaid),
    Mandate(MandateFacts),
    Revoked(RevokedFacts),
    /// A debit that is announced; none once it was called off.
    Debit(Option<DebitFacts>),
    /// A debit that the payment provider makes: how much, and of which invoices.
    ProviderDebit(Money, Vec<Share>),
    /// A debit that ended without its money.
    Ended(EndedFacts),
    /// What a formal notice demands.
    Formal(FormalFacts),
    /// What an access that was passed on allows, and to whom it goes.
    Forwarded(Forward),
    /// The digits of a code, while it can be typed, and what it is for.
    Code(Option<(String, Action)>),
}

/// Reads what a message needs.
pub(super) fn gather(
    conn: &mut Conn,
    message: &Message,
    now: Moment,
) -> Result<Material, store::StoreError> {
    let (supplier, debtor) = (message.supplier, message.debtor);
    let ids = store::outbox::invoices(conn, supplier, message.id)?;
    let mut material = Material {
        epoch: store::debtor::epoch(conn, supplier, debtor)?,
        supplier: store::supplier::find(conn, supplier)?,
        debtor: store::debtor::find(conn, supplier, debtor)?,
        contact: store::contact::find(conn, supplier, message.contact)?,
        invoices: store::invoice::find_many(conn, supplier, debtor, &ids)?,
        fact: Fact::None,
        recipient: None,
        rhythm: store::rhythm::find(conn, supplier)?,
        follows: None,
    };
    if message.kind.keeps_hours() {
        let on = (debtor, material.supplier.zone.day(now));
        withhold(conn, &material.supplier, on, &mut material.invoices)?;
    }
    if message.kind.is_reminder() {
        let since = now.plus_days(-FOLLOWS_DAYS);
        material.follows = store::outbox::reminded_before(conn, message, since)?;
    }
    if matches!(
        message.kind,
        MessageKind::Forwarded | MessageKind::ContactChanged
    ) {
        material.recipient = store::outbox::addressed(conn, supplier, message.id)?;
    }
    material.fact = fact(conn, message, &material, now)?;
    if message.kind == MessageKind::FreshLink {
        material.invoices = store::invoice::open_of_debtor(conn, supplier, debtor)?;
        material
            .invoices
            .retain(|item| item.kind == ItemKind::Invoice);
    }
    Ok(material)
}

fn about<T: std::str::FromStr>(message: &Message) -> Result<T, store::StoreError>
where
    T::Err: std::fmt::Display,
{
    let why = |why: T::Err| store::StoreError::Corrupt {
        what: "message.about",
        why: why.to_string(),
    };
    message.about.parse().map_err(why)
}

fn fact(
    conn: &mut Conn,
    message: &Message,
    material: &Material,
    now: Moment,
) -> Result<Fact, store::StoreError> {
    let supplier = message.supplier;
    Ok(match message.kind {
        MessageKind::Thanks => thanks(conn, message, material)?,
        MessageKind::MoneyBack => {
            let (amount, cause) = money_back::read_about(conn, supplier, &message.about)?;
            Fact::MoneyBack(amount, cause)
        }
        MessageKind::PlanReceived
        | MessageKind::PlanAccepted
        | MessageKind::PlanCountered
        | MessageKind::PlanRefused
        | MessageKind::PlanMissed => Fact::Plan(plan(conn, supplier, about(message)?)?),
        MessageKind::PromiseNoted | MessageKind::PromiseBroken => {
            let promise = store::promise::find(conn, supplier, about(message)?)?;
            Fact::Promise(promise.amount, promise.due_on, promise.shares)
        }
        MessageKind::DisputeReceived => {
            let dispute = store::dispute::find(conn, supplier, about(message)?)?;
            Fact::Dispute(dispute::received(dispute, &material.invoices))
        }
        MessageKind::DisputeQuestion | MessageKind::DisputeDelayed | MessageKind::DisputeAnswer => {
            let remark = store::remark::find(conn, supplier, about(message)?)?;
            let dispute = store::dispute::find(conn, supplier, remark.dispute)?;
            let open = store::invoice::open_of_debtor(conn, supplier, message.debtor)?;
            let settled = open.iter().all(|item| item.kind != ItemKind::Invoice);
            let files = store::attachment::any_of(conn, supplier, dispute.id, remark.id)?;
            let besides = (settled, files);
            Fact::Said(dispute::said(dispute, remark, &material.invoices, besides))
        }
        MessageKind::MandateRevoked => Fact::Revoked(revoked(conn, message)?),
        MessageKind::MandateSigned => Fact::Mandate(mandate(conn, message, about(message)?)?),
        MessageKind::DebitNotice => {
            let collection = store::collection::find(conn, supplier, about(message)?)?;
            let facts = DebitFacts {
                amount: collection.amount,
                collect_on: collection.collect_on,
                mandate: mandate(conn, message, collection.mandate)?,
            };
            let called_off = collection.state == CollectionState::Cancelled;
            Fact::Debit((!called_off).then_some(facts))
        }
        MessageKind::FormalNotice => Fact::Formal(formal::facts(conn, material, now)?),
        MessageKind::DebitEnded => Fact::Ended(ended(conn, supplier, about(message)?)?),
        MessageKind::DebitUnderWay | MessageKind::DebitRefused => {
            let payment = store::payment::find(conn, supplier, about(message)?)?;
            Fact::ProviderDebit(payment.amount, payment.shares)
        }
        MessageKind::Forwarded => {
            Fact::Forwarded(store::forward::find(conn, supplier, about(message)?)?)
        }
        MessageKind::Code => Fact::Code(store::code::digits(conn, supplier, about(message)?, now)?),
        _ => Fact::None,
    })
}

fn ended(
    conn: &mut Conn,
    supplier: domain::SupplierId,
    id: domain::CollectionId,
) -> Result<EndedFacts, store::StoreError> {
    let debit = store::collection::find(conn, supplier, id)?;
    let end = store::debit_return::find(conn, supplier, id)?.ok_or(store::StoreError::NotFound)?;
    Ok(EndedFacts {
        amount: debit.amount,
        collect_on: debit.collect_on,
        kind: end.kind,
        reason: end.reason,
        action: end.action,
        again: end.retried_by.is_some(),
        arrived: debit.state != CollectionState::Rejected,
    })
}

fn plan(
    conn: &mut Conn,
    supplier: domain::SupplierId,
    id: domain::PlanId,
) -> Result<PlanFacts, store::StoreError> {
    let plan = store::plan::find(conn, supplier, id)?;
    let promises = store::promise::of_plan(conn, supplier, plan.debtor, id)?;
    let waits = |one: &&domain::plan::Instalment| {
        let own = |promise: &&domain::promise::Promise| Some(promise.id) == one.promise;
        let promise = promises.iter().find(own);
        promise.is_some_and(|promise| promise.state == domain::promise::PromiseState::Made)
    };
    let missed = plan.parts.iter().filter(|one| one.missed_on.is_some());
    Ok(PlanFacts {
        amount: plan.amount,
        missed: missed.filter(waits).map(|one| one.part).next(),
        parts: plan.parts.iter().map(|one| one.part).collect(),
        answer_by: plan.answer_by,
        debited: plan.mandate.is_some(),
        words: plan.words,
    })
}

fn mandate(
    conn: &mut Conn,
    message: &Message,
    id: domain::MandateId,
) -> Result<MandateFacts, store::StoreError> {
    let mandate = store::mandate::find(conn, message.supplier, id)?;
    Ok(named(&mandate))
}

fn named(mandate: &Mandate) -> MandateFacts {
    MandateFacts {
        reference: mandate.reference.clone(),
        creditor_id: mandate.creditor_id.clone(),
        scheme: mandate.scheme,
        iban_last_four: mandate.iban.last_four().to_owned(),
    }
}

/// What to pay otherwise is told as it stands when the message leaves.
fn revoked(conn: &mut Conn, message: &Message) -> Result<RevokedFacts, store::StoreError> {
    let whose = (message.supplier, message.debtor);
    let ordered = revoke_mandate::look(conn, whose, about(message)?)?;
    let at_bank = ordered.debits.iter().filter(|one| one.state.is_at_bank());
    Ok(RevokedFacts {
        mandate: named(&ordered.mandate),
        at_bank: at_bank.map(|one| (one.collect_on, one.amount)).collect(),
        instead: ordered.instead,
    })
}

fn thanks(
    conn: &mut Conn,
    message: &Message,
    material: &Material,
) -> Result<Fact, store::StoreError> {
    let payment = store::payment::find(conn, message.supplier, about(message)?)?;
    let today = material.supplier.zone.day(payment.created_at);
    let open = store::invoice::open_of_debtor(conn, message.supplier, message.debtor)?;
    let sums = domain::account::totals(&open, today)
        .map_err(|why| store::StoreError::Failed(why.to_string()))?;
    let facts = ThanksFacts {
        amount: payment.amount,
        set_off: payment.method == Method::Credit,
        received_on: payment.effective_on.unwrap_or(today),
        remaining: sums
            .values()
            .map(|sum| sum.open)
            .filter(|open| open.is_positive())
            .collect(),
    };
    Ok(Fact::Thanks(facts, payment.shares))
}

/// Whether a reminder still asks for anything, a missing instalment is still missing, a debit was
/// not called off, or a code can still be typed.
pub(super) fn still_wanted(kind: MessageKind, material: &Material) -> Result<bool, FlowError> {
    if let (MessageKind::PlanMissed, Fact::Plan(facts)) = (kind, &material.fact) {
        return Ok(facts.missed.is_some() && !material.invoices.is_empty());
    }
    if !kind.is_reminder() {
        let ended = match &material.fact {
            Fact::Code(code) => code.is_none(),
            Fact::Debit(debit) => debit.is_none(),
            Fact::Forwarded(access) => access.revoked_at.is_some(),
            _ => false,
        };
        return Ok(!ended);
    }
    for invoice in &material.invoices {
        if invoice.remindable()?.is_positive() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The words, for the account as it was read.
pub(super) fn render(
    message: &Message,
    material: &Material,
    link: String,
    today: domain::Day,
) -> Result<Rendered, FlowError> {
    let supplier = &material.supplier;
    let invoices = listed::listed(message.kind, material, today)?;
    let mut mail = Mail {
        brand: brand(supplier),
        language: material.language(),
        legal_mode: supplier.legal_mode,
        debtor: material.debtor.name.clone(),
        greeting: material.contact.name.clone(),
        totals: listed::totals(&invoices)?,
        apart: listed::apart(message.kind, material)?,
        invoices,
        link,
    };
    Ok(match (&material.fact, message.kind) {
        (Fact::Thanks(facts, _), _) => mail::thanks(&mail, facts),
        (Fact::MoneyBack(amount, cause), _) => mail::money_back(&mail, *amount, *cause),
        (Fact::Plan(facts), MessageKind::PlanAccepted) => mail::plan_accepted(&mail, facts),
        (Fact::Plan(facts), MessageKind::PlanCountered) => mail::plan_countered(&mail, facts),
        (Fact::Plan(facts), MessageKind::PlanRefused) => mail::plan_refused(&mail, facts),
        (Fact::Plan(facts), MessageKind::PlanMissed) => mail::plan_missed(&mail, facts),
        (Fact::Plan(facts), _) => mail::plan_received(&mail, facts),
        (Fact::Promise(amount, day, _), MessageKind::PromiseBroken) => {
            mail::promise_broken(&mail, *amount, *day)
        }
        (Fact::Promise(amount, day, _), _) => mail::promise_noted(&mail, *amount, *day),
        (Fact::Dispute(facts), _) => mail::dispute_received(&mail, facts),
        (Fact::Said(facts), MessageKind::DisputeQuestion) => mail::dispute_question(&mail, facts),
        (Fact::Said(facts), MessageKind::DisputeDelayed) => mail::dispute_delayed(&mail, facts),
        (Fact::Said(facts), _) => mail::dispute_answer(&mail, facts),
        (Fact::Mandate(facts), _) => mail::mandate_signed(&mail, facts),
        (Fact::Revoked(facts), _) => mail::mandate_revoked(&mail, facts),
        (Fact::Debit(debit), _) => {
            mail::debit_notice(&mail, debit.as_ref().ok_or(FlowError::NothingOpen)?)
        }
        (Fact::Ended(facts), _) => mail::debit_ended(&mail, facts),
        (Fact::Formal(facts), _) => mail::formal_notice(&mail, facts),
        (Fact::ProviderDebit(amount, _), MessageKind::DebitUnderWay) => {
            mail::debit_under_way(&mail, *amount)
        }
        (Fact::ProviderDebit(amount, _), _) => mail::debit_refused(&mail, *amount),
        (Fact::Forwarded(to), _) => {
            mail.greeting = Some(to.name.clone());
            mail::forwarded(&mail, to.scope == Scope::Act)
        }
        (Fact::None, MessageKind::ContactChanged) => mail::contact_changed(&mail),
        (Fact::Code(code), _) => {
            let (digits, action) = code.as_ref().ok_or(FlowError::CodeEnded)?;
            mail::code(&mail, digits, *action)
        }
        (Fact::None, MessageKind::Notice) => mail::notice(&mail),
        (Fact::None, MessageKind::Reminder1) => mail::reminder_1(&mail),
        (Fact::None, MessageKind::Reminder2) => mail::reminder_2(&mail),
        (Fact::None, MessageKind::Reminder3) => mail::reminder_3(&mail),
        (Fact::None, _) => mail::fresh_link(&mail),
    })
}

/// What a debtor knows a supplier by.
#[must_use]
pub fn brand(supplier: &Supplier) -> Brand {
    Brand {
        name: supplier.name.clone(),
        address: supplier.address.clone(),
        accent: supplier.accent,
        contact_email: supplier.contact_email.clone(),
        contact_phone: supplier.contact_phone.clone(),
    }
}
