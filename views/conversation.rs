//! What debtor and supplier said about a dispute, in the order in which they said it.

use domain::dispute::{Author, DisputeEvent};
use domain::party::Language;
use domain::{AttachmentId, Moment, Zone};
use maud::{Markup, html};

use crate::attached::{self, File};
use crate::format;
use crate::text::report as t;

/// One thing said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// By which side.
    pub author: Author,
    /// What it did; none for the declaration.
    pub event: Option<DisputeEvent>,
    /// The words.
    pub text: String,
    /// When.
    pub at: Moment,
    /// The files that came with it.
    pub files: Vec<File>,
}

/// How the two sides are named, and where files are fetched.
pub(crate) struct Sides<'a> {
    pub debtor: &'a str,
    pub supplier: &'a str,
    pub file: &'a dyn Fn(AttachmentId) -> String,
}

/// The conversation.
pub(crate) fn conversation(lang: Language, zone: Zone, sides: &Sides<'_>, all: &[Said]) -> Markup {
    html! {
        ol.time {
            @for one in all {
                li {
                    time.sub datetime=(one.at) { (format::moment(lang, zone, one.at)) }
                    strong {
                        (match one.author {
                            Author::Debtor => sides.debtor,
                            Author::Supplier => sides.supplier,
                        })
                        " · " (t::event(one.event).of(lang))
                    }
                    @if !one.text.is_empty() { p.lines { (one.text) } }
                    (attached::links(lang, &one.files, sides.file))
                }
            }
        }
    }
}
