//! What a supplier has open, held while a file is booked: numbers, amounts and names as hashes, a
//! few dozen bytes an invoice, so that a payer's words are looked up without a query each.

use domain::matching::{compact, name_key};
use domain::{DebtorId, InvoiceId, Money, SupplierId};

use crate::app::App;
use crate::store::{self, StoreError};

/// Rows read at a time.
const PAGE: i64 = 5_000;

/// Accounts that are suggested for one movement.
pub(super) const SUGGESTED_MAX: usize = 5;

/// Debtors of one name or amount that are looked at.
const ALIKE_MAX: usize = 20;

/// Open invoices and names, sorted by what they are looked up by.
#[derive(Default)]
pub(super) struct Finder {
    numbers: Vec<(u64, DebtorId, InvoiceId)>,
    amounts: Vec<(i64, DebtorId, InvoiceId)>,
    names: Vec<(u64, DebtorId)>,
}

/// FNV-1a: what a hash finds is compared again.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

impl Finder {
    /// Reads what is open now.
    pub(super) async fn load(app: &App, supplier: SupplierId) -> Result<Self, StoreError> {
        let mut finder = Self::default();
        let mut after = None;
        loop {
            let page =
                move |conn: &mut store::Conn| store::bank::open_items(conn, supplier, after, PAGE);
            let items = app.store.report(supplier, page).await?;
            let Some(last) = items.last() else { break };
            after = Some(last.id);
            for item in &items {
                let number = compact(&item.number);
                if number.len() >= 3 {
                    finder.numbers.push((hash(&number), item.debtor, item.id));
                }
                finder.amounts.push((item.open, item.debtor, item.id));
            }
        }
        let mut after = None;
        loop {
            let page = move |conn: &mut store::Conn| {
                store::bank::debtor_names(conn, supplier, after, PAGE)
            };
            let names = app.store.report(supplier, page).await?;
            let Some((last, _)) = names.last() else { break };
            after = Some(*last);
            for (id, name) in &names {
                let key = name_key(name);
                if !key.is_empty() {
                    finder.names.push((hash(&key), *id));
                }
            }
        }
        finder.numbers.sort_unstable();
        finder.amounts.sort_unstable();
        finder.names.sort_unstable();
        Ok(finder)
    }

    /// Invoices of these compact numbers, with their debtors.
    pub(super) fn numbered(&self, numbers: &[String]) -> Vec<(DebtorId, InvoiceId)> {
        let mut found = Vec::new();
        for number in numbers {
            let wanted = hash(number);
            let from = self.numbers.partition_point(|(own, ..)| *own < wanted);
            let alike = self.numbers.iter().skip(from);
            let alike = alike.take_while(|(own, ..)| *own == wanted).take(ALIKE_MAX);
            for (_, debtor, invoice) in alike {
                if !found.contains(&(*debtor, *invoice)) {
                    found.push((*debtor, *invoice));
                }
            }
        }
        found
    }

    /// Debtors of this name.
    pub(super) fn called(&self, name: &str) -> Vec<DebtorId> {
        let key = name_key(name);
        if key.is_empty() {
            return Vec::new();
        }
        let wanted = hash(&key);
        let from = self.names.partition_point(|(own, _)| *own < wanted);
        let alike = self.names.iter().skip(from);
        let alike = alike.take_while(|(own, _)| *own == wanted).take(ALIKE_MAX);
        alike.map(|(_, debtor)| *debtor).collect()
    }

    /// The only debtor with an invoice open by exactly this amount, if there is one.
    pub(super) fn only_with(&self, amount: Money) -> Option<DebtorId> {
        let minor = amount.minor();
        let from = self.amounts.partition_point(|(own, ..)| *own < minor);
        let alike = self.amounts.iter().skip(from);
        let mut debtors: Vec<DebtorId> = alike
            .take_while(|(own, ..)| *own == minor)
            .take(ALIKE_MAX)
            .map(|(_, debtor, _)| *debtor)
            .collect();
        debtors.dedup();
        match debtors.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}
