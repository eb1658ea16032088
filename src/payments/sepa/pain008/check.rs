//! The rules of `sepa.md` §2 for a file and its blocks, and the totals both carry.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use domain::target::is_bank_day;
use domain::{Currency, Day, Money, MoneyError};

use super::error::{PROBLEMS_MAX, Problem};
use super::group::key;
use super::transaction::{self, wrong_bic};
use super::{Address, Block, Debits, DirectDebit, File, Rules, Terms};
use crate::payments::sepa::charset;

/// How many debits, and their sum: `NbOfTxs` and `CtrlSum`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Totals {
    /// Number of debits.
    pub count: u64,
    /// Their sum, EUR.
    pub sum: Money,
}

impl Totals {
    pub(in crate::payments::sepa) const NOTHING: Self = Self {
        count: 0,
        sum: Money::zero(Currency::EUR),
    };

    pub(super) fn plus(self, other: Self) -> Result<Self, MoneyError> {
        Ok(Self {
            count: self.count.saturating_add(other.count),
            sum: self.sum.checked_add(other.sum)?,
        })
    }

    pub(in crate::payments::sepa) fn plus_one(self, amount: Money) -> Result<Self, MoneyError> {
        self.plus(Self {
            count: 1,
            sum: amount,
        })
    }
}

/// Checks a file without writing it: the totals of each block, or what is wrong with it.
///
/// A caller may take out the debits named in the problems and check again.
pub fn check<D: Debits>(file: &File<D>, today: Day) -> Result<Vec<Totals>, Vec<Problem>> {
    let mut problems = Problems::default();
    problems.file(file);
    let mut ids = BTreeSet::new();
    let mut keys = BTreeSet::new();
    let mut totals = Vec::with_capacity(file.blocks.len());
    for block in &file.blocks {
        problems.block(block, file.rules, today);
        if !ids.insert(block.id.as_str()) {
            problems.of_block(block, "id", &block.id, "another block has it");
        }
        if !keys.insert(key(&block.terms)) {
            let rule = "another block has the same account, creditor identifier, scheme, \
                        sequence and day: put their debits together";
            problems.of_block(block, "terms", &block.id, rule);
        }
        totals.push(problems.debits(block, file.rules, today));
    }
    if problems.found.is_empty() {
        Ok(totals)
    } else {
        Err(problems.found)
    }
}

/// The problems found so far.
#[derive(Default)]
struct Problems {
    found: Vec<Problem>,
}

impl Problems {
    fn push(&mut self, problem: Problem) {
        if self.found.len() < PROBLEMS_MAX {
            self.found.push(problem);
        }
    }

    fn about(&mut self, about: &str, field: &'static str, value: &str, rule: &str) {
        self.push(Problem {
            end_to_end_id: None,
            about: about.to_owned(),
            field,
            value: value.to_owned(),
            rule: rule.to_owned(),
        });
    }

    fn of_block<D>(&mut self, block: &Block<D>, field: &'static str, value: &str, rule: &str) {
        self.about(&format!("block {}", block.id), field, value, rule);
    }

    fn file<D>(&mut self, file: &File<D>) {
        let about = "the file";
        if let Err(error) = charset::identifier(&file.message_id) {
            self.about(about, "message id", &file.message_id, &error.to_string());
        }
        if let Err(error) = charset::name(&file.creditor_name) {
            self.about(
                about,
                "creditor name",
                &file.creditor_name,
                &error.to_string(),
            );
        }
        if let Some(Err((field, value, rule))) = file.creditor_address.as_ref().map(Address::placed)
        {
            self.about("the creditor's address", field, &value, &rule);
        }
        if file.blocks.is_empty() {
            self.about(about, "debits", "", "there is nothing to collect");
        }
    }

    fn block<D>(&mut self, block: &Block<D>, rules: Rules, today: Day) {
        let account = &block.terms.creditor;
        if let Err(error) = charset::identifier(&block.id) {
            self.of_block(block, "id", &block.id, &error.to_string());
        }
        if let Err(error) = charset::name(&account.holder) {
            self.of_block(block, "account holder", &account.holder, &error.to_string());
        }
        if account.creditor_id.is_none() {
            let rule = "direct debits need one: the supplier's bank assigns it";
            self.of_block(block, "creditor identifier", "", rule);
        }
        if !account.iban.is_sepa() {
            let value = format!("{:?}", account.iban);
            self.of_block(block, "creditor account", &value, "it is outside SEPA");
        }
        if let Some(bic) = &account.bic
            && let Some(rule) = wrong_bic(bic, rules.version)
        {
            self.of_block(block, "BIC", bic.as_str(), rule);
        }
        if let Some(rule) = wrong_day(&block.terms, today) {
            let value = block.terms.collect_on.to_string();
            self.of_block(block, "collection day", &value, rule);
        }
    }

    /// Adds up a block's debits. A bad one is left out: its file is refused anyway.
    fn debits<D: Debits>(&mut self, block: &Block<D>, rules: Rules, today: Day) -> Totals {
        let mut totals = Totals::NOTHING;
        let mut last = String::new();
        for debit in block.debits.each() {
            let debit: &DirectDebit = debit.borrow();
            match transaction::check(debit, rules, today) {
                Ok(_) => totals = self.add(block, totals, debit),
                Err(problem) => self.push(problem),
            }
            if !last.is_empty() && debit.end_to_end_id <= last {
                let rule = "debits must rise by it, each one once";
                self.of_block(block, "end-to-end id", &debit.end_to_end_id, rule);
            }
            last.clone_from(&debit.end_to_end_id);
        }
        if last.is_empty() && totals.count == 0 {
            self.of_block(block, "debits", "", "there is nothing to collect");
        }
        totals
    }

    fn add<D>(&mut self, block: &Block<D>, totals: Totals, debit: &DirectDebit) -> Totals {
        totals.plus_one(debit.amount).unwrap_or_else(|error| {
            self.of_block(block, "sum", &totals.sum.to_string(), &error.to_string());
            totals
        })
    }
}

fn wrong_day(terms: &Terms, today: Day) -> Option<&'static str> {
    if terms.collect_on <= today {
        Some("it must lie after today")
    } else if !is_bank_day(terms.collect_on) {
        Some("banks are closed: take the next TARGET day")
    } else {
        None
    }
}
