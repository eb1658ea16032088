//! What a column of a balance file may hold.

use super::titles::TITLES;
use crate::tables::{self, Column, Holds};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Field {
    /// Customer account code.
    Code,
    /// Customer name.
    Name,
    /// Company number (SIREN or SIRET).
    Siren,
    /// E-mail addresses.
    Email,
    /// Telephone.
    Phone,
    /// Street and number.
    Street,
    /// What stands besides the street: building, floor, box.
    StreetMore,
    /// Postcode.
    Postcode,
    /// Town.
    Town,
    /// Country.
    Country,
    /// Kind of document, in words or letters.
    Kind,
    /// Accounting journal: sales or bank.
    Journal,
    /// Document number.
    Number,
    /// Order reference.
    OrderRef,
    /// Day of issue.
    Issued,
    /// Due day.
    Due,
    /// Amount of the document.
    Total,
    /// Open amount, signed.
    Open,
    /// Open amount when the customer owes it.
    Debit,
    /// Open amount when the supplier owes it.
    Credit,
    /// Currency code.
    Currency,
    /// Open amount in that currency, when the other amounts are in euros.
    Foreign,
}

/// Which column of a balance holds what.
pub type Mapping = tables::Mapping<Field>;

/// Whether no column tells the customer, who then stands on a line of his own above his items.
pub(super) fn customer_above(mapping: &Mapping) -> bool {
    ![Field::Code, Field::Siren, Field::Name]
        .into_iter()
        .any(|field| mapping.has(field))
}

/// Titles that mean the open amount when no other column does.
const LONE_TOTALS: &[&str] = &["total", "montant", "amount"];

fn tells_paid(title: &str) -> bool {
    title.split(' ').any(|word| {
        [
            "regle",
            "regles",
            "reglement",
            "paye",
            "payes",
            "paid",
            "payments",
        ]
        .contains(&word)
    })
}

impl Holds for Field {
    const NAMED: &'static [(Self, &'static str)] = &[
        (Self::Code, "code"),
        (Self::Name, "name"),
        (Self::Siren, "siren"),
        (Self::Email, "email"),
        (Self::Phone, "phone"),
        (Self::Street, "street"),
        (Self::StreetMore, "street_more"),
        (Self::Postcode, "postcode"),
        (Self::Town, "town"),
        (Self::Country, "country"),
        (Self::Kind, "kind"),
        (Self::Journal, "journal"),
        (Self::Number, "number"),
        (Self::OrderRef, "order_ref"),
        (Self::Issued, "issued"),
        (Self::Due, "due"),
        (Self::Total, "total"),
        (Self::Open, "open"),
        (Self::Debit, "debit"),
        (Self::Credit, "credit"),
        (Self::Currency, "currency"),
        (Self::Foreign, "foreign"),
    ];

    const TITLES: &'static [(Self, &'static str)] = TITLES;

    fn missing(has: &dyn Fn(Self) -> bool) -> Vec<String> {
        let pair = has(Self::Debit) && has(Self::Credit);
        let needs = [
            (has(Self::Number), "the document number"),
            (has(Self::Due), "the due date"),
            (
                has(Self::Open) || pair,
                "the open amount (or debit and credit)",
            ),
        ];
        let missing = needs.into_iter().filter(|(there, _)| !there);
        missing.map(|(_, name)| name.to_owned()).collect()
    }

    /// Beside debit and credit, a weaker open column is a running balance: never taken.
    fn fits(self, has: &dyn Fn(Self) -> bool) -> bool {
        self != Self::Open || !(has(Self::Debit) && has(Self::Credit))
    }

    /// Keeps one way of telling the amount; a lone total is the open amount, unless another column
    /// tells what was paid of it.
    fn settle(columns: &mut Vec<(Self, Column)>, folded: &[String]) {
        let has = |wanted| columns.iter().any(|(field, _)| *field == wanted);
        if has(Self::Open) {
            columns.retain(|(field, _)| !matches!(field, Self::Debit | Self::Credit));
        } else if !has(Self::Debit) && !folded.iter().any(|title| tells_paid(title)) {
            for (field, column) in columns {
                let title = folded.get(column.index).map_or("", String::as_str);
                if *field == Self::Total && LONE_TOTALS.contains(&title) {
                    *field = Self::Open;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
