//! Files on a form and beside what was said.

use domain::AttachmentId;
use domain::attachment::FileKind;
use domain::party::Language;
use maud::{Markup, html};

use crate::field::Input;
use crate::problem::Problem;
use crate::text::attached as t;

/// What file dialogs offer first. Telephones make a JPEG of their own format when asked for one.
const ACCEPT: &str = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png";

/// A file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Id.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Bytes.
    pub size: usize,
}

/// The part of a form that takes files: `file` for new ones, `drop` with the ids of those that
/// wait already and are to go.
pub(crate) fn inputs(lang: Language, kept: &[File], problems: &[Problem]) -> Markup {
    inputs_as("file", lang, kept, problems)
}

/// The same where a page has several such forms: the field's id is another.
pub(crate) fn inputs_as(id: &str, lang: Language, kept: &[File], problems: &[Problem]) -> Markup {
    html! {
        @if !kept.is_empty() {
            fieldset.field {
                legend { (t::KEPT.of(lang)) }
                div.choices {
                    @for file in kept {
                        label.choice {
                            input type="checkbox" name="drop" value=(file.id);
                            span {
                                (file.name)
                                span.sub { (t::described(lang, file.kind, file.size)) ", "
                                    (t::REMOVE.of(lang)) }
                            }
                        }
                    }
                }
            }
        }
        (Input::text("file", t::ADD.of(lang), "")
            .with_id(id)
            .files(ACCEPT)
            .hint(t::limits(lang))
            .optional(lang)
            .checked(problems, lang))
    }
}

/// Names of files, without links: on a check page or receipt.
pub(crate) fn names(all: &[File]) -> Markup {
    html! { ul.plain { @for file in all { li { (file.name) } } } }
}

/// Files to be fetched, each at the address that `at` gives it.
pub(crate) fn links(lang: Language, all: &[File], at: &dyn Fn(AttachmentId) -> String) -> Markup {
    html! {
        @if !all.is_empty() {
            ul.plain {
                @for file in all {
                    li {
                        a href=(at(file.id)) download { (file.name) }
                        " (" (t::described(lang, file.kind, file.size)) ")"
                    }
                }
            }
        }
    }
}
