//! CFONB120, the statement of French banks: records of 120 characters (`sepa.md` §8).
//!
//! 01 opens a statement with its balance, 04 is a movement, 05 says more about it, 07 closes with a
//! balance. Either of 01 and 07 may be missing, and lines may have no ends.

mod details;
mod record;

use std::collections::{BTreeMap, VecDeque};
use std::io::Read;

use domain::{Day, Money};

use self::details::Details;
use self::record::{Balance, Movement, Record};
use super::balance::Booked;
use super::error::{Fault, StatementError};
use super::model::{Entry, Item, Kind, Statement, Summary};
use super::records::Lines;
use super::source::Source;

/// Characters of a record.
const RECORD: usize = 120;

/// Statements of one file: their ids are held to tell them apart.
const STATEMENTS_MAX: usize = 100_000;

/// The items of a file, in its order. After an error there are no more.
pub(super) struct Cfonb<R> {
    lines: Lines<R>,
    open: Option<Open>,
    ready: VecDeque<Item>,
    /// How often an account's statement of the same days came so far.
    seen: BTreeMap<String, u32>,
    over: bool,
}

/// The statement being read.
struct Open {
    /// The account's own number.
    number: String,
    id: String,
    opening: Option<Money>,
    /// A movement of which more may be said.
    pending: Option<(Movement, Details)>,
    ordinal: u32,
    booked: Booked,
}

impl<R: Read> Cfonb<R> {
    pub(super) fn new(source: Source<R>) -> Self {
        Self {
            lines: Lines::new(source),
            open: None,
            ready: VecDeque::new(),
            seen: BTreeMap::new(),
            over: false,
        }
    }

    /// The next record as text; empty lines are passed over.
    fn record(&mut self) -> Result<Option<String>, StatementError> {
        loop {
            // Letters beyond ASCII may take two bytes; without line ends a record ends by itself.
            let Some(bytes) = self.lines.bytes(RECORD)? else {
                return Ok(None);
            };
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            return self.completed(bytes).map(Some);
        }
    }

    /// A record whose letters took more than a byte each goes on after 120 bytes.
    fn completed(&mut self, mut bytes: Vec<u8>) -> Result<String, StatementError> {
        if bytes.len() == RECORD {
            let wide = |bytes: &[u8]| match str::from_utf8(bytes) {
                Ok(text) => RECORD - text.chars().count().min(RECORD),
                // Cut within a letter: look one byte further.
                Err(why) if why.error_len().is_none() => 1,
                Err(_) => 0,
            };
            for _ in 0..RECORD {
                let missing = wide(&bytes);
                if missing == 0 {
                    break;
                }
                match self.lines.bytes(missing)? {
                    Some(more) => bytes.extend(more),
                    None => break,
                }
            }
        }
        Ok(super::words::decoded(&bytes))
    }

    fn advance(&mut self) -> Result<(), StatementError> {
        let Some(text) = self.record()? else {
            self.close(None)?;
            self.over = true;
            return if self.seen.is_empty() {
                Err(Fault::NoStatement.at(self.lines.line()))
            } else {
                Ok(())
            };
        };
        let line = self.lines.line();
        match Record::read(&text).map_err(|fault| fault.at(line))? {
            Record::Opening(balance) => {
                self.close(None)?;
                let account = (balance.account, balance.number);
                self.begin(account, balance.day, Some(balance.amount))
            }
            Record::Movement(movement) => self.movement(movement),
            Record::More(qualifier, text) => {
                let pending = self.open.as_mut().and_then(|open| open.pending.as_mut());
                // Without a movement before it there is nothing it could belong to.
                if let Some((_, details)) = pending {
                    details.add(&qualifier, &text);
                }
                Ok(())
            }
            Record::Closing(balance) => self.close(Some(balance)),
        }
    }

    fn begin(
        &mut self,
        (account, number): (String, String),
        day: Option<Day>,
        opening: Option<Money>,
    ) -> Result<(), StatementError> {
        let line = self.lines.line();
        if self.seen.len() >= STATEMENTS_MAX {
            return Err(Fault::TooMany(STATEMENTS_MAX, "statements").at(line));
        }
        let from = day.map_or_else(|| "open".to_owned(), |day| day.to_string());
        let times = self.seen.entry(format!("{account} {from}")).or_default();
        *times += 1;
        // Two statements that begin on one day are told apart by their order.
        let id = match *times {
            1 => from,
            more => format!("{from} {more}"),
        };
        let currency = opening.map(Money::currency);
        self.ready.push_back(Item::Opened(Statement {
            kind: Kind::Statement,
            id: id.clone(),
            account,
            currency,
        }));
        self.open = Some(Open {
            number,
            id,
            opening,
            pending: None,
            ordinal: 0,
            booked: Booked::default(),
        });
        Ok(())
    }

    fn movement(&mut self, movement: Movement) -> Result<(), StatementError> {
        let same = |open: &Open| open.number == movement.account_number;
        if !self.open.as_ref().is_some_and(same) {
            self.close(None)?;
            let account = (movement.account.clone(), movement.account_number.clone());
            self.begin(account, Some(movement.booked_on), None)?;
        }
        self.flush();
        if let Some(open) = &mut self.open {
            open.ordinal = open.ordinal.saturating_add(1);
            open.pending = Some((movement, Details::default()));
        }
        Ok(())
    }

    /// Hands out the movement of which nothing more is said.
    fn flush(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some((movement, details)) = open.pending.take() else {
            return;
        };
        let entry = Entry {
            statement: open.id.clone(),
            ordinal: open.ordinal,
            booked_on: movement.booked_on,
            amount: movement.amount,
            credit: movement.credit,
            bank_ref: movement.bank_ref(),
            undivided: false,
            transactions: vec![details.transaction(&movement)],
        };
        open.booked.add(&entry);
        self.ready.push_back(Item::Entry(entry));
    }

    fn close(&mut self, closing: Option<Balance>) -> Result<(), StatementError> {
        self.flush();
        if let Some(balance) = &closing
            && self
                .open
                .as_ref()
                .is_none_or(|open| open.number != balance.number)
        {
            self.end(None);
            let account = (balance.account.clone(), balance.number.clone());
            self.begin(account, balance.day, None)?;
        }
        self.end(closing.map(|balance| balance.amount));
        Ok(())
    }

    fn end(&mut self, closing: Option<Money>) {
        if let Some(open) = self.open.take() {
            self.ready.push_back(Item::Closed(Summary {
                sums: open.booked.compare(open.opening, closing),
                opening: open.opening,
                closing,
                entries: open.ordinal,
                statement: open.id,
            }));
        }
    }
}

impl<R: Read> Iterator for Cfonb<R> {
    type Item = Result<Item, StatementError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.over {
            if let Err(error) = self.advance() {
                self.over = true;
                return Some(Err(error));
            }
        }
        self.ready.pop_front().map(Ok)
    }
}
