//! The texts of messages: which are the supplier's own, which are built in.

use domain::own_text::Slot;
use domain::party::Language;
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use super::today::SupplierLine;
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::{labels, own_text as t, reminders};

/// One text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextLine {
    /// Where.
    pub slot: Slot,
    /// The version of the supplier's own that is used.
    pub version: Option<u32>,
    /// Whether it could not be used.
    pub fails: bool,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, supplier: &str, lines: &[TextLine]) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let titles = [t::MESSAGE.of(lang), t::TEXT_USED.of(lang)];
    let kinds = lines.chunk_by(|one, next| one.slot.kind == next.slot.kind);
    let rows = html! {
        @for of_kind in kinds {
            tr {
                th scope="row" { (name(frame, of_kind)) }
                td data-l=(t::TEXT_USED.of(lang)) {
                    ul.uses { @for line in of_kind { li { (used(frame, supplier, line)) } } }
                }
            }
        }
    };
    let body = html! {
        h1 { (title) }
        p { (t::HINT.of(lang)) }
        (parts::table(&titles, &[], &rows))
        p.back { a href=(paths::reminders(supplier)) { (reminders::TITLE.of(lang)) } }
    };
    staff_page(frame, Section::Reminders, title, &body)
}

fn name(frame: &StaffFrame, of_kind: &[TextLine]) -> &'static str {
    let first = of_kind.first();
    first.map_or("", |line| {
        labels::message_kind(line.slot.kind).of(frame.language)
    })
}

/// One text of a message, and whose words it is in.
fn used(frame: &StaffFrame, supplier: &str, line: &TextLine) -> Markup {
    html! {
        a href=(paths::text(supplier, line.slot)) { (place(frame, line.slot)) }
        (state(frame, line))
    }
}

/// Tells on the day's page that texts fail.
pub(super) fn failing(lang: Language, line: &SupplierLine) -> Markup {
    html! {
        @if line.texts_failing > 0 {
            @let title = t::failing(lang, line.texts_failing, &line.supplier.name);
            (parts::banner(Tone::Bad, &title, &html! {
                p.way { a href=(paths::texts(&line.supplier.code)) { (t::TITLE.of(lang)) } }
            }))
        }
    }
}

/// Channel and language.
pub(super) fn place(frame: &StaffFrame, slot: Slot) -> String {
    let lang = frame.language;
    let by = t::channel(slot.channel).of(lang);
    format!("{by}, {}", t::language(slot.language).of(lang))
}

fn state(frame: &StaffFrame, line: &TextLine) -> Markup {
    let lang = frame.language;
    match (line.version, line.fails) {
        (None, _) => parts::tag(Tone::Calm, t::BUILT_IN.of(lang)),
        (Some(version), false) => parts::tag(Tone::Ok, &t::version(version)),
        (Some(_), true) => parts::tag(Tone::Bad, t::NOT_USABLE.of(lang)),
    }
}
