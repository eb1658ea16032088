//! The demonstration mailbox: what would have been sent. Shown in a frame that can do nothing.

use domain::Moment;
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::field::Input;
use crate::format;
use crate::parts;
use crate::paths;
use crate::text::common as c;
use crate::text::staff as t;

/// A kept message.
#[derive(Clone, Debug)]
pub struct Mail {
    /// What its address ends with.
    pub id: String,
    /// The company it went to.
    pub company: String,
    /// The mailbox there.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// When it was kept.
    pub at: Moment,
}

/// What a kept message holds.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its headers in their order, as they were written.
    pub headers: Vec<(String, String)>,
    /// Its text part.
    pub text: String,
}

/// The list, newest first, of what was searched for; `next` is the address of older ones.
#[must_use]
pub fn page(frame: &StaffFrame, search: &str, mails: &[Mail], next: Option<&str>) -> Markup {
    let lang = frame.language;
    let title = t::MAILBOX.of(lang);
    let titles = [t::SUBJECT.of(lang), t::TO.of(lang), t::WHEN.of(lang)];
    let rows = html! {
        @for mail in mails {
            tr {
                th scope="row" { a href=(paths::mail(&mail.id)) { (mail.subject) } }
                td data-l=(t::TO.of(lang)) { (mail.company) span.sub { (mail.to) } }
                td data-l=(t::WHEN.of(lang)) { (format::moment(lang, frame.zone, mail.at)) }
            }
        }
    };
    let body = html! {
        h1 { (title) }
        form.bar method="get" action=(paths::MAILBOX) role="search" {
            (Input::text("q", t::SEARCH_MAIL.of(lang), search)
                .kind("search")
                .autocomplete("off"))
            button.button.quiet { (t::FIND.of(lang)) }
        }
        @if mails.is_empty() {
            p { (if search.is_empty() { t::NO_MAIL } else { t::NO_MAIL_FOUND }.of(lang)) }
        } @else {
            (parts::table(&titles, &[], &rows))
        }
        @if let Some(next) = next {
            p { a rel="next" href=(next) { (t::NEXT.of(lang)) } }
        }
    };
    staff_page(frame, Section::Mailbox, title, &body)
}

/// One message. Its HTML comes from `paths::mail_html`, which must be served with a policy that
/// allows no script and this site as the only frame parent.
#[must_use]
pub fn message(frame: &StaffFrame, mail: &Mail, content: &Content) -> Markup {
    let lang = frame.language;
    let headers = content.headers.iter();
    let headers: Vec<_> = headers
        .map(|(name, value)| (name.as_str(), html! { (value) }))
        .collect();
    let body = html! {
        p.back { a href=(paths::MAILBOX) { "‹ " (t::BACK_TO_MAIL.of(lang)) } }
        h1 { (mail.subject) }
        (parts::facts(&[
            (t::TO.of(lang), html! { (mail.company) ", " (mail.to) }),
            (c::DATE.of(lang), html! { (format::moment(lang, frame.zone, mail.at)) }),
        ]))
        details { summary { (t::HEADERS.of(lang)) } (parts::facts(&headers)) }
        div.sides {
            section {
                h2 { (t::HTML_PART.of(lang)) }
                iframe.mail sandbox="allow-popups allow-popups-to-escape-sandbox"
                    title=(t::HTML_PART.of(lang)) src=(paths::mail_html(&mail.id)) {}
            }
            section { h2 { (t::TEXT_PART.of(lang)) } pre { (content.text) } }
        }
    };
    staff_page(frame, Section::Mailbox, &mail.subject, &body)
}
