//! The direct-debit file for the supplier's own bank: announced debits whose day is near.
//!
//! What is made here is a draft; `batch` approves it, hands it out and calls it off.

use std::collections::BTreeMap;

use domain::batch::{BatchState, DebitProfile};
use domain::collection::{Collection, CollectionEvent, CollectionState};
use domain::mandate::{Mandate, MandateEvent, MandateState, Usage};
use domain::party::{BankAccount, Supplier};
use domain::payment::{Method, Payment};
use domain::{BatchId, Day, Id, MandateId, Moment, Money, SupplierId};

use super::error::FlowError;
use super::guard::Actor;
use super::{batch, call_off, debit, mandate_change};
use crate::app::App;
use crate::clock::new_id;
use crate::payments::sepa::pain008::{self, DirectDebit, File, Rest, Rules, Terms};
use crate::store::batch::Batch;
use crate::store::{self, Conn};
use crate::vault;

/// Days ahead that a file may reach: banks take files well before the day.
pub const HORIZON_DAYS: i64 = 14;

/// A file just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// What is known of it.
    pub batch: Batch,
    /// Its bytes, as they are kept.
    pub file: Vec<u8>,
}

/// Makes the file of what is announced and near, and keeps its bytes as a draft. None when nothing
/// is. What was announced for a day that has passed is announced anew, for the next file. A file
/// that breaks a rule is not made, and says which debit breaks which rule.
pub async fn run(app: &App, supplier: SupplierId, maker: Actor) -> Result<Option<Made>, FlowError> {
    let now = app.now();
    call_off::debits(app, supplier).await?;
    app.store
        .write(supplier, move |conn| make(conn, supplier, &maker, now))
        .await
}

/// The id under which a statement names a collection again: its digits.
#[must_use]
pub fn end_to_end_id(collection: &Collection) -> String {
    digits(&collection.id.to_string())
}

/// The part of an id after its kind, in capitals: a reference that banks take.
pub(super) fn digits(id: &str) -> String {
    id.split_once('_')
        .map_or(id, |(_, digits)| digits)
        .to_ascii_uppercase()
}

fn make(
    conn: &mut Conn,
    id: SupplierId,
    maker: &Actor,
    now: Moment,
) -> Result<Option<Made>, FlowError> {
    let supplier = store::supplier::find(conn, id)?;
    let bank = supplier
        .bank
        .clone()
        .filter(|bank| bank.creditor_id.is_some());
    let bank = bank.ok_or(FlowError::NotOffered(Method::Debit))?;
    let today = supplier.zone.day(now);
    let until = today.plus_days(HORIZON_DAYS);
    store::bank::turn(conn, id)?;
    let due = store::collection::in_state_until(conn, id, CollectionState::Notified, until)?;
    let (late, due): (Vec<_>, Vec<_>) = due.into_iter().partition(|one| one.collect_on < today);
    for debit in late {
        debit::postpone(conn, &supplier, (debit.id, debit.debtor), now)?;
    }
    let mut file = Draft::new(&supplier, bank, now);
    for collection in due {
        file.add(conn, collection)?;
    }
    let Some((first_on, last_on)) = file.span() else {
        return Ok(None);
    };
    let Written {
        message_id,
        bytes,
        block_of,
    } = file.write(today, now)?;
    let new = Batch {
        id: file.id,
        message_id,
        created_at: now,
        debits: file.collections.len(),
        total: file.total,
        sha256: vault::sha256(&bytes),
        state: BatchState::Draft,
        maker: maker.words().to_owned(),
        approver: None,
        approved_at: None,
        exported_at: None,
        first_on,
        last_on,
    };
    store::batch::insert(conn, id, &new, &bytes)?;
    file.record(conn, &block_of)?;
    batch::note(conn, id, &new, ("batch.made", maker), now)?;
    Ok(Some(Made {
        batch: new,
        file: bytes,
    }))
}

/// A file as it was written.
struct Written {
    message_id: String,
    bytes: Vec<u8>,
    /// The block of each debit, by end-to-end id.
    block_of: BTreeMap<String, String>,
}

/// A file being put together.
struct Draft<'a> {
    id: BatchId,
    supplier: &'a Supplier,
    bank: BankAccount,
    profile: DebitProfile,
    today: Day,
    now: Moment,
    earliest: Day,
    mandates: BTreeMap<MandateId, Mandate>,
    debits: Vec<(Terms, DirectDebit)>,
    collections: Vec<(Collection, Day)>,
    total: Money,
}

impl<'a> Draft<'a> {
    fn new(supplier: &'a Supplier, bank: BankAccount, now: Moment) -> Self {
        let profile = bank.debits;
        Self {
            id: new_id(),
            supplier,
            bank,
            profile,
            today: supplier.zone.day(now),
            now,
            earliest: profile.earliest(supplier.zone, now),
            mandates: BTreeMap::new(),
            debits: Vec::new(),
            collections: Vec::new(),
            total: Money::eur(0),
        }
    }

    /// The first and last day of collection; none when nothing is collected.
    fn span(&self) -> Option<(Day, Day)> {
        let days = || self.collections.iter().map(|(_, day)| *day);
        days().min().zip(days().max())
    }

    fn add(&mut self, conn: &mut Conn, collection: Collection) -> Result<(), FlowError> {
        let mut mandate = store::mandate::find(conn, self.supplier.id, collection.mandate)?;
        if mandate.state != MandateState::Active {
            tracing::warn!(collection = %collection.id, "left out: its mandate is not active");
            return Ok(());
        }
        let payment = store::payment::find(conn, self.supplier.id, collection.payment)?;
        if call_off::overtaken(conn, &payment)? {
            tracing::warn!(collection = %collection.id, "left out: paid another way");
            return Ok(());
        }
        // A day that has come too close is moved to the first the bank can do, never before; and
        // the debtor keeps the days agreed since it was told.
        let told_on = collection.told_on.unwrap_or(self.today);
        let announced = collection.collect_on;
        let profile = self.profile;
        let collect_on = profile.collection_day(announced, told_on, self.earliest);
        let amendment = mandate_change::to_tell(conn, &self.bank, &mut mandate, self.now)?;
        let terms = Terms {
            creditor: self.bank.clone(),
            scheme: mandate.scheme,
            sequence: mandate.usage,
            collect_on,
        };
        let debit = DirectDebit {
            end_to_end_id: end_to_end_id(&collection),
            amount: collection.amount,
            mandate: mandate.reference.clone(),
            signed_on: mandate.signed_on.unwrap_or(collect_on),
            debtor_name: mandate.holder.clone(),
            debtor_iban: mandate.iban.clone(),
            debtor_bic: mandate.bic.clone(),
            remittance: remittance(conn, &payment)?,
            rest: Rest {
                amendment,
                ..Rest::default()
            },
        };
        self.total = self.total.checked_add(collection.amount)?;
        self.mandates.insert(mandate.id, mandate);
        self.debits.push((terms, debit));
        self.collections.push((collection, collect_on));
        Ok(())
    }

    fn write(&mut self, today: Day, now: Moment) -> Result<Written, FlowError> {
        let message_id = digits(&self.id.to_string());
        let blocks = pain008::blocks(&message_id, std::mem::take(&mut self.debits));
        let file = File {
            message_id: message_id.clone(),
            created_at: now,
            creditor_name: self.bank.holder.clone(),
            creditor_address: None,
            rules: Rules {
                version: self.profile.version,
                bics: self.profile.bics,
            },
            blocks,
        };
        let bytes =
            pain008::bytes(&file, today).map_err(|why| FlowError::Unusable(why.to_string()))?;
        let blocks = file.blocks.into_iter();
        let block_of = blocks.flat_map(|block| {
            let ids = block.debits.into_iter().map(|debit| debit.end_to_end_id);
            ids.map(move |id| (id, block.id.clone()))
        });
        Ok(Written {
            message_id,
            bytes,
            block_of: block_of.collect(),
        })
    }

    fn record(
        &self,
        conn: &mut Conn,
        block_of: &BTreeMap<String, String>,
    ) -> Result<(), FlowError> {
        let supplier = self.supplier.id;
        for (collection, day) in &self.collections {
            let block = block_of.get(&end_to_end_id(collection));
            let place = (self.id, block.map_or("", String::as_str));
            let next = collection.state.on(CollectionEvent::Batch)?;
            store::collection::set_state(conn, supplier, collection.id, collection.state, next)?;
            store::collection::set_batch(conn, supplier, collection.id, place, *day)?;
            store::mandate_change::carry(conn, supplier, collection.mandate, collection.id)?;
        }
        for mandate in self
            .mandates
            .values()
            .filter(|one| one.usage == Usage::OneOff)
        {
            let next = mandate.state.on(MandateEvent::Consume)?;
            store::mandate::set_state(conn, supplier, mandate.id, mandate.state, next)?;
        }
        Ok(())
    }
}

/// What the debtor reads on its statement: the numbers of its invoices, cut at a whole number.
fn remittance(conn: &mut Conn, payment: &Payment) -> Result<String, FlowError> {
    const CHARACTERS_MAX: usize = 130;
    let ids: Vec<_> = payment.shares.iter().map(|share| share.invoice).collect();
    let found = store::invoice::find_many(conn, payment.supplier, payment.debtor, &ids)?;
    let mut text = String::new();
    for invoice in found {
        if text.len() + invoice.number.len() > CHARACTERS_MAX {
            break;
        }
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&invoice.number);
    }
    Ok(text)
}

/// The collection a statement names by its end-to-end id, if it is one of ours.
#[must_use]
pub fn collection_of(end_to_end_id: &str) -> Option<domain::CollectionId> {
    let text = format!(
        "{}{}",
        domain::CollectionId::PREFIX,
        end_to_end_id.to_ascii_lowercase()
    );
    text.parse().ok()
}
