//! Addresses of the supplier's own texts.

use domain::DebtorId;
use domain::own_text::Slot;

/// Staff: the texts of messages.
#[must_use]
pub fn texts(supplier: &str) -> String {
    format!("/staff/{supplier}/texts")
}

/// Staff: one text; what is decided about it is posted to the same address.
#[must_use]
pub fn text(supplier: &str, slot: Slot) -> String {
    format!("/staff/{supplier}/texts/{slot}")
}

/// Staff: a version of a text (0 is the built-in one) as a mail to this customer, for a frame.
#[must_use]
pub fn text_mail(supplier: &str, slot: Slot, version: u32, debtor: DebtorId) -> String {
    format!("/staff/{supplier}/texts/{slot}/mail?version={version}&debtor={debtor}")
}
