//! The page at the root of the site, for whoever typed its bare address. It is of no supplier.

use domain::party::Language;
use maud::{Markup, html};

use crate::layout;
use crate::paths;
use crate::text::front as t;

/// Says where the ways in are.
#[must_use]
pub fn page(lang: Language) -> Markup {
    let title = t::TITLE.of(lang);
    let body = html! {
        h1 { (title) }
        p { (t::LINK.of(lang)) }
        p { (t::EXPIRED.of(lang)) }
        p.sub { a href=(paths::SIGN_IN) { (t::STAFF.of(lang)) } }
    };
    layout::plain_page(lang, title, &body)
}
