//! Every address that a page names, in one place: the web layer routes the same ones.

use domain::{InvoiceId, PaymentId};

/// The debtor's account.
pub const ACCOUNT: &str = "/account";
/// Payment of chosen invoices: `?i=<invoice id>` repeated; the form is posted to the same address.
pub const PAY: &str = "/pay";
/// Promise for chosen invoices: `?i=` as for payment; the form is posted to the same address.
pub const PROMISE: &str = "/promise";
/// Signature of a mandate.
pub const MANDATE: &str = "/mandate";
/// The portal's skip target on every page.
pub const MAIN: &str = "#main";

/// The inert landing page of a signed link; *Continue* posts to it.
#[must_use]
pub fn link(token: &str) -> String {
    format!("/l/{token}")
}

/// Posting here sends a fresh link to the contact on file, if there is one.
#[must_use]
pub fn renew(token: &str) -> String {
    format!("/l/{token}/renew")
}

/// One invoice.
#[must_use]
pub fn invoice(id: InvoiceId) -> String {
    format!("/invoices/{id}")
}

/// The form that reports a problem with an invoice.
#[must_use]
pub fn dispute(id: InvoiceId) -> String {
    format!("/invoices/{id}/dispute")
}

/// How a payment stands: the return page after a card, and what is shown after the others.
#[must_use]
pub fn payment(id: PaymentId) -> String {
    format!("/payments/{id}")
}

/// The same page, asked again by itself: `round` counts how often.
#[must_use]
pub fn payment_again(id: PaymentId, round: u8) -> String {
    format!("/payments/{id}?n={round}")
}

/// A page for these invoices: `/pay?i=inv_…&i=inv_…`.
#[must_use]
pub fn with_invoices<I: IntoIterator<Item = InvoiceId>>(path: &str, ids: I) -> String {
    let mut out = String::from(path);
    for (place, id) in ids.into_iter().enumerate() {
        out.push(if place == 0 { '?' } else { '&' });
        out.push_str("i=");
        out.push_str(&id.to_string());
    }
    out
}
