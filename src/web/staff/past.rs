//! What keeps a trace of an account, read from its end backwards.
//!
//! Each kind is read as far as it fills a page; what is shown reaches no further back than the kind
//! that was cut, so that the next page leaves nothing out.

use std::collections::BTreeMap;

use domain::call::Call;
use domain::collection::Collection;
use domain::confirmation::Confirmation;
use domain::dispute::Dispute;
use domain::mandate::Mandate;
use domain::payment::{Method, Payment};
use domain::plan::Plan;
use domain::promise::Promise;
use domain::reversal::Reversal;
use domain::scenario::Channel;
use domain::sms::Price;
use domain::{DebtorId, MessageId, Moment, SupplierId};
use views::happening::{Happening, Origin};

use super::{history, origins};
use crate::store::audit::Trace;
use crate::store::bounce::Bounce;
use crate::store::outbox::Sent;
use crate::store::reply::Reply;
use crate::store::text_sent::Counted;
use crate::store::{self, Conn, Slice, StoreError};

/// Rows of each kind that are read: more than are shown, as one deed leaves several.
const ROWS: i64 = 120;

/// Happenings on a page.
const SHOWN: usize = 100;

/// One part of the past.
pub(super) struct Past {
    pub(super) disputes: Vec<Dispute>,
    pub(super) promises: Vec<Promise>,
    pub(super) payments: Vec<Payment>,
    pub(super) reversals: Vec<(Reversal, Moment)>,
    pub(super) collections: Vec<Collection>,
    pub(super) mandates: Vec<Mandate>,
    pub(super) messages: Vec<Sent>,
    pub(super) trail: Vec<Trace>,
    pub(super) plans: Vec<Plan>,
    pub(super) confirmations: Vec<Confirmation>,
    pub(super) bounces: Vec<Bounce>,
    pub(super) replies: Vec<Reply>,
    texts: BTreeMap<MessageId, Counted>,
    pub(super) calls: Vec<Call>,
    origins: BTreeMap<MessageId, Origin>,
    before: Moment,
}

/// When a message left or is to leave.
pub(super) fn at(one: &Sent) -> Moment {
    one.done_at.unwrap_or(one.message.due_at)
}

impl Past {
    /// Reads what is older than an instant.
    pub(super) fn read(
        conn: &mut Conn,
        (supplier, id): (SupplierId, DebtorId),
        before: Moment,
    ) -> Result<Self, StoreError> {
        let slice = Slice::before(before, ROWS);
        let payments = store::payment::of_debtor(conn, supplier, id, slice)?;
        let debits = payments.iter().filter(|one| one.method == Method::Debit);
        let debits = debits.map(|one| store::collection::of_payment(conn, supplier, one.id));
        let known = debits.filter(|found| !matches!(found, Err(StoreError::NotFound)));
        let collections: Result<_, _> = known.collect();
        let mut mandates = store::mandate::of_debtor(conn, supplier, id)?;
        mandates.retain(|one| one.created_at < before);
        let messages = store::outbox::of_debtor(conn, supplier, id, slice)?;
        let texts = messages
            .iter()
            .filter(|one| one.message.channel == Channel::Sms);
        let texts: Vec<MessageId> = texts.map(|one| one.message.id).collect();
        let texts = match texts.is_empty() {
            true => BTreeMap::new(),
            false => store::text_sent::of_messages(conn, supplier, &texts)?,
        };
        let calls = store::call::of_debtor(conn, supplier, id, slice)?;
        let called = calls.iter().filter_map(|one| one.message);
        let made: Vec<MessageId> = messages
            .iter()
            .map(|one| one.message.id)
            .chain(called)
            .collect();
        Ok(Self {
            origins: origins::read(conn, supplier, &made)?,
            disputes: store::dispute::of_debtor(conn, supplier, id, slice)?,
            promises: store::promise::of_debtor(conn, supplier, id, slice)?,
            reversals: store::reversal::of_debtor(conn, supplier, id, slice)?,
            collections: collections?,
            messages,
            texts,
            trail: store::audit::told(conn, supplier, id, history::TOLD, slice)?,
            plans: store::plan::of_debtor(conn, supplier, id, slice)?,
            confirmations: store::confirmation::of_debtor(conn, supplier, id, slice)?,
            bounces: store::bounce::of_debtor(conn, supplier, id, slice)?,
            replies: store::reply::of_debtor(conn, supplier, id, slice)?,
            calls,
            payments,
            mandates,
            before,
        })
    }

    /// What a text message counts and costs; none of another kind of message.
    pub(super) fn counted(&self, sent: &Sent) -> Option<(i64, Option<Price>)> {
        let found = self.texts.get(&sent.message.id);
        let counted = found.map_or((0, None), |one| (one.segments, one.price));
        (sent.message.channel == Channel::Sms).then_some(counted)
    }

    /// From what a message was made, as far as that is known.
    pub(super) fn origin(&self, message: MessageId) -> Origin {
        self.origins.get(&message).cloned().unwrap_or_default()
    }

    /// The newest happenings first, and the instant before which the others are.
    pub(super) fn page(&self) -> (Vec<Happening>, Option<Moment>) {
        let reached = self.reached();
        let mut all = history::happenings(self);
        all.retain(|one| one.at < self.before && reached.is_none_or(|end| one.at > end));
        all.sort_by_key(|one| std::cmp::Reverse(one.at));
        let last = all.get(SHOWN.saturating_sub(1)).map(|one| one.at);
        let shown = all.len();
        // What happened at once is not torn apart.
        all.retain(|one| last.is_none_or(|last| one.at >= last));
        let more = last.filter(|_| all.len() < shown);
        (
            all,
            more.or_else(|| reached.map(|end| Moment::from_micros(end.micros() + 1))),
        )
    }

    /// The instant down to which every kind was read; none when all of it was.
    fn reached(&self) -> Option<Moment> {
        [
            end(&self.disputes, |one| one.declared_at),
            end(&self.promises, |one| one.made_at),
            end(&self.payments, |one| one.created_at),
            end(&self.reversals, |(_, at)| *at),
            end(&self.messages, at),
            end(&self.trail, |one| one.at),
            end(&self.plans, |one| one.asked_at),
            end(&self.confirmations, |one| one.at),
            end(&self.bounces, |one| one.at),
            end(&self.replies, |one| one.at),
            end(&self.calls, |one| one.at),
        ]
        .into_iter()
        .flatten()
        .max()
    }
}

/// How far back a kind was read, if that was not to its end.
fn end<T>(all: &[T], at: impl Fn(&T) -> Moment) -> Option<Moment> {
    let full = i64::try_from(all.len()).is_ok_and(|count| count >= ROWS);
    all.iter().map(at).min().filter(|_| full)
}
