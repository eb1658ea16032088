//! One record: its columns, counted from 1 as the norm does.

use domain::{Currency, Day, Money};

use crate::payments::statements::error::Fault;

/// Characters up to which a record must reach: the amount's end.
const LEAST: usize = 104;

/// What a record says.
pub(super) enum Record {
    /// 01: the balance a statement starts from.
    Opening(Balance),
    /// 04: a movement.
    Movement(Movement),
    /// 05: more about the last movement: a qualifier and its text of 70 characters.
    More(String, String),
    /// 07: the balance it ends with.
    Closing(Balance),
}

/// A balance of an account.
pub(super) struct Balance {
    pub(super) account: String,
    /// The account's own number: bank and branch differ between records of some statements.
    pub(super) number: String,
    /// Blank or unreadable in some files: it only names the statement.
    pub(super) day: Option<Day>,
    pub(super) amount: Money,
}

/// A movement, as its own record tells it.
pub(super) struct Movement {
    pub(super) account: String,
    pub(super) account_number: String,
    /// The interbank code of the operation.
    pub(super) operation: String,
    pub(super) booked_on: Day,
    /// Why it was refused, for unpaid ones.
    pub(super) refused_for: String,
    pub(super) label: String,
    /// The bank's number of the entry.
    pub(super) number: String,
    pub(super) amount: Money,
    pub(super) credit: bool,
    pub(super) reference: String,
}

impl Movement {
    /// The bank's number, unless it is blank or zeros.
    pub(super) fn bank_ref(&self) -> Option<String> {
        let number = self.number.trim_start_matches('0');
        (!number.is_empty()).then(|| self.number.clone())
    }
}

/// The characters of a record by the norm's columns.
struct Columns<'a>(&'a [char]);

impl Columns<'_> {
    /// From a column to another, both included, without spaces around.
    fn text(&self, from: usize, to: usize) -> String {
        let all = self.0.iter();
        let part: String = all.skip(from - 1).take(to + 1 - from).collect();
        part.trim().to_owned()
    }

    /// The account as its bank, branch and number.
    fn account(&self) -> String {
        let parts = [self.text(3, 7), self.text(12, 16), self.text(22, 32)];
        parts.concat()
    }

    /// Letters are written small in some files.
    fn currency(&self) -> Result<Currency, Fault> {
        let code = self.text(17, 19).to_ascii_uppercase();
        if code.is_empty() {
            return Ok(Currency::EUR);
        }
        code.parse()
            .map_err(|why| Fault::record("currency", &code, why))
    }

    /// The amount, negative on the debit side; its last character carries sign and digit.
    fn amount(&self) -> Result<Money, Fault> {
        let raw = self.text(91, 104);
        let bad = |reason: &str| Fault::record("amount", &raw, reason);
        let currency = self.currency()?;
        let digits = self.text(20, 20);
        // Blank means two; what is written must be what the currency has.
        if !digits.is_empty() && digits != currency.exponent().to_string() {
            let reason = "is no number of decimals that this currency has";
            return Err(Fault::record("decimals", &digits, reason));
        }
        let mut letters = raw.chars();
        let last = letters.next_back().ok_or_else(|| bad("is missing"))?;
        let (digit, negative) = signed_digit(last)
            .ok_or_else(|| bad("does not end with a sign, one of {A to I and }J to R"))?;
        let whole = letters.as_str();
        let plain = whole.bytes().all(|byte| byte.is_ascii_digit());
        let mut minor: i64 = match whole {
            "" => 0,
            digits if plain => digits.parse().map_err(|_| bad("is too large"))?,
            _ => return Err(bad("is no amount: digits and a sign")),
        };
        minor = minor
            .checked_mul(10)
            .and_then(|minor| minor.checked_add(digit))
            .ok_or_else(|| bad("is too large"))?;
        Ok(Money::new(if negative { -minor } else { minor }, currency))
    }

    fn day(&self, from: usize) -> Option<Day> {
        let text = self.text(from, from + 5);
        let part = |at: usize| text.get(at..at + 2)?.parse::<u32>().ok();
        let year = i32::try_from(part(4)?).ok()?;
        // Statements are no older than 1970.
        let century = if year >= 70 { 1900 } else { 2000 };
        Day::new(century + year, part(2)?, part(0)?)
    }
}

/// `{ABCDEFGHI` are +0 to +9, `}JKLMNOPQR` are -0 to -9.
fn signed_digit(letter: char) -> Option<(i64, bool)> {
    let find = |row: &str| {
        row.chars()
            .position(|one| one == letter.to_ascii_uppercase())
    };
    let digit = |place| i64::try_from(place).ok();
    match (find("{ABCDEFGHI"), find("}JKLMNOPQR")) {
        (Some(place), _) => Some((digit(place)?, false)),
        (None, Some(place)) => Some((digit(place)?, true)),
        (None, None) => None,
    }
}

impl Record {
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let letters: Vec<char> = text.trim_start_matches('\u{feff}').chars().collect();
        let columns = Columns(&letters);
        let kind = columns.text(1, 2);
        if !matches!(kind.as_str(), "01" | "04" | "05" | "07") {
            return Err(Fault::record("record", &kind, "is not 01, 04, 05 or 07"));
        }
        if letters.len() < LEAST && kind != "05" {
            let length = letters.len().to_string();
            let reason = "characters are too few for a record of 120";
            return Err(Fault::record("length", &length, reason));
        }
        match kind.as_str() {
            "04" => movement(&columns).map(Self::Movement),
            "05" => Ok(Self::More(columns.text(46, 48), columns.text(49, 118))),
            _ => {
                let balance = Balance {
                    account: columns.account(),
                    number: columns.text(22, 32),
                    day: columns.day(35),
                    amount: columns.amount()?,
                };
                Ok(if kind == "01" {
                    Self::Opening(balance)
                } else {
                    Self::Closing(balance)
                })
            }
        }
    }
}

fn movement(columns: &Columns<'_>) -> Result<Movement, Fault> {
    let amount = columns.amount()?;
    let raw = columns.text(35, 40);
    let booked = columns.day(35);
    Ok(Movement {
        account: columns.account(),
        account_number: columns.text(22, 32),
        operation: columns.text(33, 34).to_ascii_uppercase(),
        booked_on: booked.ok_or_else(|| Fault::record("booking date", &raw, "is no day"))?,
        refused_for: columns.text(41, 42),
        label: columns.text(49, 79),
        number: columns.text(82, 88),
        credit: !amount.is_negative(),
        amount: amount
            .checked_abs()
            .map_err(|why| Fault::record("amount", &raw, why))?,
        reference: columns.text(105, 120),
    })
}
