//! The documents of one invoice, and the form that attaches one more.
//!
//! Posted parts: `csrf`, `key`, `kind` (`domain::document::DocumentKind` as text), `file`.

use domain::document::DocumentKind;
use domain::party::Language;
use domain::{DebtorId, InvoiceId};
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::field::{self, Choice, Input};
use crate::format;
use crate::parts::{self, Tone};
use crate::paths;
use crate::portal::invoice::DocumentLine;
use crate::problem::{self, Problem};
use crate::text::document as t;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DocumentsPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Whose invoice.
    pub debtor: DebtorId,
    /// Which.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// What is attached.
    pub documents: Vec<DocumentLine>,
    /// Whether the user may attach more.
    pub may_add: bool,
    /// After an upload: whether the file is new.
    pub attached: Option<bool>,
    /// Idempotency key.
    pub key: String,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &DocumentsPage) -> Markup {
    let lang = frame.language;
    let title = t::ADD_TITLE.of(lang);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) span.sub { (view.number) } }
        @if let Some(new) = view.attached {
            @let said = if new { t::ATTACHED } else { t::KNOWN };
            (parts::banner(if new { Tone::Ok } else { Tone::Info }, said.of(lang), &html! {}))
        }
        @if view.documents.is_empty() { p { (t::NO_DOCUMENTS.of(lang)) } }
        ul.plain { @for one in &view.documents { (line(lang, &view.supplier, one)) } }
        @if view.may_add { (form(frame, view)) }
        p.back { a href=(paths::debtor(&view.supplier, view.debtor)) { (t::CUSTOMER.of(lang)) } }
    };
    staff_page(frame, Section::Debtors, title, &body)
}

fn line(lang: Language, supplier: &str, one: &DocumentLine) -> Markup {
    html! {
        li {
            a href=(paths::staff_document(supplier, one.id)) {
                (t::kind(one.kind).of(lang)) " " (one.file_name)
            }
            " (PDF, " (format::kilobytes(lang, one.size)) ")"
        }
    }
}

fn form(frame: &StaffFrame, view: &DocumentsPage) -> Markup {
    let lang = frame.language;
    let choices: Vec<Choice<'_>> = DocumentKind::ALL
        .iter()
        .map(|kind| Choice {
            value: kind.as_str(),
            label: html! { (t::kind(*kind).of(lang)) },
            chosen: *kind == DocumentKind::Invoice,
            enabled: true,
        })
        .collect();
    html! {
        h2 { (t::ADD.of(lang)) }
        form.narrow method="post" action=(paths::invoice_documents(&view.supplier, view.invoice))
            enctype="multipart/form-data" novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (field::radios("kind", t::KIND.of(lang), None, &choices))
            (Input::text("file", t::FILE.of(lang), "")
                .kind("file")
                .hint(t::FILE_HINT.of(lang))
                .checked(&view.problems, lang))
            div.actions { button.button { (t::UPLOAD.of(lang)) } }
        }
    }
}
