//! The SEPA mandate: read, filled in, checked, signed.
//!
//! Posted fields: `holder`, `iban`, `bic`, `usage` (`domain::mandate::Usage` as text),
//! `signatory`, `place`, `consent` (`yes`), `step`, whatever `carried` holds, and `scheme` (`B2B`)
//! when it is not the usual one.

use domain::Day;
use domain::bank::{CreditorId, Iban, MandateRef};
use domain::mandate::{Scheme, Usage};
use domain::party::Language;
use maud::{Markup, html};

use super::code::{self, CodeAsk};
use crate::field::{self, Choice, Input};
use crate::layout::{Frame, Head, portal_page};
use crate::parts;
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::Text;
use crate::text::common as c;
use crate::text::document as d;
use crate::text::mandate as t;
use crate::text::pay;

/// Whom the mandate is for: fixed, shown before anything is asked.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The creditor's name.
    pub creditor: String,
    /// The creditor's address.
    pub address: String,
    /// The creditor identifier (ICS).
    pub creditor_id: CreditorId,
    /// The unique mandate reference (RUM).
    pub reference: MandateRef,
    /// The debtor's company name.
    pub debtor: String,
    /// Core, or between companies.
    pub scheme: Scheme,
    /// Days between the announcement of a debit and the debit.
    pub notice_days: u8,
}

/// The form, empty or as it came back.
#[derive(Clone, Debug)]
pub struct MandateForm {
    /// Whom it is for.
    pub terms: Terms,
    /// Idempotency key.
    pub key: String,
    /// Account holder as typed.
    pub holder: String,
    /// IBAN as typed.
    pub iban: String,
    /// BIC as typed; may be empty.
    pub bic: String,
    /// One-off or recurring.
    pub usage: Option<Usage>,
    /// Who signs, as typed.
    pub signatory: String,
    /// Where, as typed.
    pub place: String,
    /// Whether the box was ticked.
    pub consent: bool,
    /// Names and values that the form gives back unchanged: the payment it interrupts.
    pub carried: Vec<(String, String)>,
    /// Where the mandate of the other scheme is signed, when both are offered.
    pub other: Option<String>,
    /// What was wrong with it.
    pub problems: Vec<Problem>,
}

/// The form.
#[must_use]
pub fn page(frame: &Frame, form: &MandateForm) -> Markup {
    let lang = frame.language;
    let title = title(form.terms.scheme).of(lang);
    let body = html! {
        (parts::back(lang))
        (problem::summary(&form.problems, lang))
        h1 { (title) }
        (parts::facts(&terms(lang, &form.terms)))
        (legal(lang, &form.terms))
        @if let Some(other) = &form.other {
            p { a href=(other) { (switch(form.terms.scheme).of(lang)) } }
        }
        form.narrow method="post" action=(paths::MANDATE) novalidate {
            (parts::tokens(&frame.csrf, &form.key))
            (carried(form))
            (account_fields(lang, form))
            (usage(lang, form))
            (signature_fields(lang, form))
            div.actions {
                button.button name="step" value="check" { (c::CONTINUE.of(lang)) }
                a href=(paths::ACCOUNT) { (c::CANCEL.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::form(title, !form.problems.is_empty()), &body)
}

fn account_fields(lang: Language, form: &MandateForm) -> Markup {
    html! {
        (Input::text("holder", t::HOLDER.of(lang), &form.holder)
            .autocomplete("organization")
            .checked(&form.problems, lang))
        (Input::text("iban", t::IBAN.of(lang), &form.iban)
            .hint(t::IBAN_HINT.of(lang))
            .autocomplete("off")
            .checked(&form.problems, lang))
        (Input::text("bic", t::BIC.of(lang), &form.bic)
            .optional(lang)
            .autocomplete("off")
            .checked(&form.problems, lang))
    }
}

fn signature_fields(lang: Language, form: &MandateForm) -> Markup {
    let wrong = problem::at(&form.problems, "consent", lang);
    html! {
        (Input::text("signatory", t::SIGNATORY.of(lang), &form.signatory)
            .autocomplete("name")
            .checked(&form.problems, lang))
        (Input::text("place", t::PLACE.of(lang), &form.place)
            .autocomplete("address-level2")
            .checked(&form.problems, lang))
        (field::tick("consent", &html! { (t::CONSENT.of(lang)) }, form.consent, wrong.as_deref()))
    }
}

fn usage(lang: Language, form: &MandateForm) -> Markup {
    let choices: Vec<Choice<'_>> = [Usage::OneOff, Usage::Recurring]
        .into_iter()
        .map(|usage| Choice {
            value: usage.as_str(),
            label: html! { (usage_words(lang, usage)) },
            chosen: form.usage == Some(usage),
            enabled: true,
        })
        .collect();
    let wrong = problem::at(&form.problems, "usage", lang);
    field::radios("usage", t::USAGE.of(lang), wrong.as_deref(), &choices)
}

/// The check: the whole mandate as it will be signed, and the code that proves who signs, once it
/// was sent. `iban` is the one that was read.
#[must_use]
pub fn check(
    frame: &Frame,
    form: &MandateForm,
    iban: &Iban,
    signed_on: Day,
    ask: Option<&CodeAsk>,
) -> Markup {
    let lang = frame.language;
    let title = t::CHECK_TITLE.of(lang);
    let usage = form.usage.map_or("", Usage::as_str);
    let mandate = html! {
        (parts::facts(&terms(lang, &form.terms)))
        (parts::facts(&entered(lang, form, &iban.grouped(), signed_on)))
        (legal(lang, &form.terms))
    };
    let sign = html! {
        form.narrow method="post" action=(paths::MANDATE) novalidate {
            (parts::tokens(&frame.csrf, &form.key))
            (carried(form))
            (parts::hidden("holder", &form.holder))
            (parts::hidden("iban", &form.iban))
            (parts::hidden("bic", &form.bic))
            (parts::hidden("usage", usage))
            (parts::hidden("signatory", &form.signatory))
            (parts::hidden("place", &form.place))
            (parts::hidden("consent", "yes"))
            @if let Some(ask) = ask { (code::part(lang, ask)) }
            (parts::confirm_or_change(lang, t::SIGN.of(lang)))
            @if let Some(ask) = ask { div.actions { (code::again(lang, ask)) } }
        }
    };
    let body = code::check_page(lang, title, ask, (&mandate, &sign));
    let head = Head::form(
        code::check_title(lang, title, ask),
        ask.is_some_and(|ask| !ask.problems.is_empty()),
    );
    portal_page(frame, &head, &body)
}

/// The receipt, with the address of its copy: the IBAN is masked from here on. `next` continues the
/// interrupted payment.
#[must_use]
pub fn receipt(
    frame: &Frame,
    form: &MandateForm,
    iban: &Iban,
    (signed_on, pdf): (Day, &str),
    next: Option<&str>,
) -> Markup {
    let lang = frame.language;
    let title = t::SIGNED.of(lang);
    let masked = format!("•••• {}", iban.last_four());
    let body = html! {
        h1 { (title) }
        @if let Some(next) = next {
            // The mandate alone debits nothing: what is still to be done comes first.
            (parts::banner(parts::Tone::Info, t::ONE_STEP_LEFT.of(lang), &html! {
                div.actions { a.button href=(next) { (t::GO_ON.of(lang)) } }
            }))
        }
        @if form.terms.scheme == Scheme::B2b {
            (parts::banner(parts::Tone::Warn, t::TO_REGISTER.of(lang), &html! {
                p { (t::TO_REGISTER_MORE.of(lang)) }
            }))
        }
        p { (t::COPY.of(lang)) }
        (parts::facts(&terms(lang, &form.terms)))
        (parts::facts(&entered(lang, form, &masked, signed_on)))
        p { a href=(pdf) { (d::MANDATE_PDF.of(lang)) } }
        (parts::back(lang))
    };
    portal_page(frame, &Head::of(title), &body)
}

/// The mandate's text as it is shown and signed.
#[must_use]
pub fn legal(lang: Language, terms: &Terms) -> Markup {
    html! {
        div.legal {
            @for sentence in t::legal(lang, &terms.creditor, (terms.scheme, terms.notice_days)) {
                p { (sentence) }
            }
        }
    }
}

/// The same sentences as plain text, one a line: hash it for the evidence.
#[must_use]
pub fn wording(lang: Language, creditor: &str, terms: (Scheme, u8)) -> String {
    t::legal(lang, creditor, terms).join("\n")
}

const fn title(scheme: Scheme) -> Text {
    match scheme {
        Scheme::Core => t::TITLE,
        Scheme::B2b => t::TITLE_B2B,
    }
}

/// The way to the other scheme.
const fn switch(scheme: Scheme) -> Text {
    match scheme {
        Scheme::Core => t::TAKE_B2B,
        Scheme::B2b => t::TAKE_CORE,
    }
}

pub(super) const fn scheme_words(scheme: Scheme) -> Text {
    match scheme {
        Scheme::Core => t::SCHEME_CORE,
        Scheme::B2b => t::SCHEME_B2B,
    }
}

fn terms(lang: Language, terms: &Terms) -> [(&'static str, Markup); 6] {
    [
        (t::CREDITOR.of(lang), html! { (terms.creditor) }),
        (t::ADDRESS.of(lang), html! { (terms.address) }),
        (
            pay::CREDITOR_ID.of(lang),
            html! { span.num { (terms.creditor_id) } },
        ),
        (
            pay::MANDATE_REF.of(lang),
            html! { span.num { (terms.reference) } },
        ),
        (
            t::SCHEME.of(lang),
            html! { (scheme_words(terms.scheme).of(lang)) },
        ),
        (t::DEBTOR.of(lang), html! { (terms.debtor) }),
    ]
}

fn entered(
    lang: Language,
    form: &MandateForm,
    iban: &str,
    signed_on: Day,
) -> [(&'static str, Markup); 6] {
    let usage = form.usage.map_or("", |usage| usage_words(lang, usage));
    [
        (t::HOLDER.of(lang), html! { (form.holder) }),
        (t::IBAN.of(lang), html! { span.num { (iban) } }),
        (t::USAGE.of(lang), html! { (usage) }),
        (t::SIGNATORY.of(lang), html! { (form.signatory) }),
        (t::PLACE.of(lang), html! { (form.place) }),
        (t::SIGNED_ON.of(lang), parts::date(lang, signed_on)),
    ]
}

pub(super) const fn usage_words(lang: Language, usage: Usage) -> &'static str {
    match usage {
        Usage::OneOff => t::ONE_OFF.of(lang),
        Usage::Recurring => t::RECURRING.of(lang),
    }
}

fn carried(form: &MandateForm) -> Markup {
    html! {
        @for (name, value) in &form.carried { (parts::hidden(name, value)) }
        @if form.terms.scheme == Scheme::B2b {
            (parts::hidden("scheme", form.terms.scheme.as_str()))
        }
    }
}
