//! The receipt of a payment as PDF.

use domain::Money;
use domain::payment::Method;
use views::format;
use views::text::{document as t, labels};

use super::draw::pdf;
use super::sheet::Sheet;
use super::table::{amounts, column};
use super::{DocumentError, Paid, Receipt, ReceiptLine};

/// The receipt as PDF.
pub fn receipt(facts: &Receipt) -> Result<Vec<u8>, DocumentError> {
    let lang = facts.head.language;
    let title = t::RECEIPT.of(lang);
    let mut sheet = Sheet::begin(&facts.head, title)?;
    // Credit notes alone settle as much as they are worth: nothing is left as a sum.
    let (arrived, sum) = match facts.method {
        Method::Credit => (t::SETTLED, Money::zero(facts.amount.currency())),
        Method::Card | Method::ProviderDebit | Method::Debit | Method::Transfer => {
            (t::RECEIVED, facts.amount)
        }
    };
    let mut known = vec![
        (t::CUSTOMER.of(lang), facts.head.debtor.clone()),
        (t::ACCOUNT.of(lang), facts.head.code.clone()),
        (arrived.of(lang), format::money(lang, facts.amount)),
        (
            t::RECEIVED_ON.of(lang),
            format::day(lang, facts.received_on),
        ),
        (
            t::METHOD.of(lang),
            labels::method(facts.method).of(lang).to_owned(),
        ),
        (t::PAYMENT_REFERENCE.of(lang), facts.reference.clone()),
    ];
    if let Some(gone) = facts.gone {
        known.insert(3, (t::GIVEN_BACK.of(lang), format::money(lang, gone)));
    }
    sheet.facts(&known);
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
        let total = vec![
            t::TOTAL.of(lang).to_owned(),
            String::new(),
            format::money(lang, sum),
        ];
        sheet.table(&columns, &rows, &[(true, total)]);
    }
    pdf(&sheet, &facts.head, title)
}
