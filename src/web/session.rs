//! A debtor's session: a signed cookie made by *Continue*, good for 30 idle minutes and 8 hours.
//!
//! Nothing of it is stored: the cookie names the link it began with, and every page asks whether
//! that link still opens.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use actix_web::body::MessageBody;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use domain::code::Action;
use domain::party::{Debtor, Language, Scope, Supplier};
use domain::{Day, Moment};
use maud::Markup;
use serde::{Deserialize, Serialize};
use views::layout::Frame;

use super::error::WebError;
use super::token::{Purpose, open, seal};
use super::{csrf, pages};
use crate::app::App;
use crate::flows::{FlowError, Visitor, open_account};
use crate::store::{Conn, StoreError};
use crate::vault::{self, VaultError};

/// Minutes without a request after which a session ends.
const IDLE_MINUTES: i64 = 30;

/// Minutes after which it ends in any case.
const WHOLE_MINUTES: i64 = 8 * 60;

/// What the cookie says.
#[derive(Clone, Serialize, Deserialize)]
struct Ticket {
    supplier: String,
    debtor: String,
    contact: String,
    link: String,
    /// When *Continue* was said, in seconds.
    begun: i64,
    /// What forms of this session are signed for.
    sid: String,
    /// Until when, in seconds, a code holds that was typed for an action.
    #[serde(default)]
    proved: BTreeMap<String, i64>,
}

impl Ticket {
    fn visitor(&self) -> Option<Visitor> {
        Some(Visitor {
            supplier: self.supplier.parse().ok()?,
            debtor: self.debtor.parse().ok()?,
            contact: self.contact.parse().ok()?,
            link: self.link.parse().ok()?,
            forward: None,
            call: None,
        })
    }

    fn ends_at(&self) -> Moment {
        Moment::from_seconds(self.begun).plus_minutes(WHOLE_MINUTES)
    }

    /// The cookie that holds this ticket until it has been idle too long.
    fn cookie(&self, app: &App) -> Option<Cookie<'static>> {
        let until = app.now().plus_minutes(IDLE_MINUTES).min(self.ends_at());
        let value = seal(&app.vault, Purpose::Portal, self, until)?;
        let https = over_https(app);
        Some(
            Cookie::build(cookie_name(https), value)
                .path("/")
                .http_only(true)
                .same_site(SameSite::Lax)
                .secure(https)
                .finish(),
        )
    }
}

/// Whether the portal is reached over TLS, as everywhere but on a developer's machine.
pub(super) fn over_https(app: &App) -> bool {
    app.origin.starts_with("https://")
}

/// Browsers refuse a `__Host-` cookie that is not `Secure`.
const fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-acquit" } else { "acquit" }
}

/// The cookie that begins a session.
pub(super) fn begin(app: &App, visitor: &Visitor) -> Result<Cookie<'static>, FlowError> {
    let ticket = Ticket {
        supplier: visitor.supplier.to_string(),
        debtor: visitor.debtor.to_string(),
        contact: visitor.contact.to_string(),
        link: visitor.link.to_string(),
        begun: app.now().seconds(),
        sid: random_hex()?,
        proved: BTreeMap::new(),
    };
    let unsigned = || FlowError::Unusable("the session could not be signed".into());
    ticket.cookie(app).ok_or_else(unsigned)
}

/// 32 digits nobody can guess: a session's own, or a form's.
pub(super) fn random_hex() -> Result<String, VaultError> {
    Ok(vault::hex(&vault::random::<16>()?))
}

/// Somebody with an open session, and what every page needs of the account.
#[derive(Clone)]
pub(super) struct Visit {
    /// Who acts.
    pub(super) visitor: Visitor,
    /// Whose portal.
    pub(super) supplier: Supplier,
    /// Whose account.
    pub(super) debtor: Debtor,
    /// When this request came.
    pub(super) now: Moment,
    ticket: Ticket,
    csrf: String,
    language: Language,
    scope: Scope,
}

impl Visit {
    /// The language the contact chose, else the browser's, else the debtor's or the supplier's.
    pub(super) const fn language(&self) -> Language {
        self.language
    }

    /// Whether anything may be done, or only looked at.
    fn may_act(&self) -> bool {
        self.scope == Scope::Act
    }

    /// What codes of this session are bound to.
    pub(super) fn session(&self) -> &str {
        &self.ticket.sid
    }

    /// Whether a code was typed for this action and still holds.
    pub(super) fn has_proved(&self, action: Action) -> bool {
        let until = self.ticket.proved.get(action.as_str());
        until.is_some_and(|until| self.now.seconds() < *until)
    }

    /// The day where the supplier is.
    pub(super) fn today(&self) -> Day {
        self.supplier.zone.day(self.now)
    }

    /// What a page is framed with.
    pub(super) fn frame(&self) -> Frame {
        Frame {
            acts: self.may_act(),
            ..pages::frame(&self.supplier, self.language, &self.csrf)
        }
    }

    /// Puts a page of this supplier into an answer.
    pub(super) fn page(&self, status: StatusCode, page: Markup) -> HttpResponse {
        pages::html(status, self.supplier.accent, page)
    }

    /// Whether a form's token was made for this session.
    pub(super) fn signed(&self, app: &App, token: &str) -> bool {
        csrf::fits(app, &self.ticket.sid, token)
    }
}

/// The session a request belongs to, if its link still opens.
pub(super) async fn find(request: &HttpRequest) -> Result<Option<Visit>, WebError> {
    let found = find_with(request, |_, _| Ok(())).await?;
    Ok(found.map(|(visit, ())| visit))
}

/// The session a request belongs to, with what `also` reads for its page on the same visit to the
/// database.
pub(super) async fn with<T, F>(request: &HttpRequest, also: F) -> Result<(Visit, T), WebError>
where
    T: Send + 'static,
    F: FnOnce(&mut Conn, Visitor) -> Result<T, StoreError> + Send + 'static,
{
    let (visit, more) = find_with(request, also).await?.ok_or(WebError::Forbidden)?;
    request.extensions_mut().insert(visit.clone());
    Ok((visit, more))
}

async fn find_with<T, F>(request: &HttpRequest, also: F) -> Result<Option<(Visit, T)>, WebError>
where
    T: Send + 'static,
    F: FnOnce(&mut Conn, Visitor) -> Result<T, StoreError> + Send + 'static,
{
    let Some(app) = request.app_data::<web::Data<App>>() else {
        return Ok(None);
    };
    let Some((ticket, visitor)) = ticket(request, app) else {
        return Ok(None);
    };
    let also = move |conn: &mut Conn| also(conn, visitor);
    let Some((open, more)) = open_account::resume(app, visitor, also).await? else {
        return Ok(None);
    };
    let csrf = csrf::token(app, &ticket.sid, ticket.ends_at()).unwrap_or_default();
    let visitor = Visitor {
        forward: open.forward,
        ..visitor
    };
    let visit = Visit {
        visitor,
        scope: open.scope,
        language: pages::reader(request, open.language, &open.debtor, &open.supplier),
        supplier: open.supplier,
        debtor: open.debtor,
        now: app.now(),
        ticket,
        csrf,
    };
    Ok(Some((visit, more)))
}

fn ticket(request: &HttpRequest, app: &App) -> Option<(Ticket, Visitor)> {
    let cookie = request.cookie(cookie_name(over_https(app)))?;
    let ticket: Ticket = open(&app.vault, Purpose::Portal, cookie.value(), app.now())?;
    let visitor = ticket.visitor()?;
    Some((ticket, visitor))
}

impl FromRequest for Visit {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (visit, ()) = with(&request, |_, _| Ok(())).await?;
            Ok(visit)
        })
    }
}

/// A visit that may act. The one place where an access that only looks is turned away: from every
/// form that is posted, and from the pages that would show one.
pub(super) struct Acting(pub(super) Visit);

impl FromRequest for Acting {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visit = Visit::from_request(request, payload);
        Box::pin(async move {
            let visit = visit.await?;
            if visit.may_act() {
                Ok(Self(visit))
            } else {
                Err(WebError::ViewOnly)
            }
        })
    }
}

/// Notes in the session that a code was typed for an action, on the answer to this request.
pub(super) fn raise(request: &HttpRequest, action: Action, until: Moment) {
    if let Some(visit) = request.extensions_mut().get_mut::<Visit>() {
        let proved = &mut visit.ticket.proved;
        proved.insert(action.to_string(), until.seconds());
    }
}

/// Signs the cookie again on every answer to an open session, so that idle time starts anew.
pub(super) async fn keep<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut answer = next.call(request).await?;
    let request = answer.request().clone();
    let ticket = request
        .extensions()
        .get::<Visit>()
        .map(|v| v.ticket.clone());
    let app = request.app_data::<web::Data<App>>();
    if let (Some(ticket), Some(app)) = (ticket, app)
        && let Some(cookie) = ticket.cookie(app)
    {
        answer.response_mut().add_cookie(&cookie)?;
    }
    Ok(answer)
}
