//! The frame of the staff's pages: head, navigation, who is signed in.

use domain::party::Language;
use domain::{DebtorId, Zone};
use maud::{DOCTYPE, Markup, html};

use crate::layout::{PLAIN_ACCENT, icon};
use crate::parts;
use crate::paths;
use crate::portal::notice::{Fault, fault_body};
use crate::text::common as c;
use crate::text::debits as d;
use crate::text::reminders as r;
use crate::text::staff as t;

/// The style of every staff page: served as a file at `paths::STAFF_CSS`.
pub const STAFF_CSS: &str = concat!(
    include_str!("../../assets/base.css"),
    include_str!("../../assets/staff.css")
);

/// What the staff's pages are called; debtors meet their supplier's name only.
pub(super) const PRODUCT: &str = "Acquit";

/// A supplier by code and name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SupplierRef {
    /// The code in addresses.
    pub code: String,
    /// The trade name.
    pub name: String,
}

/// A debtor that a row links to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DebtorRef {
    /// Code of its supplier.
    pub supplier: String,
    /// Id.
    pub id: DebtorId,
    /// Company name.
    pub name: String,
}

/// Places of the navigation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    /// What needs somebody.
    Today,
    /// Customers.
    Debtors,
    /// Messages to decide.
    Messages,
    /// Balance files.
    Imports,
    /// Direct debits.
    Debits,
    /// Scenarios and what is planned.
    Reminders,
    /// Demonstration mailbox.
    Mailbox,
    /// None of them.
    Elsewhere,
}

/// What every staff page needs besides its own facts.
#[derive(Clone, Debug)]
pub struct StaffFrame {
    /// Language of the page.
    pub language: Language,
    /// The time zone that instants are shown in.
    pub zone: Zone,
    /// Who is signed in; empty where nobody need be.
    pub user: String,
    /// The session's form token.
    pub csrf: String,
    /// The supplier that is worked on.
    pub supplier: Option<SupplierRef>,
    /// Whether messages are kept in the demonstration mailbox.
    pub demo: bool,
}

/// A whole staff page.
pub(crate) fn staff_page(
    frame: &StaffFrame,
    section: Section,
    title: &str,
    body: &Markup,
) -> Markup {
    let header = html! {
        header.top {
            div.wrap {
                div.places {
                    a.brand href=(paths::TODAY) { (PRODUCT) }
                    (navigation(frame, section))
                }
                @if !frame.user.is_empty() { (account(frame)) }
            }
        }
    };
    document(frame.language, title, &header, body)
}

/// A staff page without a session.
pub(crate) fn open_page(language: Language, title: &str, body: &Markup) -> Markup {
    document(language, title, &html! {}, body)
}

fn document(lang: Language, title: &str, header: &Markup, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="robots" content="noindex,nofollow";
                title { (title) " – " (PRODUCT) }
                (icon(PLAIN_ACCENT))
                link rel="stylesheet" href=(paths::STAFF_CSS);
            }
            body {
                a.skip href=(paths::MAIN) { (c::SKIP.of(lang)) }
                (header)
                main.wrap #main tabindex="-1" { (body) }
            }
        }
    }
}

fn navigation(frame: &StaffFrame, section: Section) -> Markup {
    let lang = frame.language;
    let mut places = vec![(Section::Today, t::TODAY, String::from(paths::TODAY))];
    if let Some(supplier) = &frame.supplier {
        places.push((Section::Debtors, t::DEBTORS, paths::debtors(&supplier.code)));
        let reminders = paths::reminders(&supplier.code);
        places.push((Section::Reminders, r::TITLE, reminders));
        places.push((Section::Imports, t::IMPORTS, paths::imports(&supplier.code)));
        places.push((Section::Debits, d::TITLE, paths::debits(&supplier.code)));
    }
    places.push((
        Section::Messages,
        t::NAV_MESSAGES,
        String::from(paths::MESSAGES),
    ));
    if frame.demo {
        places.push((
            Section::Mailbox,
            t::NAV_MAILBOX,
            String::from(paths::MAILBOX),
        ));
    }
    html! {
        nav aria-label=(t::NAVIGATION.of(lang)) {
            ul {
                @for (place, name, address) in places {
                    li {
                        a href=(address) aria-current=[(place == section).then_some("page")] {
                            (name.of(lang))
                        }
                    }
                }
            }
        }
    }
}

fn account(frame: &StaffFrame) -> Markup {
    html! {
        form.who method="post" action=(paths::SIGN_OUT) {
            @if let Some(supplier) = &frame.supplier {
                strong title=(supplier.name) { (supplier.name) }
            }
            span title=(frame.user) { (frame.user) }
            (parts::hidden("csrf", &frame.csrf))
            button.link { (t::SIGN_OUT.of(frame.language)) }
        }
    }
}

/// A link to a debtor.
pub(crate) fn debtor_link(debtor: &DebtorRef) -> Markup {
    html! { a href=(paths::debtor(&debtor.supplier, debtor.id)) { (debtor.name) } }
}

/// A refusal or fault inside a session.
#[must_use]
pub fn fault(frame: &StaffFrame, fault: Fault, incident: &str) -> Markup {
    let (title, _) = fault.words();
    let body = fault_body(frame.language, fault, incident);
    staff_page(frame, Section::Elsewhere, title.of(frame.language), &body)
}
