//! What became of text messages: told by the provider's webhook, kept as it came and read
//! afterwards; or asked for, of a provider that calls by GET alone.

use domain::bounce::Verdict;
use domain::sms::{Fate, Price};
use domain::{InboxId, MessageId, Moment, SupplierId};

use super::bounced::{self, Source};
use super::error::FlowError;
use super::sms_settings::{self, Account, SmsSettings};
use crate::app::App;
use crate::clock::new_id;
use crate::gateway::read_mail::Told;
pub use crate::gateway::sms::Received;
use crate::gateway::sms::{Receipt, ReceiptError, is_signed, read as read_receipts};
use crate::store::inbox::Event;
use crate::store::text_sent::Attempt;
use crate::store::{self, Conn, StoreError};
use crate::vault;

/// What the source of an event about texts begins with; the provider's name follows.
pub(super) const SOURCE: &str = "sms-";

/// Days for which a text's fate is asked for.
const ASKED_DAYS: i64 = 3;

/// Why a provider's call was turned away.
#[derive(Debug, thiserror::Error)]
pub enum TextHookError {
    /// Another secret than the supplier's, or a supplier without one.
    #[error("the address is not this supplier's")]
    Foreign,
    /// Its signature does not fit.
    #[error("the signature does not fit")]
    Forged,
    /// Not in the provider's form.
    #[error(transparent)]
    Form(#[from] ReceiptError),
    /// It could not be kept; the provider sends it again.
    #[error(transparent)]
    Flow(#[from] FlowError),
}

/// Where a provider called: its name, the secret, and the message when the address names one.
#[derive(Clone, Copy, Debug)]
pub struct Called<'a> {
    /// The provider's name.
    pub provider: &'a str,
    /// What the address ends in.
    pub secret: &'a str,
    /// The message.
    pub about: Option<MessageId>,
}

/// Keeps a provider's call that came to the supplier's secret address; `false` when it was kept
/// before, or says nothing that matters.
pub async fn receive(
    app: &App,
    supplier: SupplierId,
    called: Called<'_>,
    received: Received<'_>,
) -> Result<bool, TextHookError> {
    let settings = sms_settings::load(app, supplier).await?;
    let account = own(app, &settings, called).ok_or(TextHookError::Foreign)?;
    if !is_signed(account, &received) {
        return Err(TextHookError::Forged);
    }
    if read_receipts(account, received.body)?.is_empty() {
        return Ok(false);
    }
    // The address is part of what was told: its first line.
    let about = called.about.map(|id| id.to_string()).unwrap_or_default();
    let body = [about.as_bytes(), b"\n", received.body].concat();
    let event = Event {
        id: new_id::<InboxId>(),
        supplier,
        source: format!("{SOURCE}{}", called.provider),
        event_id: vault::sha256(&body),
        body,
    };
    let now = app.now();
    let insert = move |conn: &mut Conn| Ok(store::inbox::insert(conn, &event, now)?);
    let kept: Result<bool, FlowError> = app.store.write(supplier, insert).await;
    Ok(kept?)
}

/// The account whose address was called.
fn own<'a>(app: &App, settings: &'a SmsSettings, called: Called<'_>) -> Option<&'a Account> {
    let account = settings.account.as_ref()?;
    let named = account.calls_back() && account.provider() == called.provider;
    let secret = settings.hook_secret.as_deref().filter(|_| named)?;
    // By their keyed hashes, so that the time it takes tells nothing.
    let purpose = "sms.hook";
    let mac = app.vault.mac(purpose, secret);
    app.vault
        .mac_fits(purpose, called.secret, &mac)
        .then_some(account)
}

/// Reads an event that was kept: what it says of texts is counted, once.
pub(super) async fn read(app: &App, event: &Event) -> Result<&'static str, FlowError> {
    let settings = sms_settings::load(app, event.supplier).await?;
    let named = event.source.strip_prefix(SOURCE).unwrap_or_default();
    let account = settings.account.filter(|one| one.provider() == named);
    let Some(account) = account else {
        return Ok("unknown source");
    };
    let mut parts = event.body.splitn(2, |byte| *byte == b'\n');
    let about = parts
        .next()
        .map(String::from_utf8_lossy)
        .unwrap_or_default();
    let about: Option<MessageId> = about.parse().ok();
    let Ok(all) = read_receipts(&account, parts.next().unwrap_or_default()) else {
        return Ok("unreadable");
    };
    let mut note = "foreign";
    for (number, one) in all.into_iter().enumerate() {
        let key = format!("{named}:{}:{number}", event.event_id);
        let receipt = Receipt {
            about: one.about.or(about),
            ..one
        };
        match apply(app, event.supplier, (receipt, key)).await? {
            Some(true) => note = "counted",
            Some(false) if note == "foreign" => note = "known",
            _ => {}
        }
    }
    Ok(note)
}

/// Counts one receipt: whether it was new, or none when it is of no text of the supplier's.
async fn apply(
    app: &App,
    supplier: SupplierId,
    (receipt, key): (Receipt, String),
) -> Result<Option<bool>, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let asked = (receipt.reference.as_deref(), receipt.about);
            let Some(attempt) = store::text_sent::attempt(conn, supplier, asked)? else {
                return Ok(None);
            };
            let counts = (receipt.segments, receipt.price);
            counted(conn, attempt, (&receipt.told, counts, key.clone()), now).map(Some)
        })
        .await
}

type News<'a> = (&'a Told, (Option<u16>, Option<Price>), String);

/// Counts what is told of an attempt. What is told of one before the last says nothing of where
/// the message stands.
fn counted(
    conn: &mut Conn,
    attempt: Attempt,
    (told, counts, key): News<'_>,
    now: Moment,
) -> Result<bool, FlowError> {
    let (supplier, message, number) = attempt;
    let last = store::text_sent::attempt(conn, supplier, (None, Some(message)))?;
    let mut new = true;
    if last.is_some_and(|(_, _, last)| last == number) {
        let source = Source { name: "sms", key };
        let id = (supplier, message);
        let applied = bounced::apply(conn, id, told, &source, now)?;
        new = applied == bounced::Applied::Counted;
    }
    let fate = match told.verdict {
        Verdict::Delivered => Fate::Delivered,
        Verdict::Delayed => Fate::UnderWay,
        _ => Fate::Failed,
    };
    store::text_sent::told(conn, attempt, fate, counts)?;
    Ok(new)
}

/// Asks what became of a supplier's texts, of a provider that does not call. Returns of how many
/// something was told.
pub async fn ask(app: &App, supplier: SupplierId) -> Result<usize, FlowError> {
    let settings = sms_settings::load(app, supplier).await?;
    let asked = settings.account.as_ref().is_some_and(Account::is_asked);
    if !asked {
        return Ok(0);
    }
    let Ok(way) = sms_settings::way(settings) else {
        return Ok(0);
    };
    let (now, provider) = (app.now(), way.account.provider());
    let since = (now.plus_days(-ASKED_DAYS), now);
    let waiting = app
        .store
        .report(supplier, move |conn| {
            store::text_sent::under_way(conn, supplier, provider, since)
        })
        .await?;
    let mut told_of = 0_usize;
    for one in waiting {
        let told = way.texter.follow(&one.reference, now).await;
        told_of = told_of.saturating_add(usize::from(told.is_some()));
        let key = format!("{provider}:{}:{now}", one.reference);
        let written: Result<(), FlowError> = app
            .store
            .write(supplier, move |conn| {
                store::text_sent::ask_later(conn, one.attempt, now.plus_minutes(ASK_MINUTES))?;
                if let Some(told) = &told {
                    counted(conn, one.attempt, (told, (None, None), key.clone()), now)?;
                }
                Ok(())
            })
            .await;
        match written {
            // Its sender has not noted yet how it left: a little later it has.
            Err(FlowError::Store(StoreError::Conflict)) | Ok(()) => {}
            Err(why) => return Err(why),
        }
    }
    Ok(told_of)
}

/// Minutes until a text's fate is asked for again.
const ASK_MINUTES: i64 = 15;
