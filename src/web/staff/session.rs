//! Who is signed in: a signed cookie names the user, the storage says what they may do now.

use std::future::Future;
use std::pin::Pin;

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse, web};
use domain::party::{Language, Supplier};
use domain::{Day, Moment, SupplierId, UserId, Zone};
use maud::Markup;
use serde::{Deserialize, Serialize};
use views::paths;
use views::portal::notice::{Fault, plain_fault};
use views::staff::shell::{self, StaffFrame, SupplierRef};

use super::answer::{self, Found, Refusal};
use super::form;
use super::mailbox::Demonstration;
use crate::app::App;
use crate::flows::{Actor, FlowError, sign_in};
use crate::store::report::SupplierFacts;
use crate::store::user::{StaffRole, User};
use crate::store::{self, Reach, StoreError};
use crate::web::pages::see_other;
use crate::web::token::{self, Purpose};

/// Hours after which everybody signs in again.
const HOURS: i64 = 12;

/// What the cookie says.
#[derive(Clone, Serialize, Deserialize)]
struct Ticket {
    user: String,
    epoch: i64,
    /// When the user signed in, in seconds.
    issued: i64,
}

impl Ticket {
    fn ends_at(&self) -> Moment {
        Moment::from_seconds(self.issued).plus_minutes(HOURS * 60)
    }

    /// What the forms of this session are signed for.
    fn session(&self) -> String {
        format!("{}:{}", self.user, self.issued)
    }
}

/// Whether pages are reached over TLS, as everywhere but on a developer's machine.
pub(super) fn over_https(app: &App) -> bool {
    app.origin.starts_with("https://")
}

/// Browsers refuse a `__Host-` cookie that is not `Secure`.
fn cookie_name(app: &App) -> &'static str {
    if over_https(app) {
        "__Host-acquit-staff"
    } else {
        "acquit-staff"
    }
}

/// A cookie for all pages that no script reads and no other site's form brings along.
pub(super) fn cookie(app: &App, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(over_https(app))
        .max_age(Duration::hours(HOURS))
        .finish()
}

/// The cookie that begins a session.
pub(super) fn begin(app: &App, user: &User) -> Result<Cookie<'static>, FlowError> {
    let ticket = Ticket {
        user: user.id.to_string(),
        epoch: user.epoch,
        issued: app.now().seconds(),
    };
    let until = ticket.ends_at();
    let sealed = token::seal(&app.vault, Purpose::Staff, ticket, until);
    let unsigned = || FlowError::Unusable("the session could not be signed".into());
    Ok(cookie(app, cookie_name(app), sealed.ok_or_else(unsigned)?))
}

/// The cookie that ends it.
pub(super) fn end(app: &App) -> Cookie<'static> {
    let mut ended = cookie(app, cookie_name(app), String::new());
    ended.make_removal();
    ended
}

/// Somebody signed in, and the request they make.
pub(super) struct Staff {
    /// The application.
    pub(super) app: web::Data<App>,
    /// Who it is.
    pub(super) user: User,
    /// The language of the pages.
    pub(super) language: Language,
    roles: Vec<(SupplierId, StaffRole)>,
    ticket: Ticket,
    csrf: String,
    origin: Option<String>,
    demo: bool,
}

/// A supplier that the user works for.
pub(super) struct Place {
    /// Which.
    pub(super) supplier: Supplier,
    /// The user's role there.
    pub(super) role: StaffRole,
}

impl Place {
    /// Refuses whoever only looks.
    pub(super) fn for_writing(self) -> Result<Self, Refusal> {
        if self.role.may_write() {
            Ok(self)
        } else {
            Err(Refusal::Fault(Fault::Forbidden))
        }
    }

    /// Refuses whoever does not call customers.
    pub(super) fn for_calling(self) -> Result<Self, Refusal> {
        if self.role.may_call() {
            Ok(self)
        } else {
            Err(Refusal::Fault(Fault::Forbidden))
        }
    }

    /// The day where the supplier is.
    pub(super) fn today(&self, staff: &Staff) -> Day {
        self.supplier.zone.day(staff.app.now())
    }
}

impl Staff {
    /// The suppliers the user works for.
    pub(super) fn suppliers(&self) -> Vec<SupplierId> {
        self.roles.iter().map(|(supplier, _)| *supplier).collect()
    }

    /// Whether the user may change anything at this supplier.
    pub(super) fn may_write(&self, supplier: SupplierId) -> bool {
        let mut roles = self.roles.iter();
        roles.any(|(at, role)| *at == supplier && role.may_write())
    }

    /// The supplier of this code, if the user works for it.
    pub(super) async fn at(&self, code: &str) -> Result<Place, Refusal> {
        let code = code.to_owned();
        let supplier = self
            .app
            .store
            .read(Reach::of(&self.suppliers()), move |conn| {
                store::supplier::find_by_code(conn, &code)
            })
            .await?;
        let mut roles = self.roles.iter();
        let role = roles.find(|(at, _)| *at == supplier.id);
        let role = role.map(|(_, role)| *role).ok_or(Refusal::NOT_FOUND)?;
        Ok(Place { supplier, role })
    }

    /// The user in the audit trail.
    pub(super) fn actor(&self) -> Actor {
        Actor::staff(&self.user.email)
    }

    /// Refuses what is not posted from a form of this session.
    pub(super) fn check_form(&self, csrf: &str) -> Result<(), Refusal> {
        self.check_origin()?;
        form::check(&self.app, &self.ticket.session(), csrf)
    }

    /// Refuses what is posted from another site's page.
    pub(super) fn check_origin(&self) -> Result<(), Refusal> {
        form::check_origin(&self.app, self.origin.as_deref())
    }

    /// What a page about no one supplier is framed with.
    pub(super) fn frame(&self, suppliers: &[SupplierFacts]) -> StaffFrame {
        let only = match suppliers {
            [only] => Some(SupplierRef {
                code: only.code.clone(),
                name: only.name.clone(),
            }),
            _ => None,
        };
        let zone = suppliers.first().map_or(Zone::PARIS, |first| first.zone);
        self.framed(zone, only)
    }

    /// What a page of one supplier is framed with.
    pub(super) fn frame_of(&self, supplier: &Supplier) -> StaffFrame {
        let named = SupplierRef {
            code: supplier.code.clone(),
            name: supplier.name.clone(),
        };
        self.framed(supplier.zone, Some(named))
    }

    fn framed(&self, zone: Zone, supplier: Option<SupplierRef>) -> StaffFrame {
        StaffFrame {
            language: self.language,
            zone,
            user: self.user.name.clone(),
            csrf: self.csrf.clone(),
            supplier,
            demo: self.demo,
        }
    }

    /// What was found, or the page that says why nothing was.
    pub(super) fn answer(&self, found: Found) -> HttpResponse {
        found.unwrap_or_else(|refusal| {
            let (fault, incident) = (refusal.fault(), refusal.note());
            let page = shell::fault(&self.frame(&[]), fault, &incident);
            answer::page(answer::status(fault), page)
        })
    }
}

/// A page without a session that says why there is nothing else.
pub(super) fn refuse(request: &HttpRequest, refusal: &Refusal) -> HttpResponse {
    let (fault, incident) = (refusal.fault(), refusal.note());
    let page: Markup = plain_fault(answer::language(request), fault, &incident);
    answer::plain(answer::status(fault), page)
}

impl FromRequest for Staff {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let response = match find(&request).await {
                Ok(Some(staff)) => return Ok(staff),
                Ok(None) => see_other(paths::SIGN_IN),
                Err(refusal) => refuse(&request, &refusal),
            };
            Err(InternalError::from_response("no session", response).into())
        })
    }
}

/// The session of a request, if the user is still one and was not signed out meanwhile.
async fn find(request: &HttpRequest) -> Result<Option<Staff>, Refusal> {
    let Some(app) = request.app_data::<web::Data<App>>() else {
        return Ok(None);
    };
    let Some((ticket, user)) = ticket(request, app) else {
        return Ok(None);
    };
    let signed_in = match sign_in::again(app, user).await {
        Err(FlowError::Store(StoreError::NotFound)) => return Ok(None),
        other => other?,
    };
    if signed_in.user.epoch != ticket.epoch {
        return Ok(None);
    }
    let csrf = form::token(app, &ticket.session(), ticket.ends_at())?;
    Ok(Some(Staff {
        app: app.clone(),
        user: signed_in.user,
        roles: signed_in.roles,
        language: answer::language(request),
        ticket,
        csrf,
        origin: form::origin(request),
        demo: Demonstration::is_on(request),
    }))
}

fn ticket(request: &HttpRequest, app: &App) -> Option<(Ticket, UserId)> {
    let cookie = request.cookie(cookie_name(app))?;
    let ticket: Ticket = token::open(&app.vault, Purpose::Staff, cookie.value(), app.now())?;
    let user = ticket.user.parse().ok()?;
    Some((ticket, user))
}
