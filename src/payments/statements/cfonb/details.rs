//! What the 05 records say of a movement. Several of one kind occur; unknown ones are kept as text.

use domain::{Currency, Money};

use super::record::Movement;
use crate::payments::statements::model::Transaction;
use crate::payments::statements::words::{pieces, reference, squeezed};

/// Records of one movement that are kept: banks write a dozen.
const KEPT_MAX: usize = 200;

/// Qualifier and text of each record, in order.
#[derive(Default)]
pub(super) struct Details(Vec<(String, String)>);

impl Details {
    pub(super) fn add(&mut self, qualifier: &str, text: &str) {
        if self.0.len() < KEPT_MAX && !text.is_empty() {
            self.0
                .push((qualifier.to_ascii_uppercase(), text.to_owned()));
        }
    }

    fn all<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.0.iter().filter(move |(own, _)| own == wanted);
        found.map(|(_, text)| text.as_str())
    }

    /// The first part of so many characters, as a reference.
    fn first(&self, wanted: &str, characters: usize) -> Option<String> {
        let text: String = self.all(wanted).next()?.chars().take(characters).collect();
        reference(&text)
    }

    /// What the payer wrote, or else what the bank did.
    fn text(&self, movement: &Movement) -> String {
        let wrote = |kind: &&(String, String)| matches!(kind.0.as_str(), "LCC" | "LC2");
        let free = self.0.iter().filter(wrote).map(|(_, text)| text.as_str());
        let said: Vec<String> = [pieces(free, &[70]), pieces(self.all("LCS"), &[70])]
            .iter()
            .map(|text| squeezed(text))
            .filter(|text| !text.is_empty())
            .collect();
        if !said.is_empty() {
            return said.join(" ");
        }
        let known = [
            "NPY", "IPY", "RCN", "REF", "NBE", "IBE", "NPO", "NBU", "MMO", "FEE", "RUM",
        ];
        let others = self
            .0
            .iter()
            .filter(|(own, _)| !known.contains(&own.as_str()));
        let mut all = vec![movement.label.as_str(), movement.reference.as_str()];
        all.extend(others.map(|(_, text)| text.as_str()));
        squeezed(&all.join(" "))
    }

    /// `FEE`: currency, scale, 14 digits.
    fn charges(&self) -> Option<Money> {
        let text = self.all("FEE").next()?;
        let currency: Currency = text.get(..3)?.parse().ok()?;
        let scale: u32 = text.get(3..4)?.parse().ok()?;
        let digits = text.get(4..)?.trim();
        let minor: i64 = digits.parse().ok()?;
        let fits = scale == currency.exponent() && minor > 0;
        fits.then(|| Money::new(minor, currency))
    }

    /// The payment that movement and records tell of.
    pub(super) fn transaction(&self, movement: &Movement) -> Transaction {
        // Our own debits that came back unpaid, of either scheme.
        let returned = matches!(movement.operation.as_str(), "B3" | "B4");
        let name = if movement.credit || returned {
            self.first("NPY", 70)
        } else {
            self.first("NBE", 70)
        };
        let account = if movement.credit || returned {
            self.first("IPY", 34)
        } else {
            self.first("IBE", 34)
        };
        let refused_for = reference(&movement.refused_for).filter(|code| code != "00");
        Transaction {
            charges: self.charges(),
            bank_ref: self.first("REF", 35),
            end_to_end_id: self.first("RCN", 35),
            mandate: self.first("RUM", 35),
            creditor_references: self.first("LCS", 35).into_iter().collect(),
            text: self.text(movement),
            counterparty_name: name,
            counterparty_iban: account,
            returned,
            return_reason: refused_for.filter(|_| returned),
            fee: !movement.credit && is_fee(&movement.operation),
            ..Transaction::plain(movement.amount, movement.credit)
        }
    }
}

/// Commissions and charges of the bank itself.
fn is_fee(operation: &str) -> bool {
    matches!(operation, "62" | "63" | "66")
}
