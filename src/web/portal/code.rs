//! Where a code is asked for before something is done, and the page that asks for one before a
//! document.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::code::{Action, typed};
use views::paths;
use views::portal::code::{self as view, CodeAsk};
use views::problem::{Problem, Wrong};

use super::status;
use crate::app::App;
use crate::flows::code::{self, Checked, Sent, Wish};
use crate::web::error::WebError;
use crate::web::form::{Fields, Posted};
use crate::web::pages::see_other;
use crate::web::session::{Acting, Visit, raise};

/// None when the session has proved who acts, for this action; else what to ask. Whatever needs a
/// code calls this once its form was found right and confirmed: the first time a code is sent, then
/// what was typed is checked.
pub(super) async fn require_code(
    app: &App,
    (visit, request): (&Visit, &HttpRequest),
    fields: &Fields,
    action: Action,
) -> Result<Option<CodeAsk>, WebError> {
    if visit.has_proved(action) {
        return Ok(None);
    }
    let wish = Wish {
        visitor: visit.visitor,
        session: visit.session().to_owned(),
        action,
    };
    let targets = code::targets(app, visit.visitor).await?;
    let mut ask = CodeAsk {
        chosen: fields.text("code_to").parse().ok(),
        targets: targets
            .into_iter()
            .map(|target| (target.contact, target.masked))
            .collect(),
        ..CodeAsk::default()
    };
    if fields.wants_another_code() || !fields.has("code") {
        match code::send(app, wish, ask.chosen).await? {
            Sent::To(target) => {
                ask.chosen = Some(target.contact);
                ask.sent_to = Some(target.masked);
            }
            Sent::TooMany => ask.problems.push(Problem::new("code", Wrong::TooManyCodes)),
            Sent::Nobody => ask.targets.clear(),
        }
        return Ok(Some(ask));
    }
    let checked = match typed(fields.text("code")) {
        Some(digits) => code::check(app, wish, digits).await?,
        None => {
            ask.problems.push(Problem::new("code", Wrong::CodeMissing));
            return Ok(Some(ask));
        }
    };
    let wrong = match checked {
        Checked::Right(until) => {
            raise(request, action, until);
            return Ok(None);
        }
        Checked::Wrong(left) => Wrong::Code(left),
        Checked::Over => Wrong::CodeOver,
    };
    ask.problems.push(Problem::new("code", wrong));
    Ok(Some(ask))
}

/// Where a document is, when it needs a code that this session has not typed.
pub(super) async fn before_document(
    app: &App,
    visit: &Visit,
    request: &HttpRequest,
) -> Result<Option<HttpResponse>, WebError> {
    let supplier = visit.visitor.supplier;
    if visit.has_proved(Action::Documents) || !code::for_documents(app, supplier).await? {
        return Ok(None);
    }
    let path = request.path();
    Ok(Some(see_other(&format!("{}?next={path}", paths::CODE))))
}

/// Whether an address is one of our documents: the page leads nowhere else.
fn is_document(next: &str) -> bool {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "/_-.".contains(sign);
    let known = next == paths::STATEMENT_PDF
        || next == paths::STATEMENT_CSV
        || ["/payments/", "/mandates/", "/invoices/"]
            .iter()
            .any(|start| next.starts_with(start));
    known && next.chars().all(plain) && !next.contains("//") && !next.contains("..")
}

fn next(fields: &Fields) -> Result<String, WebError> {
    let next = fields.text("next");
    if is_document(next) {
        Ok(next.to_owned())
    } else {
        Err(WebError::NotFound)
    }
}

/// The page; no code is sent by looking at it.
pub(in crate::web) async fn show(
    Acting(visit): Acting,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let next = next(&Fields::of_query(&request))?;
    let page = view::page(&visit.frame(), &next, None);
    Ok(visit.page(StatusCode::OK, page))
}

/// Sends a code, or takes the one that was typed and goes on.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    posted: Posted,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let next = next(&fields)?;
    let asked = require_code(&app, (&visit, &request), &fields, Action::Documents).await?;
    let Some(ask) = asked else {
        return Ok(see_other(&next));
    };
    let page = view::page(&visit.frame(), &next, Some(&ask));
    Ok(visit.page(status(ask.problems.len()), page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documents_of_ours_are_gone_on_to() {
        for path in [
            "/statement.pdf",
            "/statement.csv",
            "/payments/pay_1/receipt.pdf",
            "/mandates/man_1.pdf",
            "/invoices/inv_1/documents/doc_1",
        ] {
            assert!(is_document(path), "{path}");
        }
        for path in [
            "",
            "/account",
            "//evil.example",
            "https://evil.example/statement.pdf",
            "/payments//evil.example",
            "/invoices/../staff",
            "/mandates/a?b",
            "/mandates/a\r\nb",
        ] {
            assert!(!is_document(path), "{path}");
        }
    }
}
