//! A direct debit that the payment provider makes: what the debtor agrees to, before it gives its
//! IBAN on the provider's page.

use domain::Money;
use domain::party::Language;
use domain::payment::Method;
use maud::{Markup, html};

use super::chosen;
use super::pay::PayForm;
use crate::layout::{Frame, Head, portal_page};
use crate::parts;
use crate::paths;
use crate::text::common as c;
use crate::text::mandate as m;
use crate::text::pay as t;

/// The check: posts the payment form again with `step=confirm`, or `step=edit`. `lines` are what
/// is paid, each by its number.
#[must_use]
pub fn check(frame: &Frame, form: &PayForm, lines: &[(String, Money)]) -> Markup {
    let lang = frame.language;
    let title = t::AUTHORISE.of(lang);
    let paid = html! {
        ul.plain {
            @for (name, amount) in lines { li { (name) ", " (parts::amount(lang, *amount)) } }
        }
    };
    let facts = [
        (c::AMOUNT.of(lang), parts::amount(lang, form.total)),
        (c::INVOICES.of(lang), paid),
        (m::CREDITOR.of(lang), html! { (frame.brand.name) }),
        (m::ADDRESS.of(lang), html! { (frame.brand.address) }),
        (m::SCHEME.of(lang), html! { (m::SCHEME_CORE.of(lang)) }),
        (m::USAGE.of(lang), html! { (m::ONE_OFF.of(lang)) }),
    ];
    let body = html! {
        h1 { (title) }
        (parts::facts(&facts))
        div.legal {
            @for sentence in t::authorisation(lang, &frame.brand.name) { p { (sentence) } }
        }
        p { (t::AUTHORISE_NEXT.of(lang)) }
        form method="post" action=(paths::PAY) {
            (parts::tokens(&frame.csrf, &form.key))
            (chosen::carried(&form.chosen))
            (chosen::carried_credits(&form.credits))
            (chosen::carried_lateness(&form.lateness))
            (parts::hidden("method", Method::ProviderDebit.as_str()))
            (parts::hidden("total", &form.total.minor().to_string()))
            (parts::confirm_or_change(lang, t::AUTHORISE_GO.of(lang)))
        }
    };
    portal_page(frame, &Head::of(title), &body)
}

/// What is agreed to as plain text, one sentence a line: hash it for the evidence.
#[must_use]
pub fn wording(lang: Language, creditor: &str) -> String {
    t::authorisation(lang, creditor).join("\n")
}
