//! Balances and the line of an entry.

use domain::{Currency, Day, Money};
use rust_decimal::Decimal;

use crate::payments::statements::error::Fault;
use crate::payments::statements::words::reference;

/// `:61:`.
pub(super) struct Line {
    pub(super) booked_on: Day,
    pub(super) credit: bool,
    /// Whether the bank took back what it had booked.
    pub(super) reversal: bool,
    /// Without currency: the balance has it.
    decimal: Decimal,
    /// `NTRF`, `NRTI`.
    pub(super) code: String,
    /// The customer's own reference.
    pub(super) reference: Option<String>,
    pub(super) bank_ref: Option<String>,
    /// The second line.
    pub(super) more: String,
}

impl Line {
    /// Its amount in the account's currency; checked when it was read.
    pub(super) fn amount(&self, currency: Currency) -> Option<Money> {
        Money::from_decimal(self.decimal, currency).ok()
    }
}

/// `C230209EUR100,00`: the balance, negative on the debit side, and its day.
pub(super) fn balance(text: &str) -> Result<(Money, Day), Fault> {
    let text = text.trim();
    let bad = |reason: &str| Fault::record("balance", text, reason);
    let (side, rest) = text.split_at_checked(1).ok_or_else(|| bad("is missing"))?;
    let credit = match side {
        "C" => true,
        "D" => false,
        _ => return Err(bad("begins with neither C nor D")),
    };
    let (date, rest) = rest.split_at_checked(6).ok_or_else(|| bad("has no day"))?;
    let (code, amount) = rest
        .split_at_checked(3)
        .ok_or_else(|| bad("has no currency"))?;
    let currency: Currency = code
        .parse()
        .map_err(|why| Fault::record("currency", code, why))?;
    let amount = decimal(amount).ok_or_else(|| bad("has no amount: digits and one comma"))?;
    let amount =
        Money::from_decimal(amount, currency).map_err(|why| Fault::record("balance", text, why))?;
    let signed = if credit {
        Ok(amount)
    } else {
        amount.checked_neg()
    };
    let day = day(date, None).ok_or_else(|| bad("has no day that exists"))?;
    let signed = signed.map_err(|why| Fault::record("balance", text, why))?;
    Ok((signed, day))
}

/// `1602300301DR6,00N024NONREF//BANK`: value day, entry day, side, amount, kind, references.
pub(super) fn line(text: &str) -> Result<Line, Fault> {
    let (first, more) = text.split_once('\n').unwrap_or((text, ""));
    let bad = |reason: &str| Fault::record("entry (:61:)", first, reason);
    let (valued, rest) = first
        .split_at_checked(6)
        .ok_or_else(|| bad("has no value day"))?;
    let (entered, rest) = match rest.split_at_checked(4) {
        Some((four, rest)) if four.bytes().all(|byte| byte.is_ascii_digit()) => (Some(four), rest),
        _ => (None, rest),
    };
    let booked_on = day(valued, entered).ok_or_else(|| bad("has no day that exists"))?;
    let (reversal, rest) = match rest.strip_prefix('R') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (credit, rest) = match (rest.strip_prefix('C'), rest.strip_prefix('D')) {
        (Some(rest), _) => (!reversal, rest),
        (None, Some(rest)) => (reversal, rest),
        (None, None) => return Err(bad("has neither C nor D after its days")),
    };
    // The third letter of the currency may follow.
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let digits = |letter: char| letter.is_ascii_digit() || letter == ',';
    let end = rest.find(|letter| !digits(letter)).unwrap_or(rest.len());
    let (amount, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let decimal = decimal(amount).ok_or_else(|| bad("has no amount: digits and one comma"))?;
    Money::from_decimal(decimal, Currency::EUR).map_err(|why| bad(&why.to_string()))?;
    let (code, rest) = rest.split_at_checked(4).unwrap_or((rest, ""));
    if code.len() < 4 {
        return Err(bad("has no transaction type after its amount"));
    }
    let (own, bank) = rest.split_once("//").unwrap_or((rest, ""));
    Ok(Line {
        booked_on,
        credit,
        reversal,
        decimal,
        code: code.to_owned(),
        reference: reference(own),
        bank_ref: reference(bank),
        more: more.to_owned(),
    })
}

/// Digits with at most one comma; `380115,` is whole.
fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (whole, part) = text.split_once(',').unwrap_or((text, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 18 || part.len() > 6 || !plain(whole) || !plain(part) {
        return None;
    }
    let zero = if part.is_empty() { "0" } else { part };
    format!("{whole}.{zero}").parse().ok()
}

/// `160230` with the entry's `0301`, which may be of the year before or after. Interest is counted
/// in months of 30 days, so a 30 February means the month's last day.
fn day(date: &str, entered: Option<&str>) -> Option<Day> {
    let part = |text: &str, at: usize| -> Option<u32> {
        let digits = text.get(at..at + 2)?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten()
    };
    let short = i32::try_from(part(date, 0)?).ok()?;
    let year = if short >= 70 {
        1900 + short
    } else {
        2000 + short
    };
    let valued_month = part(date, 2)?;
    let valued = last_of(year, valued_month, part(date, 4)?);
    let Some(entered) = entered else {
        return valued;
    };
    let (month, day) = (part(entered, 0)?, part(entered, 2)?);
    let year = match (valued_month, month) {
        (12, 1) => year + 1,
        (1, 12) => year - 1,
        _ => year,
    };
    last_of(year, month, day).or(valued)
}

/// The day, or the month's last one when the month is shorter.
fn last_of(year: i32, month: u32, day: u32) -> Option<Day> {
    if !(1..=31).contains(&day) {
        return None;
    }
    (28..=day)
        .rev()
        .chain([day])
        .find_map(|day| Day::new(year, month, day))
}
