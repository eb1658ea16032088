//! The statement of account as PDF.

use domain::Money;
use domain::account::Totals;
use domain::invoice::{Invoice, ItemKind};
use domain::party::Language;
use views::format;
use views::text::{document as t, labels};

use super::draw::pdf;
use super::sheet::Sheet;
use super::table::{amounts, column};
use super::{DocumentError, Statement, Transfer};

/// The statement as PDF.
pub fn statement(facts: &Statement) -> Result<Vec<u8>, DocumentError> {
    let lang = facts.head.language;
    let title = t::STATEMENT.of(lang);
    let mut sheet = Sheet::begin(&facts.head, title)?;
    let mut rows = vec![
        (t::CUSTOMER.of(lang), facts.head.debtor.clone()),
        (t::ACCOUNT.of(lang), facts.head.code.clone()),
        (t::MADE_ON.of(lang), format::day(lang, facts.head.on)),
    ];
    let as_of = facts.as_of.map(|day| format::day(lang, day));
    rows.extend(as_of.map(|day| (t::SITUATION.of(lang), day)));
    sheet.facts(&rows);
    let (invoices, credits): (Vec<&Invoice>, Vec<&Invoice>) = facts
        .items
        .iter()
        .partition(|item| item.kind == ItemKind::Invoice);
    sheet.section(t::OPEN_ITEMS.of(lang));
    if invoices.is_empty() {
        sheet.paragraph(t::NOTHING_OPEN.of(lang));
    } else {
        open_items(&mut sheet, lang, &invoices);
    }
    if !credits.is_empty() {
        sheet.section(t::CREDITS.of(lang));
        credit_items(&mut sheet, lang, &credits);
    }
    if facts.is_cut {
        sheet.note(t::CUT.of(lang));
    }
    sheet.section(t::SUMS.of(lang));
    for totals in &facts.sums {
        sheet.facts(&sums(lang, totals)?);
    }
    if let Some(transfer) = &facts.transfer {
        by_transfer(&mut sheet, lang, transfer);
    }
    pdf(&sheet, &facts.head, title)
}

fn open_items(sheet: &mut Sheet, lang: Language, items: &[&Invoice]) {
    let columns = [
        column(t::NUMBER.of(lang), 1250),
        column(t::ORDER.of(lang), 900),
        column(t::ISSUED.of(lang), 700),
        column(t::DUE.of(lang), 700),
        amounts(t::AMOUNT.of(lang), 700),
        amounts(t::OUTSTANDING.of(lang), 780),
    ];
    let rows: Vec<Vec<String>> = items
        .iter()
        .map(|item| {
            vec![
                item.number.clone(),
                item.order_ref.clone().unwrap_or_else(none),
                format::day(lang, item.issued_on),
                format::day(lang, item.due_on),
                format::money(lang, item.total),
                format::money(lang, item.open),
            ]
        })
        .collect();
    sheet.table(&columns, &rows, &[]);
}

fn credit_items(sheet: &mut Sheet, lang: Language, items: &[&Invoice]) {
    let columns = [
        column(t::NUMBER.of(lang), 1650),
        column(t::KIND.of(lang), 1600),
        column(t::DATE.of(lang), 900),
        amounts(t::AMOUNT.of(lang), 880),
    ];
    let rows: Vec<Vec<String>> = items
        .iter()
        .map(|item| {
            vec![
                item.number.clone(),
                labels::item_kind(item.kind).of(lang).to_owned(),
                format::day(lang, item.issued_on),
                format::money(lang, item.open),
            ]
        })
        .collect();
    sheet.table(&columns, &rows, &[]);
}

/// What stands where there is nothing to say: an empty cell would be none to a screen reader.
fn none() -> String {
    "–".into()
}

fn sums(lang: Language, totals: &Totals) -> Result<Vec<(&'static str, String)>, DocumentError> {
    let net = totals.net().map_err(|why| DocumentError(why.to_string()))?;
    let all: [(views::text::Text, Money); 4] = [
        (t::SUM_OPEN, totals.open),
        (t::SUM_LATE, totals.late),
        (t::SUM_CREDITS, totals.credits),
        (t::SUM_PROCESSING, totals.processing),
    ];
    let told = all.into_iter().filter(|(_, sum)| !sum.is_zero());
    let mut rows: Vec<(&'static str, String)> = told
        .map(|(name, sum)| (name.of(lang), format::money(lang, sum)))
        .collect();
    rows.push((t::SUM_NET.of(lang), format::money(lang, net)));
    Ok(rows)
}

fn by_transfer(sheet: &mut Sheet, lang: Language, transfer: &Transfer) {
    let account = &transfer.account;
    sheet.section(t::BY_TRANSFER.of(lang));
    let mut rows = vec![
        (t::PAYEE.of(lang), account.holder.clone()),
        (t::IBAN.of(lang), account.iban.grouped()),
    ];
    let bic = account.bic.as_ref().map(ToString::to_string);
    rows.extend(bic.map(|bic| (t::BIC.of(lang), bic)));
    rows.push((t::REFERENCE.of(lang), transfer.reference.grouped()));
    sheet.facts(&rows);
}
