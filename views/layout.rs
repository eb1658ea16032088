//! The page around the page: head, header, footer, and the style it carries.

use domain::Zone;
use domain::party::{Accent, Language};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::sync::Arc;

use crate::brand::{Brand, button_ink, link_on_dark, link_on_light};
use crate::memo::Memo;
use crate::paths;
use crate::text::common as t;

/// What every page of the debtor's portal needs besides its own facts.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Language of the page.
    pub language: Language,
    /// The supplier's time zone.
    pub zone: Zone,
    /// The supplier.
    pub brand: Brand,
    /// The session's form token, posted as `csrf`; empty on pages without a session.
    pub csrf: String,
    /// Whether the visitor may act; pages for whoever only looks have no forms.
    pub acts: bool,
}

/// What a page says about itself.
pub(crate) struct Head<'a> {
    /// Title without the supplier's name.
    pub title: &'a str,
    /// Whether the form came back with errors.
    pub error: bool,
    /// Whether the header links to the account.
    pub session: bool,
    /// Seconds and address of the page that replaces this one by itself.
    pub refresh: Option<(u8, String)>,
}

impl<'a> Head<'a> {
    /// A page inside a session.
    pub(crate) fn of(title: &'a str) -> Self {
        Self {
            title,
            error: false,
            session: true,
            refresh: None,
        }
    }

    /// A page that anybody may meet.
    pub(crate) fn open(title: &'a str) -> Self {
        Self {
            session: false,
            ..Self::of(title)
        }
    }

    /// A form that may have come back with errors.
    pub(crate) fn form(title: &'a str, error: bool) -> Self {
        Self {
            error,
            ..Self::of(title)
        }
    }
}

/// The style of every debtor page, the same for all suppliers.
const PORTAL_CSS: &str = concat!(
    include_str!("../assets/base.css"),
    include_str!("../assets/portal.css")
);

/// The accent of pages that belong to no supplier.
pub const PLAIN_ACCENT: Accent = Accent {
    rgb: [0x1f, 0x4e, 0x8c],
};

/// The exact text inside a debtor page's `<style>`: hash it for the page's CSP.
#[must_use]
pub fn portal_style(accent: Accent) -> Arc<str> {
    static STYLES: Memo<[u8; 3], Arc<str>> = Memo::new();
    STYLES.get(accent.rgb, || write_style(accent).into())
}

fn write_style(accent: Accent) -> String {
    let (ink, light, dark) = (
        button_ink(accent),
        link_on_light(accent),
        link_on_dark(accent),
    );
    format!(
        ":root{{--accent:{accent};--on:{ink};--link:{light}}}\
         @media(prefers-color-scheme:dark){{:root{{--link:{dark}}}}}{PORTAL_CSS}"
    )
}

/// A whole debtor page.
pub(crate) fn portal_page(frame: &Frame, head: &Head<'_>, body: &Markup) -> Markup {
    let lang = frame.language;
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="robots" content="noindex,nofollow";
                meta name="format-detection" content="telephone=no";
                @if let Some((seconds, address)) = &head.refresh {
                    meta http-equiv="refresh" content={ (seconds) ";url=" (address) };
                }
                title {
                    @if head.error { (t::ERROR_PREFIX.of(lang)) }
                    (head.title) " – " (frame.brand.name)
                }
                (icon(frame.brand.accent))
                style { (PreEscaped(&*portal_style(frame.brand.accent))) }
            }
            body {
                a.skip href=(paths::MAIN) { (t::SKIP.of(lang)) }
                (header(frame, head.session))
                main.wrap #main tabindex="-1" { (body) }
                (footer(frame))
            }
        }
    }
}

/// A page before the supplier is known: unbranded, but in the portal's style.
pub(crate) fn plain_page(lang: Language, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="robots" content="noindex,nofollow";
                title { (title) }
                (icon(PLAIN_ACCENT))
                style { (PreEscaped(&*portal_style(PLAIN_ACCENT))) }
            }
            body { main.wrap #main { (body) } }
        }
    }
}

/// The tab's mark, in the page itself: else browsers ask for one that is not there.
pub(crate) fn icon(accent: Accent) -> Markup {
    let [red, green, blue] = accent.rgb;
    let mark = format!(
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>\
         <rect width='8' height='8' rx='2' fill='rgb({red},{green},{blue})'/></svg>"
    );
    html! { link rel="icon" href=(mark); }
}

fn header(frame: &Frame, session: bool) -> Markup {
    html! {
        header.top {
            div.wrap {
                p.brand { (frame.brand.name) }
                @if session {
                    nav { a href=(paths::ACCOUNT) { (t::YOUR_ACCOUNT.of(frame.language)) } }
                }
            }
        }
    }
}

fn footer(frame: &Frame) -> Markup {
    let brand = &frame.brand;
    html! {
        footer.foot {
            div.wrap {
                p { strong { (t::QUESTION.of(frame.language)) } " " (contact(brand)) }
                p { (brand.name) " · " (brand.address) }
            }
        }
    }
}

/// How to reach a human at the supplier.
pub(crate) fn contact(brand: &Brand) -> Markup {
    let dial: String = brand
        .contact_phone
        .chars()
        .filter(|sign| sign.is_ascii_digit() || *sign == '+')
        .collect();
    html! {
        @if !dial.is_empty() { a href={ "tel:" (dial) } { (brand.contact_phone) } " · " }
        a href={ "mailto:" (brand.contact_email) } { (brand.contact_email) }
    }
}
