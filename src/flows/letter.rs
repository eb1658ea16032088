//! What a message in the outbox says: the account as it is now, put into the template's words.

mod dispute;
mod fact;
mod formal;
mod listed;
pub(super) mod own;
mod paper;
mod short;
mod worded;

use domain::code::Action;
use domain::hours::Rhythm;
use domain::invoice::{Invoice, ItemKind, Share};
use domain::message::{Message, MessageKind};
use domain::party::{Contact, Debtor, Scope, Supplier};
use domain::reversal::Cause;
use domain::{ForwardId, MessageId, Moment, Money, MoneyError};
use views::brand::Brand;
use views::mail::{
    DebitFacts, DisputeFacts, DisputeSaid, EndedFacts, FormalFacts, HIDDEN, Mail, MandateFacts,
    PlanFacts, Rendered, RevokedFacts, ThanksFacts,
};

pub(super) use short::{built_in, short};

use super::error::FlowError;
use super::plan_reminders::HeldBack;
use crate::store::forward::Forward;
use crate::store::{self, Conn};
pub(super) use listed::summed;
pub(super) use own::Wording;
pub(super) use worded::worded;

pub(super) use paper::{Envelope, on_paper};

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
    /// In whose words it is.
    pub wording: Wording,
}

/// Days after which a reminder begins a conversation of its own.
const FOLLOWS_DAYS: i64 = 90;

impl Material {
    /// The contact's language, else the debtor's, else the supplier's.
    pub(super) fn language(&self) -> domain::party::Language {
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
        copy.fact = Fact::Code(Some((HIDDEN.to_owned(), *action)));
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
    /// A promised day that comes near, and what is left to pay of each invoice.
    Soon(domain::Day, Vec<Share>),
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
        wording: Wording::BuiltIn,
    };
    if message.kind.keeps_hours() {
        let today = material.supplier.zone.day(now);
        HeldBack::read(conn, supplier, &[debtor], today)?.keep(debtor, &mut material.invoices);
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
    material.choose(conn, message, now)?;
    Ok(material)
}

/// Whether a reminder still asks for anything, a missing instalment is still missing, a debit was
/// not called off, or a code can still be typed.
pub(super) fn still_wanted(kind: MessageKind, material: &Material) -> Result<bool, FlowError> {
    if let (MessageKind::PlanMissed, Fact::Plan(facts)) = (kind, &material.fact) {
        return Ok(facts.missed.is_some() && !material.invoices.is_empty());
    }
    if let Fact::Soon(_, left) = &material.fact {
        return Ok(!left.is_empty());
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
    Ok(asks(&material.invoices)?)
}

/// Whether a reminder of these invoices still asks for anything.
pub(super) fn asks(invoices: &[Invoice]) -> Result<bool, MoneyError> {
    for invoice in invoices {
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
    let mut mail = page(message.kind, material, link, today)?;
    mail.own = material.own(&mail);
    worded(message.kind, &material.fact, &mut mail)
}

/// What every message about the account needs.
fn page(
    kind: MessageKind,
    material: &Material,
    link: String,
    today: domain::Day,
) -> Result<Mail, FlowError> {
    let supplier = &material.supplier;
    let invoices = listed::listed(kind, material, today)?;
    Ok(Mail {
        brand: brand(supplier),
        language: material.language(),
        legal_mode: supplier.legal_mode,
        debtor: material.debtor.name.clone(),
        greeting: material.contact.name.clone(),
        totals: listed::totals(&invoices)?,
        apart: listed::apart(kind, material)?,
        invoices,
        link,
        own: None,
        is_trial: false,
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
