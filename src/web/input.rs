//! Amounts, days and accounts as people type them, read into the domain’s types.

use domain::bank::Iban;
use domain::party::Language;
use domain::{Currency, Day, Money};
use rust_decimal::Decimal;
use views::problem::Wrong;

/// Signs of the longest amount that is looked at.
const AMOUNT_CHARS: usize = 40;

/// Reads an amount above zero: `1 234,56`, `1,234.56`, `1234.5 €`.
///
/// A number that could mean two amounts is refused, never guessed at: `1.234` to a French reader.
pub(super) fn amount(language: Language, currency: Currency, typed: &str) -> Result<Money, Wrong> {
    let bare = bare(currency, typed);
    if bare.is_empty() {
        return Err(Wrong::AmountMissing);
    }
    let plain = plain(language, &bare).ok_or(Wrong::AmountUnreadable)?;
    let number = Decimal::from_str_exact(&plain).map_err(|_| Wrong::AmountUnreadable)?;
    let amount = Money::from_decimal(number, currency).map_err(|_| Wrong::AmountUnreadable)?;
    if amount.is_positive() {
        Ok(amount)
    } else {
        Err(Wrong::AmountNotPositive)
    }
}

/// Without blanks of any kind and without the currency; the sign for minus made one.
fn bare(currency: Currency, typed: &str) -> String {
    let no_blank = |sign: &char| !sign.is_whitespace() && *sign != '\u{202f}';
    let text: String = typed.chars().take(AMOUNT_CHARS).filter(no_blank).collect();
    let text = text.replace('\u{2212}', "-");
    let marks = [currency.code(), "€"];
    let mark = marks.iter().find(|mark| text.contains(**mark));
    match mark {
        Some(mark) if currency == Currency::EUR || *mark != "€" => text.replacen(mark, "", 1),
        _ => text,
    }
}

/// The same number with a dot for its decimals and nothing else in it.
fn plain(language: Language, bare: &str) -> Option<String> {
    let (sign, digits) = match bare.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", bare),
    };
    let marks: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let decimal = match marks.as_slice() {
        [] => return Some(bare.to_owned()),
        [one] => single(language, digits, *one)?,
        [group, .., last] if group != last => Some(*last),
        _ => None,
    };
    let (whole, rest) = decimal.map_or((digits, ""), |mark| {
        digits.rsplit_once(mark).unwrap_or((digits, ""))
    });
    let whole = ungrouped(whole)?;
    let numeric = !whole.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    let dot = if rest.is_empty() { "" } else { "." };
    numeric.then(|| format!("{sign}{whole}{dot}{rest}"))
}

/// What a single comma or dot means: decimals, or a group of thousands as `None` inside.
fn single(language: Language, digits: &str, mark: char) -> Option<Option<char>> {
    if !matches!(mark, ',' | '.') {
        return None;
    }
    let thousands = digits.rsplit(mark).next().is_some_and(|end| end.len() == 3);
    match (language, mark, thousands) {
        (Language::En, ',', true) => Some(None),
        (Language::Fr, '.', true) => None,
        _ => Some(Some(mark)),
    }
}

/// Whole units whose groups, if any, are of three digits behind one kind of mark.
fn ungrouped(whole: &str) -> Option<String> {
    let mark = whole.chars().find(|sign| !sign.is_ascii_digit());
    let Some(mark) = mark else {
        return Some(whole.to_owned());
    };
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or_default();
    let numeric = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let fits = matches!(mark, ',' | '.' | '\'' | '\u{2019}')
        && (1..=3).contains(&first.len())
        && numeric(first)
        && groups.all(|group| group.len() == 3 && numeric(group));
    fits.then(|| whole.replace(mark, ""))
}

/// Reads a day: `2026-11-30` as date fields send it, or `30/11/2026` where they do not exist.
pub(super) fn day(typed: &str) -> Result<Day, Wrong> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Wrong::DayMissing);
    }
    if let Ok(day) = typed.parse() {
        return Ok(day);
    }
    let mut parts = typed.split(['/', '.']).map(|part| part.parse::<u32>().ok());
    let (Some(day), Some(month), Some(year), None) = (
        parts.next().flatten(),
        parts.next().flatten(),
        parts.next().flatten(),
        parts.next(),
    ) else {
        return Err(Wrong::DayUnreadable);
    };
    let year = i32::try_from(year).ok().filter(|year| *year >= 1000);
    year.and_then(|year| Day::new(year, month, day))
        .ok_or(Wrong::DayUnreadable)
}

/// An account that SEPA reaches, as somebody typed it.
pub(in crate::web) fn sepa_account(typed: &str) -> Result<Iban, Wrong> {
    if typed.is_empty() {
        return Err(Wrong::IbanMissing);
    }
    let iban: Iban = typed.parse().map_err(Wrong::Iban)?;
    if iban.is_sepa() {
        Ok(iban)
    } else {
        Err(Wrong::OutsideSepa(iban.country().to_owned()))
    }
}

/// Whether a text looks like a mailbox; the mail server has the last word.
pub(super) fn is_mailbox(text: &str) -> bool {
    let plain =
        |sign: char| !sign.is_whitespace() && !sign.is_control() && !"<>,;\"".contains(sign);
    text.split_once('@').is_some_and(|(local, host)| {
        let sized = !local.is_empty() && text.len() <= 254 && host.contains('.');
        let ends = !host.starts_with('.') && !host.ends_with('.') && !host.contains('@');
        sized && ends && text.chars().all(plain)
    })
}

#[cfg(test)]
mod tests;
