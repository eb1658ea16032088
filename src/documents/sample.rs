//! A stand-in for a supplier's own document, for demonstrations: what it would say in short.

use domain::Money;
use domain::document::DocumentKind;
use views::format;
use views::text::document as t;

use super::draw::pdf;
use super::sheet::Sheet;
use super::{DocumentError, Letterhead};

/// An invoice or delivery note that says what is in the books about it.
pub fn sample(
    head: &Letterhead,
    kind: DocumentKind,
    number: &str,
    amount: Money,
) -> Result<Vec<u8>, DocumentError> {
    let lang = head.language;
    let title = format!("{} {number}", t::kind(kind).of(lang));
    let mut sheet = Sheet::begin(head, &title)?;
    sheet.facts(&[
        (t::CUSTOMER.of(lang), head.debtor.clone()),
        (t::ACCOUNT.of(lang), head.code.clone()),
        (t::DATE.of(lang), format::day(lang, head.on)),
        (t::AMOUNT.of(lang), format::money(lang, amount)),
    ]);
    pdf(&sheet, head, &title)
}
