//! Keeps other sites from posting in a debtor's name: a token in every form, and the origin.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, ORIGIN, REFERER};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use domain::Moment;
use serde::{Deserialize, Serialize};

use super::error::WebError;
use super::token::{Purpose, open, seal};
use crate::app::App;

#[derive(Serialize, Deserialize)]
struct Form {
    sid: String,
}

/// The token of every form of one session.
pub(super) fn token(app: &App, sid: &str, until: Moment) -> Option<String> {
    let form = Form {
        sid: sid.to_owned(),
    };
    seal(&app.vault, Purpose::Form, form, until)
}

/// Whether a token was made for this session.
pub(super) fn fits(app: &App, sid: &str, token: &str) -> bool {
    let form: Option<Form> = open(&app.vault, Purpose::Form, token, app.now());
    form.is_some_and(|form| form.sid == sid)
}

/// Refuses what is posted from a page of another site. Webhooks come from no page.
pub(super) async fn same_origin<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let app = request.app_data::<web::Data<App>>();
    let origin = app.map_or("", |app| app.origin.as_str());
    let harmless = request.method().is_safe() || request.path().starts_with("/hooks/");
    if harmless || is_ours(request.headers(), origin) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let refused = request.error_response(WebError::Forbidden);
    Ok(refused.map_into_right_body())
}

/// Whether nothing in the headers says that another site sent this.
///
/// Under our own `Referrer-Policy: no-referrer` browsers send `Origin: null` with our forms
/// (Fetch, "append a request `Origin` header"); then `Sec-Fetch-Site` tells, and in any case the
/// form's token.
fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    let header = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = header("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let from = header(ORIGIN.as_str()).is_none_or(|from| from == origin || from == "null");
    let page = header(REFERER.as_str()).is_none_or(|page| {
        let path = page.strip_prefix(origin);
        path.is_some_and(|path| path.is_empty() || path.starts_with('/'))
    });
    site && from && page
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    #[test]
    fn what_another_site_posts_is_known_by_its_headers() {
        let ours = "https://pay.example";
        for (name, value, expected) in [
            ("accept", "text/html", true),
            ("origin", "https://pay.example", true),
            ("origin", "null", true),
            ("origin", "https://pay.example.evil", false),
            ("origin", "http://pay.example", false),
            ("referer", "https://pay.example/account", true),
            ("referer", "https://pay.example", true),
            ("referer", "https://pay.example.evil/", false),
            ("sec-fetch-site", "same-origin", true),
            ("sec-fetch-site", "none", true),
            ("sec-fetch-site", "same-site", false),
            ("sec-fetch-site", "cross-site", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
            assert_eq!(is_ours(&headers, ours), expected, "{name}: {value}");
        }
    }
}
