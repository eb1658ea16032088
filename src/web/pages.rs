//! Puts a page into an answer: status, type, and the policy that admits its own style only.

use actix_web::http::header::{ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, ContentType};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use domain::party::{Accent, Debtor, Language, Supplier};
use maud::Markup;
use views::brand::Brand;
use views::layout::{Frame, PLAIN_ACCENT};

use super::headers;

/// A page whose inlined style is that of this accent.
pub(super) fn html(status: StatusCode, accent: Accent, page: Markup) -> HttpResponse {
    let policy = headers::page_policy(accent);
    HttpResponse::build(status)
        .content_type(ContentType::html())
        .insert_header((CONTENT_SECURITY_POLICY, &*policy))
        .body(page.into_string())
}

/// A page that belongs to no supplier.
pub(super) fn plain(status: StatusCode, page: Markup) -> HttpResponse {
    html(status, PLAIN_ACCENT, page)
}

/// Goes on with a GET of another address.
pub(super) fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .finish()
}

/// What a debtor's page is framed with: the supplier's brand, the reader's language.
pub(super) fn frame(supplier: &Supplier, language: Language, csrf: &str) -> Frame {
    Frame {
        language,
        zone: supplier.zone,
        brand: Brand {
            name: supplier.name.clone(),
            address: supplier.address.clone(),
            accent: supplier.accent,
            contact_email: supplier.contact_email.clone(),
            contact_phone: supplier.contact_phone.clone(),
        },
        csrf: csrf.to_owned(),
        acts: true,
    }
}

/// The first language we write that the browser names; French when it names none.
pub(super) fn language(request: &HttpRequest) -> Language {
    browser(request).unwrap_or(Language::Fr)
}

/// The language of a page about an account: the one the contact chose, else the browser's, else
/// the debtor's or the supplier's.
pub(super) fn reader(
    request: &HttpRequest,
    chosen: Option<Language>,
    debtor: &Debtor,
    supplier: &Supplier,
) -> Language {
    let wanted = chosen.or_else(|| browser(request)).or(debtor.language);
    wanted.unwrap_or(supplier.language)
}

/// The first language we write that the browser names.
pub(super) fn browser(request: &HttpRequest) -> Option<Language> {
    let wanted = request.headers().get(ACCEPT_LANGUAGE);
    let wanted = wanted.and_then(|value| value.to_str().ok())?;
    let mut tags = wanted.split(',');
    tags.find_map(|tag| tag.trim().get(..2)?.to_ascii_lowercase().parse().ok())
}
