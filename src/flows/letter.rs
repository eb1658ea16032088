//! What a message in the outbox says: the account as it is now, put into the template's words.

mod dispute;
mod fact;
mod formal;
mod listed;

use domain::code::Action;
use domain::hours::Rhythm;
use domain::invoice::{Invoice, ItemKind, Share};
use domain::message::{Message, MessageKind};
use domain::party::{Contact, Debtor, Scope, Supplier};
use domain::reversal::Cause;
use domain::{ForwardId, MessageId, Moment, Money};
use views::brand::Brand;
use views::mail::{
    self, DebitFacts, DisputeFacts, DisputeSaid, EndedFacts, FormalFacts, Mail, MandateFacts,
    PlanFacts, Rendered, RevokedFacts, ThanksFacts,
};

use super::error::FlowError;
use super::plan_reminders::withhold;
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
    material.fact = fact::fact(conn, message, &material, now)?;
    if message.kind == MessageKind::FreshLink {
        material.invoices = store::invoice::open_of_debtor(conn, supplier, debtor)?;
        material
            .invoices
            .retain(|item| item.kind == ItemKind::Invoice);
    }
    Ok(material)
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
