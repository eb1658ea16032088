//! Tables for spreadsheets, the statement among them: UTF-8 with a mark first, semicolons.

use domain::invoice::Invoice;
use domain::party::Language;
use domain::{Money, MoneyError};
use views::format::money_input;
use views::text::{Text, document as t, labels};

use super::{DocumentError, Statement};

/// Tells a spreadsheet that UTF-8 follows.
const MARK: &str = "\u{feff}";

const TITLES: &[Text] = &[
    t::KIND,
    t::NUMBER,
    t::ORDER,
    t::ISSUED,
    t::DUE,
    t::CURRENCY,
    t::AMOUNT,
    t::OUTSTANDING,
];

/// A table of texts under stable titles, each cell harmless.
pub fn table(titles: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = String::from(MARK);
    line(&mut out, titles.iter().map(|title| (*title).to_owned()));
    for row in rows {
        line(&mut out, row.iter().map(|cell| text(cell)));
    }
    out.into_bytes()
}

/// The open items, one a line; credits are negative.
pub fn statement_csv(facts: &Statement) -> Result<Vec<u8>, DocumentError> {
    let lang = facts.head.language;
    let mut out = String::from(MARK);
    line(
        &mut out,
        TITLES.iter().map(|title| title.of(lang).to_owned()),
    );
    for item in &facts.items {
        let cells = cells(lang, item).map_err(|why| DocumentError(why.to_string()))?;
        line(&mut out, cells);
    }
    Ok(out.into_bytes())
}

fn cells(lang: Language, item: &Invoice) -> Result<[String; 8], MoneyError> {
    let amount = |amount: Money| -> Result<String, MoneyError> {
        Ok(money_input(lang, item.kind.signed(amount)?))
    };
    Ok([
        labels::item_kind(item.kind).of(lang).to_owned(),
        text(&item.number),
        text(item.order_ref.as_deref().unwrap_or_default()),
        item.issued_on.to_string(),
        item.due_on.to_string(),
        item.currency().to_string(),
        amount(item.total)?,
        amount(item.open)?,
    ])
}

/// A text from elsewhere, which a spreadsheet must not take for a formula (ASVS 1.2.10).
fn text(value: &str) -> String {
    let formula = value.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula {
        format!("'{value}")
    } else {
        value.to_owned()
    }
}

fn line(out: &mut String, cells: impl IntoIterator<Item = String>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(';');
        }
        if cell.contains([';', '"', '\n', '\r']) {
            out.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}
