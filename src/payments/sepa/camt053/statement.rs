//! The statement being read: its header, its balances, the sum of its entries.

use domain::Money;

use super::entry::{Parts, entry};
use super::error::{BadField, CamtError};
use super::fields::Fields;
use super::{Entry, Statement, Summary};

/// What is known of a statement so far.
#[derive(Default)]
pub(super) struct Open {
    id: Option<String>,
    account: Fields,
    balances: Balances,
    announced: bool,
    /// Entries so far, booked or not.
    ordinal: u32,
    /// Booked entries so far.
    entries: u32,
    /// Their sum.
    booked: Booked,
}

/// A sum of entries; currencies that do not add up leave none.
#[derive(Default)]
enum Booked {
    #[default]
    Nothing,
    Sum(Money),
    Unknown,
}

impl Booked {
    fn plus(&self, entry: &Entry) -> Self {
        let amount = signed(entry.amount, entry.credit);
        let sum = match self {
            Self::Nothing => amount,
            Self::Sum(sum) => amount.and_then(|amount| sum.checked_add(amount).ok()),
            Self::Unknown => None,
        };
        sum.map_or(Self::Unknown, Self::Sum)
    }

    /// Whether it leads from one balance to the other.
    fn explains(&self, opening: Option<Money>, closing: Option<Money>) -> bool {
        let reached = match self {
            Self::Nothing => opening,
            Self::Sum(sum) => opening.and_then(|opening| opening.checked_add(*sum).ok()),
            Self::Unknown => None,
        };
        reached.is_some() && reached == closing
    }
}

#[derive(Default)]
struct Balances {
    opening: Option<Money>,
    previous_closing: Option<Money>,
    closing: Option<Money>,
}

impl Balances {
    fn opening(&self) -> Option<Money> {
        self.opening.or(self.previous_closing)
    }

    /// Notes a balance. One that cannot be read is as good as none: it only serves to compare.
    fn note(&mut self, fields: &Fields) -> Option<()> {
        let amount = fields.amount("/Amt", "Bal").ok()??;
        let signed = signed(amount, fields.credit("/CdtDbtInd").ok()??)?;
        let place = match fields.first(&["/Tp/CdOrPrtry/Cd"])? {
            "OPBD" => &mut self.opening,
            "PRCD" => &mut self.previous_closing,
            "CLBD" => &mut self.closing,
            _ => return None,
        };
        place.get_or_insert(signed);
        Some(())
    }
}

fn signed(amount: Money, credit: bool) -> Option<Money> {
    if credit {
        Some(amount)
    } else {
        amount.checked_neg().ok()
    }
}

impl Open {
    /// Takes in the header element of this name.
    pub(super) fn header(&mut self, name: &str, fields: Fields) {
        match name {
            "Id" => self.id = fields.text(&[""]),
            "Acct" => self.account = fields,
            _ => {
                self.balances.note(&fields);
            }
        }
    }

    /// The statement, the first time it is asked for.
    pub(super) fn announce(&mut self) -> Result<Option<Statement>, CamtError> {
        if self.announced {
            return Ok(None);
        }
        self.announced = true;
        let missing = |field| BadField::missing(field).at(self.id(), 0);
        let account = self.account.text(&["/Id/IBAN", "/Id/Othr/Id"]);
        let currency = self.account.first(&["/Ccy"]).and_then(|c| c.parse().ok());
        let balance = self.balances.opening().or(self.balances.closing);
        Ok(Some(Statement {
            id: self.id.clone().ok_or_else(|| missing("Stmt/Id"))?,
            account: account.ok_or_else(|| missing("Acct/Id"))?,
            currency: currency.or(balance.map(Money::currency)),
        }))
    }

    fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    /// The next entry, or none when it is not booked.
    pub(super) fn entry(&mut self, parts: &Parts) -> Result<Option<Entry>, CamtError> {
        self.ordinal = self.ordinal.saturating_add(1);
        let found = entry(parts, self.id(), self.ordinal);
        let Some(entry) = found.map_err(|bad| bad.at(self.id(), self.ordinal))? else {
            return Ok(None);
        };
        self.entries = self.entries.saturating_add(1);
        self.booked = self.booked.plus(&entry);
        Ok(Some(entry))
    }

    /// The statement's end.
    pub(super) fn close(self) -> Summary {
        let (opening, closing) = (self.balances.opening(), self.balances.closing);
        Summary {
            opening,
            closing,
            balanced: self.booked.explains(opening, closing),
            entries: self.entries,
            statement: self.id.unwrap_or_default(),
        }
    }
}
