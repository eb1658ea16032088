//! Movements are booked, some at a time in one transaction, each once.

use std::sync::Arc;

use domain::ledger::{Account, Entry as LedgerEntry, Line as LedgerLine, TxKind};
use domain::statement::Standing;
use domain::{BankFileId, Day, Moment, Money, SupplierId};

use super::finder::Finder;
use super::same::{self, Known};
use super::survey::comparable;
use super::{back, credit};
use crate::app::App;
use crate::clock::new_id;
use crate::flows::error::FlowError;
use crate::payments::statements::{Entry, Item, Kind, Transaction};
use crate::store::bank::{Movement, Outcome};
use crate::store::{self, Conn};
use crate::vault;

pub(in crate::flows) use super::credit::assign;

/// Movements of one transaction, unless one booking has more.
const AT_ONCE: usize = 32;

/// Characters of a payer's words that are kept.
const TEXT_MAX: usize = 1_000;

/// One booking of a statement.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) key: String,
    pub(super) account: String,
    pub(super) kind: Kind,
    pub(super) booked_on: Day,
    /// Its amount with its sign, in minor units.
    pub(super) minor: i64,
    pub(super) bank_ref: Option<String>,
    /// Whether it is a batch whose payments are not listed.
    pub(super) undivided: bool,
    pub(super) lines: Vec<Line>,
}

/// One payment of it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) key: String,
    /// With its sign.
    pub(super) amount: Money,
    pub(super) part: Transaction,
    pub(super) payer_key: Option<String>,
}

impl Line {
    /// The bank's reference: its own, or the booking's when it is all of it.
    pub(super) fn bank_ref<'a>(&'a self, step: &'a Step) -> Option<&'a str> {
        let whole = step.bank_ref.as_deref().filter(|_| step.lines.len() == 1);
        self.part.bank_ref.as_deref().or(whole)
    }

    pub(super) fn end_to_end(&self) -> Option<&str> {
        self.part.end_to_end_id.as_deref()
    }

    pub(super) fn batch(&self) -> Option<&str> {
        self.part.payment_info_id.as_deref()
    }
}

/// What some bookings led to.
#[derive(Default)]
pub(super) struct Done {
    pub(super) movements: usize,
    pub(super) matched: usize,
    pub(super) known: usize,
    pub(super) unmatched: Vec<Money>,
}

/// A file being booked.
pub(super) struct Booking<'a> {
    app: &'a App,
    supplier: SupplierId,
    file: BankFileId,
    account: String,
    kind: Kind,
    waiting: Vec<Step>,
    finder: Option<Arc<Finder>>,
}

impl<'a> Booking<'a> {
    pub(super) async fn new(
        app: &'a App,
        supplier: SupplierId,
        file: BankFileId,
    ) -> Result<Self, FlowError> {
        Ok(Self {
            app,
            supplier,
            file,
            account: String::new(),
            kind: Kind::Statement,
            waiting: Vec::new(),
            finder: None,
        })
    }

    /// Takes an item; gives what was booked, when enough had gathered.
    pub(super) async fn take(&mut self, item: Item) -> Result<Option<Done>, FlowError> {
        match item {
            Item::Opened(statement) => {
                self.account = comparable(&statement.account);
                self.kind = statement.kind;
            }
            Item::Entry(entry) => {
                let step = self.step(entry)?;
                self.waiting.push(step);
                let lines: usize = self.waiting.iter().map(|step| step.lines.len()).sum();
                if lines >= AT_ONCE {
                    return self.flush().await.map(Some);
                }
            }
            Item::Closed(_) => {}
        }
        Ok(None)
    }

    fn step(&self, entry: Entry) -> Result<Step, FlowError> {
        let signed = |amount: Money, credit| {
            if credit {
                Ok(amount)
            } else {
                amount.checked_neg()
            }
        };
        let account = &self.account;
        let key = format!("{account}|{}|{}", entry.statement, entry.ordinal);
        let mut lines = Vec::with_capacity(entry.transactions.len());
        for (place, part) in entry.transactions.into_iter().enumerate() {
            let iban = part.counterparty_iban.as_deref().map(comparable);
            let hash = |iban: String| vault::hex(&self.app.vault.mac("bank.payer.v1", &iban));
            lines.push(Line {
                key: format!("{key}|{place}"),
                amount: signed(part.amount, part.credit)?,
                payer_key: iban.map(hash),
                part,
            });
        }
        Ok(Step {
            key,
            account: account.clone(),
            kind: self.kind,
            booked_on: entry.booked_on,
            minor: signed(entry.amount, entry.credit)?.minor(),
            bank_ref: entry.bank_ref,
            undivided: entry.undivided,
            lines,
        })
    }

    /// Books what has gathered.
    pub(super) async fn flush(&mut self) -> Result<Done, FlowError> {
        let steps = std::mem::take(&mut self.waiting);
        if steps.is_empty() {
            return Ok(Done::default());
        }
        let finder = match &self.finder {
            Some(finder) => Arc::clone(finder),
            None => {
                let loaded = Arc::new(Finder::load(self.app, self.supplier).await?);
                self.finder = Some(Arc::clone(&loaded));
                loaded
            }
        };
        let (supplier, file, now) = (self.supplier, self.file, self.app.now());
        let all = move |conn: &mut Conn| {
            let mut done = Done::default();
            store::bank::turn(conn, supplier)?;
            for step in &steps {
                let with = With {
                    supplier,
                    file,
                    now,
                    finder: &finder,
                };
                step_booked(conn, &with, step, &mut done)?;
            }
            Ok::<_, FlowError>(done)
        };
        self.app.store.write(supplier, all).await
    }
}

/// What stays the same for all movements of a transaction.
pub(super) struct With<'a> {
    pub(super) supplier: SupplierId,
    pub(super) file: BankFileId,
    pub(super) now: Moment,
    pub(super) finder: &'a Finder,
}

fn step_booked(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    done: &mut Done,
) -> Result<(), FlowError> {
    let mut new = Vec::with_capacity(step.lines.len());
    for line in &step.lines {
        new.push(insert(conn, with, step, line)?);
    }
    if !new.contains(&true) {
        done.known += new.len();
        return Ok(());
    }
    let pairs = match same::known(conn, with.supplier, step)? {
        Known::New => vec![None; step.lines.len()],
        Known::Same(pairs) => pairs,
        Known::Divide(whole) => {
            divide(conn, with, &whole.key, whole.amount, step)?;
            vec![None; step.lines.len()]
        }
    };
    for ((line, new), same_as) in step.lines.iter().zip(new).zip(pairs) {
        match (new, same_as) {
            (false, _) => done.known += 1,
            (true, Some(key)) => {
                same::note(conn, with.supplier, &line.key, key)?;
                done.known += 1;
            }
            (true, None) => {
                let outcome = judge(conn, with, step, line)?;
                count(done, line, &outcome);
                store::bank::set_outcome(conn, with.supplier, &line.key, &outcome)?;
            }
        }
    }
    Ok(())
}

fn count(done: &mut Done, line: &Line, outcome: &Outcome) {
    done.movements += 1;
    let nobody = matches!(outcome.standing, Standing::Nobody | Standing::Noted);
    done.matched += usize::from(!nobody);
    if outcome.standing == Standing::Nobody && line.amount.is_positive() {
        done.unmatched.push(line.amount);
    }
}

fn insert(conn: &mut Conn, with: &With<'_>, step: &Step, line: &Line) -> Result<bool, FlowError> {
    let short = |text: &str| text.chars().take(TEXT_MAX).collect::<String>();
    let movement = Movement {
        key: line.key.clone(),
        file: with.file,
        booked_on: step.booked_on,
        amount: line.amount,
        text: short(&line.part.text),
        counterparty: line.part.counterparty_name.as_deref().map(short),
        account: step.account.clone(),
        kind: step.kind.as_str(),
        entry_key: step.key.clone(),
        entry_amount: step.minor,
        bank_ref: line.bank_ref(step).or(step.bank_ref.as_deref()).map(short),
        end_to_end_id: line.end_to_end().map(short),
        batch_ref: line.batch().map(short),
        payer_key: line.payer_key.clone(),
        reason: line.part.return_reason.as_deref().map(short),
    };
    Ok(store::bank::insert_movement(
        conn,
        with.supplier,
        &movement,
    )?)
}

/// What becomes of a movement that nothing told before.
fn judge(conn: &mut Conn, with: &With<'_>, step: &Step, line: &Line) -> Result<Outcome, FlowError> {
    let nameless =
        line.bank_ref(step).is_none() && step.bank_ref.is_none() && line.end_to_end().is_none();
    if line.amount.is_zero() {
        return Ok(Outcome::plain(Standing::Ignored));
    }
    // Nothing would link it to the statement that tells it again: it counts there.
    if nameless && step.kind != Kind::Statement {
        return Ok(Outcome::plain(Standing::Noted));
    }
    if line.amount.is_positive() {
        return credit::receive(conn, with, step, line);
    }
    if let Some(given_back) = back::given_back(conn, with, step, line)? {
        return Ok(given_back);
    }
    if line.part.returned {
        return back::came_back(conn, with, step, line);
    }
    if line.part.fee {
        fee(conn, with, step, (&line.key, line.amount.checked_neg()?))?;
        return Ok(Outcome::plain(Standing::Fee));
    }
    Ok(Outcome::plain(Standing::Ignored))
}

/// Books what the bank kept.
pub(super) fn fee(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    (source, amount): (&str, Money),
) -> Result<(), FlowError> {
    let lines = [
        (Account::BankFee, amount),
        (Account::Bank, amount.checked_neg()?),
    ];
    let entry = LedgerEntry {
        supplier: with.supplier,
        kind: TxKind::Fee,
        source: source.to_owned(),
        effective_on: step.booked_on,
        lines: lines
            .map(|(account, amount)| side(account, amount))
            .to_vec(),
    };
    Ok(store::ledger::post(conn, new_id(), &entry, with.now)?)
}

const fn side(account: Account, amount: Money) -> LedgerLine {
    LedgerLine {
        account,
        invoice: None,
        debtor: None,
        amount,
    }
}

/// Money of nobody known stays in sight until a human says whose it is. `source` is used once.
pub(super) fn suspend(
    conn: &mut Conn,
    (supplier, now): (SupplierId, Moment),
    source: String,
    (amount, on): (Money, Day),
) -> Result<(), FlowError> {
    let entry = LedgerEntry {
        supplier,
        kind: TxKind::Settlement,
        source,
        effective_on: on,
        lines: vec![
            side(Account::Bank, amount),
            side(Account::Suspense, amount.checked_neg()?),
        ],
    };
    Ok(store::ledger::post(conn, new_id(), &entry, now)?)
}

/// Money that was on an account stands with nobody again.
pub(in crate::flows) fn suspend_again(
    conn: &mut Conn,
    (supplier, now): (SupplierId, Moment),
    (key, round): (&str, i32),
    money: (Money, Day),
) -> Result<(), FlowError> {
    suspend(conn, (supplier, now), format!("{key}:{round}"), money)
}

/// The parts of a batch are known now: what was suspended as a whole is taken out of suspense.
fn divide(
    conn: &mut Conn,
    with: &With<'_>,
    whole: &str,
    amount: Money,
    step: &Step,
) -> Result<(), FlowError> {
    let entry = LedgerEntry {
        supplier: with.supplier,
        kind: TxKind::Reversal,
        source: whole.to_owned(),
        effective_on: step.booked_on,
        lines: vec![
            side(Account::Bank, amount.checked_neg()?),
            side(Account::Suspense, amount),
        ],
    };
    if amount.is_positive() {
        store::ledger::post(conn, new_id(), &entry, with.now)?;
    }
    let outcome = Outcome::plain(Standing::Divided);
    Ok(store::bank::set_outcome(
        conn,
        with.supplier,
        whole,
        &outcome,
    )?)
}
