//! A debtor signs a SEPA mandate in the portal.

use domain::bank::{Bic, Iban, MandateRef};
use domain::mandate::{Mandate, MandateEvent, MandateState, Scheme, Usage};
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::payment::Method;
use domain::{Day, MandateId, Moment};

use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, enter, note};
use super::notify::{Letter, enqueue};
use crate::app::App;
use crate::clock::new_id;
use crate::store::{self, Conn};
use crate::vault;

/// What the debtor signs, and what proves it.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The account holder.
    pub holder: String,
    /// The account to debit.
    pub iban: Iban,
    /// Its BIC, when given.
    pub bic: Option<Bic>,
    /// One-off or recurring.
    pub usage: Usage,
    /// Who signs, as typed.
    pub signatory: String,
    /// Where.
    pub place: String,
    /// The wording that was on the page, exactly.
    pub wording: String,
    /// The address the request came from.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
    /// The form's key: sent twice, done once. Its reference was shown before signing.
    pub key: String,
}

/// The reference (RUM) the debtor is shown before it signs, made from the form's key so that the
/// mandate signed is the one shown.
pub fn reference(today: Day, key: &str) -> Result<MandateRef, FlowError> {
    let mut tail = vault::sha256(key.as_bytes()).to_uppercase();
    tail.truncate(10);
    let text = format!(
        "M{:04}{:02}{:02}-{tail}",
        today.year(),
        today.month(),
        today.day()
    );
    text.parse()
        .map_err(|why: domain::bank::BankError| FlowError::Unusable(why.to_string()))
}

/// Records the signed CORE mandate, which may be used at once.
pub async fn sign(
    app: &App,
    visitor: Visitor,
    signature: Signature,
) -> Result<MandateId, FlowError> {
    sign_under(app, visitor, signature, Scheme::Core).await
}

/// Records the signed mandate. One between companies is used once the debtor's bank has registered
/// it: before that the bank would refuse every debit.
pub async fn sign_under(
    app: &App,
    visitor: Visitor,
    signature: Signature,
    scheme: Scheme,
) -> Result<MandateId, FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            record(conn, &visitor, (&signature, scheme), now)
        })
        .await
}

fn record(
    conn: &mut Conn,
    visitor: &Visitor,
    (signature, scheme): (&Signature, Scheme),
    now: Moment,
) -> Result<MandateId, FlowError> {
    let (supplier_id, debtor) = (visitor.supplier, visitor.debtor);
    let supplier = enter(conn, supplier_id, debtor)?;
    if let Some(done) = store::request::outcome(conn, supplier_id, debtor, &signature.key)? {
        return done
            .parse()
            .map_err(|_| FlowError::NotOffered(Method::Debit));
    }
    let mandate = build(&supplier, visitor, (signature, scheme), now)?;
    store::mandate::insert(conn, &mandate, &evidence(visitor, signature, now))?;
    let subject = mandate.id.to_string();
    store::request::keep(conn, supplier_id, debtor, &signature.key, &subject, now)?;
    let letter = Letter {
        debtor,
        kind: MessageKind::MandateSigned,
        about: subject.clone(),
        dedup: format!("mandate_signed:{subject}"),
        invoices: Vec::new(),
    };
    enqueue(conn, &supplier, letter, now)?;
    let deed = Deed {
        actor: &Actor::visitor(visitor),
        action: "mandate.signed",
        debtor,
        subject,
        detail: format!("{} by {}", mandate.reference, signature.signatory),
    };
    note(conn, supplier_id, now, deed)?;
    Ok(mandate.id)
}

fn build(
    supplier: &Supplier,
    visitor: &Visitor,
    (signature, scheme): (&Signature, Scheme),
    now: Moment,
) -> Result<Mandate, FlowError> {
    let bank = supplier.bank.as_ref();
    let offered = scheme == Scheme::Core || bank.is_some_and(|bank| bank.debits.b2b);
    let creditor = bank
        .filter(|_| offered)
        .and_then(|bank| bank.creditor_id.clone());
    let creditor_id = creditor.ok_or(FlowError::NotOffered(Method::Debit))?;
    let today = supplier.zone.day(now);
    let signed = MandateState::Draft.on(MandateEvent::Sign)?;
    let state = match scheme {
        Scheme::Core => signed.on(MandateEvent::Activate)?,
        Scheme::B2b => signed,
    };
    Ok(Mandate {
        id: new_id(),
        supplier: supplier.id,
        debtor: visitor.debtor,
        reference: reference(today, &signature.key)?,
        creditor_id,
        scheme,
        usage: signature.usage,
        state,
        holder: signature.holder.clone(),
        iban: signature.iban.clone(),
        bic: signature.bic.clone(),
        signed_on: Some(today),
        signatory: Some(signature.signatory.clone()),
        created_at: now,
    })
}

/// What proves the consent in a 13-month refund procedure (`sepa.md` §5), as JSON.
fn evidence(visitor: &Visitor, signature: &Signature, now: Moment) -> String {
    serde_json::json!({
        "at": now.to_string(),
        "link": visitor.link.to_string(),
        "contact": visitor.contact.to_string(),
        "signatory": signature.signatory,
        "place": signature.place,
        "address": signature.address,
        "agent": signature.agent,
        "wording": signature.wording,
        "wording_sha256": vault::sha256(signature.wording.as_bytes()),
    })
    .to_string()
}
