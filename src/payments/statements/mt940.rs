//! MT940 as banks hand it out, with or without the envelope of SWIFT (`sepa.md` §8).

mod details;
mod fields;

use std::collections::{BTreeMap, VecDeque};
use std::io::Read;

use domain::Money;

use self::fields::{Line, balance, line};
use super::balance::Booked;
use super::error::{Fault, StatementError};
use super::model::{Entry, Item, Kind, Statement, Summary};
use super::records::Lines;
use super::source::Source;

/// Characters of one tag with the lines that belong to it.
const TAG_MAX: usize = 16 * 1024;

/// Statements of one file: their ids are held to tell them apart.
const STATEMENTS_MAX: usize = 100_000;

/// The items of a file, in its order. After an error there are no more.
pub(super) struct Mt940<R> {
    lines: Lines<R>,
    /// A tag, its text and its line, which the next lines may go on.
    tag: Option<(String, String, usize)>,
    open: Option<Open>,
    ready: VecDeque<Item>,
    seen: BTreeMap<String, u32>,
    over: bool,
}

/// The statement being read.
#[derive(Default)]
struct Open {
    account: String,
    number: String,
    id: String,
    announced: bool,
    opening: Option<Money>,
    closing: Option<Money>,
    pending: Option<(Line, String)>,
    ordinal: u32,
    booked: Booked,
}

impl<R: Read> Mt940<R> {
    pub(super) fn new(source: Source<R>) -> Self {
        Self {
            lines: Lines::new(source),
            tag: None,
            open: None,
            ready: VecDeque::new(),
            seen: BTreeMap::new(),
            over: false,
        }
    }

    fn advance(&mut self) -> Result<(), StatementError> {
        let Some(text) = self.lines.next()? else {
            self.finish_tag()?;
            self.end();
            self.over = true;
            return if self.seen.is_empty() {
                Err(Fault::NoStatement.at(self.lines.line()))
            } else {
                Ok(())
            };
        };
        if let Some((tag, rest)) = tag(&text) {
            self.finish_tag()?;
            self.tag = Some((tag.to_owned(), rest.to_owned(), self.lines.line()));
            return Ok(());
        }
        let trimmed = text.trim();
        // A line that holds a dash alone may also be a text that was folded there.
        let ends = trimmed == "-" && self.is_closed();
        if ends || trimmed.starts_with("-}") || trimmed.starts_with("{1:") {
            self.finish_tag()?;
            self.end();
        } else if let Some((_, so_far, line)) = &mut self.tag {
            if so_far.len() + text.len() > TAG_MAX {
                return Err(Fault::TooLong(TAG_MAX).at(*line));
            }
            // Line ends are only folds; `:61:` has its second line apart.
            so_far.push('\n');
            so_far.push_str(&text);
        }
        Ok(())
    }

    /// Whether the closing balance was read.
    fn is_closed(&self) -> bool {
        let last = self.tag.as_ref().map(|(tag, ..)| tag.as_str());
        let before = self.open.as_ref().and_then(|open| open.closing);
        before.is_some() || matches!(last, Some("62F" | "62M"))
    }

    fn finish_tag(&mut self) -> Result<(), StatementError> {
        let Some((tag, text, at)) = self.tag.take() else {
            return Ok(());
        };
        self.take(&tag, &text).map_err(|fault| fault.at(at))
    }

    fn take(&mut self, tag: &str, text: &str) -> Result<(), Fault> {
        match tag {
            "20" => self.end(),
            "25" => {
                if self.open.as_ref().is_some_and(|open| open.announced) {
                    self.end();
                }
                let first = text.lines().next().unwrap_or_default();
                let account: String = first.split_whitespace().collect();
                self.open().account = account.chars().take(70).collect();
            }
            "28C" | "28" => {
                let number: String = text.split_whitespace().collect();
                self.open().number = number.chars().take(35).collect();
            }
            "60F" | "60M" => {
                let (opening, day) = balance(text)?;
                let open = self.open();
                open.opening = Some(opening);
                open.id = format!("{} {day}", open.number);
                self.announce()?;
            }
            "61" => {
                self.announce()?;
                self.flush();
                let line = line(text)?;
                let open = self.open();
                open.ordinal = open.ordinal.saturating_add(1);
                open.pending = Some((line, String::new()));
            }
            "86" => {
                // After the closing balance it is about the statement as a whole.
                if let Some((_, details)) = self.open().pending.as_mut() {
                    details.push_str(text);
                }
            }
            "62F" | "62M" => {
                let (closing, _) = balance(text)?;
                self.announce()?;
                self.flush();
                self.open().closing = Some(closing);
            }
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self) -> &mut Open {
        self.open.get_or_insert_with(Open::default)
    }

    /// Hands out the statement before its first entry.
    fn announce(&mut self) -> Result<(), Fault> {
        let statements = self.seen.len();
        let open = self.open.get_or_insert_with(Open::default);
        if open.announced {
            return Ok(());
        }
        if open.account.is_empty() {
            let reason = "is missing: without the account nothing can be booked";
            return Err(Fault::record("tag :25:", "", reason));
        }
        if statements >= STATEMENTS_MAX {
            return Err(Fault::TooMany(STATEMENTS_MAX, "statements"));
        }
        open.announced = true;
        if open.id.is_empty() {
            open.id.clone_from(&open.number);
        }
        // Some banks number all statements alike: those of one day are told apart by their order.
        let key = format!("{} {}", open.account, open.id);
        let times = self.seen.entry(key).or_default();
        *times += 1;
        if *times > 1 {
            open.id = format!("{} {times}", open.id);
        }
        self.ready.push_back(Item::Opened(Statement {
            kind: Kind::Statement,
            id: open.id.clone(),
            account: open.account.clone(),
            currency: open.opening.map(Money::currency),
        }));
        Ok(())
    }

    /// Hands out the entry of which nothing more is said.
    fn flush(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some((line, text)) = open.pending.take() else {
            return;
        };
        let currency = open.opening.map_or(domain::Currency::EUR, Money::currency);
        let Some(amount) = line.amount(currency) else {
            return;
        };
        let entry = Entry {
            statement: open.id.clone(),
            ordinal: open.ordinal,
            booked_on: line.booked_on,
            amount,
            credit: line.credit,
            bank_ref: line.bank_ref.clone(),
            undivided: false,
            transactions: vec![details::transaction(&line, amount, &text)],
        };
        open.booked.add(&entry);
        self.ready.push_back(Item::Entry(entry));
    }

    fn end(&mut self) {
        self.flush();
        let Some(open) = self.open.take().filter(|open| open.announced) else {
            return;
        };
        self.ready.push_back(Item::Closed(Summary {
            sums: open.booked.compare(open.opening, open.closing),
            opening: open.opening,
            closing: open.closing,
            entries: open.ordinal,
            statement: open.id,
        }));
    }
}

/// `:61:text` as tag and text.
fn tag(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start_matches('\u{feff}').strip_prefix(':')?;
    let (tag, text) = rest.split_once(':')?;
    let digits = tag.as_bytes().get(..2)?.iter().all(u8::is_ascii_digit);
    (digits && tag.len() <= 3).then_some((tag, text))
}

impl<R: Read> Iterator for Mt940<R> {
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
