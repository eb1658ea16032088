//! The demonstration mailbox: what would have been sent, in a frame that can do nothing.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::{MessageId, Zone};
use serde::Deserialize;
use views::paths;
use views::staff::mailbox::{self as view, Content, Mail};
use views::staff::shell::StaffFrame;

use super::answer::{self, Found, Refusal, page};
use super::form;
use super::session::{Staff, refuse};
use crate::app::App;
use crate::flows::mailbox;
use crate::store::mailbox::Kept;
use crate::web::address;

/// What a mail may do in its frame: show itself and open links in a window of their own.
pub(super) const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; \
    img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// Says that the mailbox is there.
pub(super) struct Demonstration;

impl Demonstration {
    /// Whether this server has a mailbox to look into.
    pub(super) fn is_on(request: &HttpRequest) -> bool {
        request.app_data::<web::Data<Self>>().is_some()
    }
}

/// What the address asks for.
#[derive(Deserialize)]
pub(super) struct Older {
    #[serde(default)]
    q: String,
    #[serde(default)]
    before: String,
}

/// Characters of a search that are looked at.
const SEARCH_CHARS: usize = 100;

/// One page of messages, newest first.
pub(super) async fn list(
    request: HttpRequest,
    app: web::Data<App>,
    older: web::Query<Older>,
    staff: Option<Staff>,
) -> HttpResponse {
    let frame = frame(&request, staff.as_ref());
    let found = listed(&app, &frame, &older).await;
    found.unwrap_or_else(|refusal| refuse(&request, &refusal))
}

async fn listed(app: &App, frame: &StaffFrame, older: &Older) -> Found {
    let search: String = form::typed(&older.q).chars().take(SEARCH_CHARS).collect();
    let before = match older.before.as_str() {
        "" => None,
        id => Some(parse(id)?),
    };
    let (kept, next) = mailbox::search(app, search.clone(), before).await?;
    let mails: Vec<Mail> = kept.into_iter().map(mail).collect();
    let next = next.map(|id| {
        let id = id.to_string();
        let asked = [("q", search.as_str()), ("before", id.as_str())];
        let asked = asked.into_iter().filter(|(_, value)| !value.is_empty());
        format!("{}?{}", paths::MAILBOX, address::query(asked))
    });
    let list = view::page(frame, &search, &mails, next.as_deref());
    Ok(page(StatusCode::OK, list))
}

/// One message.
pub(super) async fn show(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    staff: Option<Staff>,
) -> HttpResponse {
    let frame = frame(&request, staff.as_ref());
    let found = shown(&app, &frame, &id).await;
    found.unwrap_or_else(|refusal| refuse(&request, &refusal))
}

async fn shown(app: &App, frame: &StaffFrame, id: &str) -> Found {
    let (kept, readable) = mailbox::open(app, parse(id)?).await?;
    let content = Content {
        headers: readable.headers,
        text: readable.text,
    };
    let message = view::message(frame, &mail(kept), &content);
    Ok(page(StatusCode::OK, message))
}

/// Its HTML alone, for the frame.
pub(super) async fn html(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
) -> HttpResponse {
    let found = framed(&app, &id).await;
    found.unwrap_or_else(|refusal| refuse(&request, &refusal))
}

async fn framed(app: &App, id: &str) -> Found {
    let (_, readable) = mailbox::open(app, parse(id)?).await?;
    // No page of ours lets itself be framed: links open in a window of their own.
    let html = readable
        .html
        .replacen("<head>", "<head><base target=\"_blank\">", 1);
    Ok(HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((CONTENT_SECURITY_POLICY, MAIL_POLICY))
        .body(html))
}

fn parse(id: &str) -> Result<MessageId, Refusal> {
    id.parse().map_err(|_| Refusal::NOT_FOUND)
}

fn mail(kept: Kept) -> Mail {
    Mail {
        id: kept.id.to_string(),
        company: kept.company,
        to: kept.recipient,
        subject: kept.subject,
        at: kept.at,
    }
}

/// Nobody need be signed in here.
fn frame(request: &HttpRequest, staff: Option<&Staff>) -> StaffFrame {
    staff.map_or_else(
        || StaffFrame {
            language: answer::language(request),
            zone: Zone::PARIS,
            user: String::new(),
            csrf: String::new(),
            supplier: None,
            demo: true,
        },
        |staff| staff.frame(&[]),
    )
}
