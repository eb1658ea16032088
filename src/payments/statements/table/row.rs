//! One row of a bank's table: its day, its amount and its words.

use domain::{Currency, Day, Money};

use super::field::BankField as B;
use super::profile::Profile;
use crate::payments::statements::error::Fault;
use crate::payments::statements::model::{Entry, Transaction};
use crate::payments::statements::words::reference;
use crate::tables::{NotADay, Record, amount_as, day_as, fold, tidy};
use crate::vault;

/// Words for money received and for money paid.
const RECEIVED: &[&str] = &["c", "cr", "crdt", "credit", "h", "haben", "in", "entree"];
const PAID: &[&str] = &["d", "db", "dbit", "debit", "s", "soll", "out", "sortie"];

/// Rows of one of these words tell a balance, not a movement.
const SUMS: &[&str] = &["solde", "total", "totaux", "balance", "saldo", "endsaldo"];

/// A row by its columns.
pub(super) struct Row<'a> {
    pub(super) record: Record<'a>,
    pub(super) profile: &'a Profile,
    /// How many titles the file has.
    pub(super) width: usize,
}

/// What a row says.
pub(super) struct Movement {
    booked_on: Day,
    /// With its sign.
    amount: Money,
    part: Transaction,
}

impl Movement {
    /// The entry; none for a row whose amount is nothing.
    pub(super) fn entry(self, statement: String, ordinal: u32) -> Option<Entry> {
        (!self.amount.is_zero()).then_some(Entry {
            statement,
            ordinal,
            booked_on: self.booked_on,
            amount: self.part.amount,
            credit: self.part.credit,
            bank_ref: None,
            undivided: false,
            transactions: vec![self.part],
        })
    }
}

/// What a row says, as a number: its cells as they stand, and the day and amount they were
/// understood as. A profile put right where it names texts knows the rows again; put right where
/// it reads days or amounts it does not, for the money is another.
pub(super) fn fingerprint(row: &Row<'_>, movement: &Movement) -> u64 {
    let mut said = format!("{}|{}", movement.booked_on, movement.amount);
    for cell in row.record.cells() {
        said.push('|');
        said.push_str(&tidy(cell));
    }
    let digest = vault::sha256(said.as_bytes());
    let beginning = digest.get(..16).unwrap_or_default();
    u64::from_str_radix(beginning, 16).unwrap_or_default()
}

impl Row<'_> {
    fn raw(&self, field: B) -> &str {
        let column = self.profile.columns.column(field);
        column.map_or("", |column| self.record.cell(column.index))
    }

    fn text(&self, field: B) -> Option<String> {
        reference(&tidy(self.raw(field)))
    }

    /// Whose account it tells.
    pub(super) fn account(&self) -> Option<String> {
        let known = Some(self.profile.account.clone()).filter(|known| !known.is_empty());
        self.text(B::Account).or(known)
    }

    /// A row of nothing, or a balance below the movements.
    pub(super) fn is_left_out(&self) -> bool {
        let mut filled = self.record.cells().filter(|cell| !cell.is_empty());
        let Some(first) = filled.next() else {
            return true;
        };
        let folded = fold(first);
        let word = folded.split(' ').next().unwrap_or_default();
        SUMS.contains(&word) && self.day().is_err()
    }

    fn day(&self) -> Result<Day, Fault> {
        let booked = Some(self.raw(B::Day)).filter(|raw| !raw.is_empty());
        let raw = booked.unwrap_or_else(|| self.raw(B::ValueDay));
        let read = day_as(raw, self.profile.forms.days);
        read.map_err(|why| {
            let [order, ..] = self.profile.forms.names();
            let order = order.replace('_', " ");
            let reason = match why {
                NotADay::NoDate => format!("is no day, read {order}"),
                NotADay::Impossible => format!("is no day of the calendar, read {order}"),
            };
            Fault::record("date", raw, reason)
        })
    }

    pub(super) fn movement(&self) -> Result<Movement, Fault> {
        if let Some(beyond) = (self.width..self.record.width())
            .map(|place| self.record.cell(place))
            .find(|cell| !cell.is_empty())
        {
            let reason = "stands beyond the last title: a separator was left inside a text";
            return Err(Fault::record("column", beyond, reason));
        }
        let booked_on = self.day()?;
        let amount = self.amount()?;
        let credit = !amount.is_negative();
        let plain = if credit {
            Ok(amount)
        } else {
            amount.checked_neg()
        };
        let plain = plain.map_err(|why| Fault::record("amount", &amount.to_string(), why))?;
        let words = [self.text(B::Words), self.text(B::More)];
        let words: Vec<String> = words.into_iter().flatten().collect();
        let part = Transaction {
            end_to_end_id: self.text(B::Reference),
            text: words.join(" "),
            counterparty_name: self.text(B::Name),
            counterparty_iban: self.text(B::Iban),
            ..Transaction::plain(plain, credit)
        };
        Ok(Movement {
            booked_on,
            amount,
            part,
        })
    }

    /// With its sign.
    fn amount(&self) -> Result<Money, Fault> {
        let currency = self.currency()?;
        let amount = self.read(B::Amount, currency)?;
        let credit = self.read(B::Credit, currency)?.filter(|one| !one.is_zero());
        let debit = self.read(B::Debit, currency)?.filter(|one| !one.is_zero());
        let paid = self.is_paid()?;
        let (amount, negative) = match (amount, credit, debit) {
            (Some(amount), ..) => {
                let written = amount.is_negative() != self.profile.forms.reversed;
                (amount, paid.unwrap_or(written))
            }
            (None, Some(credit), None) => (credit, false),
            (None, None, Some(debit)) => (debit, true),
            (None, Some(_), Some(_)) => {
                let both = self.raw(B::Credit);
                return Err(Fault::record("credit", both, "stands beside a debit"));
            }
            (None, None, None) if self.is_nothing() => (Money::zero(currency), false),
            (None, None, None) => return Err(Fault::record("amount", "", "is missing")),
        };
        let signed = if amount.is_negative() == negative {
            Ok(amount)
        } else {
            amount.checked_neg()
        };
        signed.map_err(|why| Fault::record("amount", &amount.to_string(), why))
    }

    /// Debit and credit are both written, as nothing.
    fn is_nothing(&self) -> bool {
        !self.raw(B::Credit).is_empty() || !self.raw(B::Debit).is_empty()
    }

    fn read(&self, field: B, currency: Currency) -> Result<Option<Money>, Fault> {
        let raw = self.raw(field);
        if raw.is_empty() {
            return Ok(None);
        }
        let decimal = self.profile.forms.decimal;
        amount_as(raw, currency, decimal).map(Some).ok_or_else(|| {
            let [_, sign, _] = self.profile.forms.names();
            let reason = format!("is no amount of {currency} with a decimal {sign}");
            Fault::record("amount", raw, reason)
        })
    }

    fn is_paid(&self) -> Result<Option<bool>, Fault> {
        let raw = self.raw(B::Side);
        let folded = fold(raw);
        let known = |words: &[&str]| words.contains(&folded.as_str());
        match raw {
            "" => Ok(None),
            "+" => Ok(Some(false)),
            "-" => Ok(Some(true)),
            _ if known(RECEIVED) => Ok(Some(false)),
            _ if known(PAID) => Ok(Some(true)),
            _ => Err(Fault::record(
                "side",
                raw,
                "is neither credit nor debit: choose another column",
            )),
        }
    }

    fn currency(&self) -> Result<Currency, Fault> {
        match self.raw(B::Currency) {
            "" | "€" => Ok(Currency::EUR),
            code => {
                let known = code.to_ascii_uppercase().parse();
                known.map_err(|why| Fault::record("currency", code, why))
            }
        }
    }
}
