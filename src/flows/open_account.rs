//! From a signed link to an account: looking is inert, *Continue* opens, dead links renew.

use domain::message::{Message, MessageKind};
use domain::party::{Debtor, Language, Scope, Supplier};
use domain::{Day, ForwardId, Moment, Money};

use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, note};
use super::notify::{Letter, enqueue};
use crate::app::App;
use crate::store::link::Link;
use crate::store::{self, Across, Conn, StoreError};

/// What is behind a link, before anybody said *Continue*.
#[derive(Clone, Debug)]
pub struct Landing {
    /// Whose portal.
    pub supplier: Supplier,
    /// Whose account.
    pub debtor: Debtor,
    /// Who would act.
    pub visitor: Visitor,
    /// The language the contact chose.
    pub language: Option<Language>,
    /// What the message with the link said.
    pub said: Said,
}

/// What may be shown before anybody said *Continue*: nothing beyond the message.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// What the message was about.
    pub kind: MessageKind,
    /// The day it left.
    pub sent_on: Day,
    /// The sum it named, when that sum cannot have changed since.
    pub amount: Option<Money>,
}

/// Looks at a link and changes nothing. None when it is unknown, expired or taken back: the page
/// is the same for all three.
pub async fn look(app: &App, token: &str) -> Result<Option<Landing>, FlowError> {
    let now = app.now();
    let Some(link) = find(app, token).await?.filter(|link| link.opens(now)) else {
        return Ok(None);
    };
    let landing = app.store.read(link.supplier, move |conn| {
        let supplier = store::supplier::find(conn, link.supplier)?;
        Ok(Landing {
            debtor: store::debtor::find(conn, link.supplier, link.debtor)?,
            visitor: visitor(&link),
            language: store::contact::find(conn, link.supplier, link.contact)?.language,
            said: said(conn, &link, &supplier)?,
            supplier,
        })
    });
    Ok(Some(landing.await?))
}

fn said(conn: &mut Conn, link: &Link, supplier: &Supplier) -> Result<Said, StoreError> {
    let message = link
        .message
        .map(|id| store::outbox::find(conn, link.supplier, id))
        .transpose()?;
    let kind = message.as_ref().map(|message| message.kind);
    Ok(Said {
        kind: kind.unwrap_or(MessageKind::FreshLink),
        sent_on: supplier.zone.day(link.created_at),
        amount: match message {
            Some(message) => amount_of(conn, &message)?,
            None => None,
        },
    })
}

/// The sum of a message about one thing. A reminder's sum may have changed since it left.
fn amount_of(conn: &mut Conn, message: &Message) -> Result<Option<Money>, StoreError> {
    let (supplier, about) = (message.supplier, message.about.as_str());
    if let Ok(id) = about.parse() {
        return Ok(Some(store::payment::find(conn, supplier, id)?.amount));
    }
    if let Ok(id) = about.parse() {
        return Ok(Some(store::promise::find(conn, supplier, id)?.amount));
    }
    if let Ok(id) = about.parse() {
        return Ok(Some(store::plan::find(conn, supplier, id)?.amount));
    }
    if let Ok(id) = about.parse() {
        return Ok(Some(store::dispute::find(conn, supplier, id)?.amount));
    }
    if let Ok(id) = about.parse() {
        return Ok(Some(store::collection::find(conn, supplier, id)?.amount));
    }
    Ok(None)
}

fn visitor(link: &Link) -> Visitor {
    Visitor {
        supplier: link.supplier,
        debtor: link.debtor,
        contact: link.contact,
        link: link.id,
        forward: link.forward,
        call: None,
    }
}

/// The row of a token, if it was made here: forged ones are refused without a query.
async fn find(app: &App, token: &str) -> Result<Option<Link>, FlowError> {
    let Ok(token) = app.links.verify(token) else {
        return Ok(None);
    };
    let hash = token.hash();
    match app
        .store
        .read(Across::Link, move |conn| store::link::by_hash(conn, &hash))
        .await
    {
        Ok(link) => Ok(Some(link)),
        Err(StoreError::NotFound) => Ok(None),
        Err(why) => Err(why.into()),
    }
}

/// Opens the account for whoever said *Continue*; notes it.
pub async fn open(app: &App, token: &str) -> Result<Option<Landing>, FlowError> {
    let Some(landing) = look(app, token).await? else {
        return Ok(None);
    };
    let (visitor, now) = (landing.visitor, app.now());
    let noted: Result<(), FlowError> = app
        .store
        .write(visitor.supplier, move |conn| {
            store::link::used(conn, visitor.supplier, visitor.link, now)?;
            let deed = Deed {
                actor: &Actor::visitor(&visitor),
                action: "account.opened",
                debtor: visitor.debtor,
                subject: visitor.link.to_string(),
                detail: String::new(),
            };
            note(conn, visitor.supplier, now, deed)
        })
        .await;
    noted?;
    Ok(Some(landing))
}

/// What a session is on.
#[derive(Clone, Debug)]
pub struct Resumed {
    /// Whose portal.
    pub supplier: Supplier,
    /// Whose account.
    pub debtor: Debtor,
    /// The language the contact chose.
    pub language: Option<Language>,
    /// The access it belongs to, when it was passed on.
    pub forward: Option<ForwardId>,
    /// What may be done.
    pub scope: Scope,
}

/// Whose account a session is on, as long as the link behind it opens: a link taken back ends its
/// sessions. With it comes what `also` reads, on the same visit to the database.
pub async fn resume<T, F>(
    app: &App,
    visitor: Visitor,
    also: F,
) -> Result<Option<(Resumed, T)>, FlowError>
where
    T: Send + 'static,
    F: FnOnce(&mut Conn) -> Result<T, StoreError> + Send + 'static,
{
    let (now, account) = (app.now(), (visitor.supplier, visitor.debtor));
    let found = app.store.read(visitor.supplier, move |conn| {
        let found = store::link::visited(conn, account, visitor.contact, visitor.link)?;
        if !found.link.opens(now) {
            return Ok(None);
        }
        let resumed = Resumed {
            supplier: found.supplier,
            debtor: found.debtor,
            language: found.language,
            forward: found.link.forward,
            scope: found.link.scope,
        };
        Ok(Some((resumed, also(conn)?)))
    });
    match found.await {
        Err(StoreError::NotFound) => Ok(None),
        other => Ok(other?),
    }
}

/// Sends a fresh link to the contact on file, if the token was ever one of ours; at most one an
/// hour. Whoever asks gets the same answer in every case.
pub async fn renew(app: &App, token: &str) -> Result<(), FlowError> {
    let Some(link) = find(app, token).await? else {
        return Ok(());
    };
    if link.revoked {
        return Ok(());
    }
    let now = app.now();
    app.store
        .write(link.supplier, move |conn| {
            let supplier = store::supplier::find(conn, link.supplier)?;
            let letter = Letter {
                debtor: link.debtor,
                kind: MessageKind::FreshLink,
                about: String::new(),
                dedup: format!("fresh_link:{}:{}", link.id, hour_of(now)),
                invoices: Vec::new(),
            };
            enqueue(conn, &supplier, letter, now)?;
            Ok(())
        })
        .await
}

const fn hour_of(now: Moment) -> i64 {
    now.seconds().div_euclid(3600)
}
