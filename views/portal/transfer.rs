//! What to type into one's bank: the exact holder name, IBAN, reference, amount, and a QR code.
//!
//! The IBAN stands here, inside the session, and in no message (`law.md` §3).

use domain::Money;
use domain::bank::{Bic, Iban};
use domain::party::Language;
use maud::{Markup, PreEscaped, html};

use crate::layout::{Frame, Head, portal_page};
use crate::parts;
use crate::paths;
use crate::text::check_iban;
use crate::text::common as c;
use crate::text::pay as t;

/// What the transfer page shows.
#[derive(Clone, Debug)]
pub struct TransferPage {
    /// The exact account-holder name, which the payer's bank compares.
    pub holder: String,
    /// The account.
    pub iban: Iban,
    /// Its BIC, when known.
    pub bic: Option<Bic>,
    /// The structured reference (ISO 11649), as to be typed.
    pub reference: String,
    /// How much.
    pub amount: Money,
    /// The EPC code as an SVG element made by this program: put on the page unescaped.
    pub qr_svg: Option<String>,
}

/// The transfer page.
#[must_use]
pub fn page(frame: &Frame, view: &TransferPage) -> Markup {
    let lang = frame.language;
    let title = t::TRANSFER_TITLE.of(lang);
    let body = html! {
        (parts::back(lang))
        h1 { (title) }
        (details(lang, view))
    };
    portal_page(frame, &Head::of(title), &body)
}

/// What to type, the code, and the advice, on whichever page.
pub(crate) fn details(lang: Language, view: &TransferPage) -> Markup {
    let mut rows = vec![
        (
            c::AMOUNT.of(lang),
            html! { strong { (parts::amount(lang, view.amount)) } },
        ),
        (t::HOLDER.of(lang), html! { (view.holder) }),
        (
            t::IBAN.of(lang),
            html! { span.num { (view.iban.grouped()) } },
        ),
    ];
    if let Some(bic) = &view.bic {
        rows.push((t::BIC.of(lang), html! { span.num { (bic) } }));
    }
    rows.push((
        c::REFERENCE.of(lang),
        html! { strong.num { (view.reference) } },
    ));
    html! {
        p { (t::TRANSFER_LEAD.of(lang)) }
        div.beside {
            (parts::facts(&rows))
            @if let Some(svg) = &view.qr_svg {
                figure.qr {
                    (PreEscaped(svg))
                    figcaption.sub { (t::QR_CAPTION.of(lang)) }
                }
            }
        }
        p.sub {
            (t::CALL_BACK.of(lang)) " "
            a href=(paths::CHECK_IBAN) { (check_iban::LINK.of(lang)) }
        }
    }
}
