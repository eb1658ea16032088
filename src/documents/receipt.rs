//! The receipt of a payment as PDF.

use views::format;
use views::text::{document as t, labels};

use super::draw::pdf;
use super::sheet::{Sheet, amounts, column};
use super::{DocumentError, Paid, Receipt, ReceiptLine};

/// The receipt as PDF.
pub fn receipt(facts: &Receipt) -> Result<Vec<u8>, DocumentError> {
    let lang = facts.head.language;
    let title = t::RECEIPT.of(lang);
    let mut sheet = Sheet::begin(&facts.head, title)?;
    sheet.facts(&[
        (t::CUSTOMER.of(lang), facts.head.debtor.clone()),
        (t::ACCOUNT.of(lang), facts.head.code.clone()),
        (t::RECEIVED.of(lang), format::money(lang, facts.amount)),
        (
            t::RECEIVED_ON.of(lang),
            format::day(lang, facts.received_on),
        ),
        (
            t::METHOD.of(lang),
            labels::method(facts.method).of(lang).to_owned(),
        ),
        (t::PAYMENT_REFERENCE.of(lang), facts.reference.clone()),
    ]);
    if !facts.lines.is_empty() {
        sheet.section(t::PAID_FOR.of(lang));
        let columns = [
            column(t::NUMBER.of(lang), 2600),
            column(t::KIND.of(lang), 1200),
            amounts(t::PAID.of(lang), 1230),
        ];
        let row = |line: &ReceiptLine| {
            let (number, kind) = match &line.what {
                Paid::Item(kind, number) => (number.clone(), labels::item_kind(*kind)),
                Paid::Late(kind, number) => (number.clone(), labels::charge(*kind)),
                Paid::Account => (t::ON_ACCOUNT.of(lang).to_owned(), t::UNAPPLIED),
            };
            let amount = format::money(lang, line.amount);
            vec![number, kind.of(lang).to_owned(), amount]
        };
        let rows: Vec<Vec<String>> = facts.lines.iter().map(row).collect();
        let total = [
            t::TOTAL.of(lang).to_owned(),
            String::new(),
            format::money(lang, facts.amount),
        ];
        sheet.table(&columns, &rows, Some(&total));
    }
    pdf(&sheet, &facts.head, title)
}
