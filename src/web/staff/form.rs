//! What a form carries besides its fields: a token made for one session, and where it came from.

use actix_web::HttpRequest;
use actix_web::http::header::ORIGIN;
use domain::{Moment, TxId};
use serde::{Deserialize, Serialize};
use views::portal::notice::Fault;

use super::answer::Refusal;
use crate::app::App;
use crate::clock::new_id;
use crate::flows::FlowError;
use crate::web::token::{self, Purpose};

#[derive(Serialize, Deserialize)]
struct Form {
    session: String,
}

/// The token of every form of a session, good as long as the session.
pub(super) fn token(app: &App, session: &str, until: Moment) -> Result<String, FlowError> {
    let form = Form {
        session: session.to_owned(),
    };
    let unsigned = || FlowError::Unusable("the form could not be signed".into());
    token::seal(&app.vault, Purpose::Form, form, until).ok_or_else(unsigned)
}

/// Refuses a token that was not made for this session.
pub(super) fn check(app: &App, session: &str, token: &str) -> Result<(), Refusal> {
    let form: Option<Form> = token::open(&app.vault, Purpose::Form, token, app.now());
    if form.is_some_and(|form| form.session == session) {
        Ok(())
    } else {
        Err(Refusal::Fault(Fault::Forbidden))
    }
}

/// Where a request says it comes from (RFC 6454).
pub(super) fn origin(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get(ORIGIN)?;
    Some(value.to_str().unwrap_or("unreadable").to_owned())
}

/// Refuses what does not come from our own pages: every browser says with a POST where it is from.
/// Chromium says `null` under our referrer policy; the form's token tells whether it is ours then.
pub(super) fn check_origin(app: &App, origin: Option<&str>) -> Result<(), Refusal> {
    if origin == Some(app.origin.as_str()) || origin == Some("null") {
        Ok(())
    } else {
        Err(Refusal::Fault(Fault::Forbidden))
    }
}

/// The key of a form.
pub(super) fn key() -> String {
    new_id::<TxId>().to_string()
}

/// A typed text without control characters but line ends and tabs: PostgreSQL keeps no NUL, and
/// nobody typed one.
pub(super) fn typed(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    let fine = |sign: &char| !sign.is_control() || matches!(sign, '\n' | '\t');
    let typed: String = lines.chars().filter(fine).collect();
    typed.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_texts_lose_what_nobody_types() {
        assert_eq!(typed(" a\0\u{7}b\r\nc\t\u{9b} "), "ab\nc");
    }
}
