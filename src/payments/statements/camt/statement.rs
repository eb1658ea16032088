//! The statement being read: its header, its balances, the sums of its entries.

use domain::Money;

use super::entry::{Parts, amount, entry};
use super::fields::{Fields, Path, path};
use super::run::Found;
use crate::payments::statements::balance::{Booked, signed};
use crate::payments::statements::error::{BadField, Fault};
use crate::payments::statements::model::{Entry, Kind, Statement, Summary, Sums};

/// What is known of a statement so far.
pub(super) struct Open {
    kind: Kind,
    id: Option<String>,
    account: Fields,
    balances: Balances,
    totals: Totals,
    announced: bool,
    /// Entries so far, booked or not.
    ordinal: u32,
    /// Booked entries so far.
    entries: u32,
    /// Their sum.
    booked: Booked,
}

#[derive(Default)]
struct Balances {
    opening: Option<Money>,
    previous_closing: Option<Money>,
    closing: Option<Money>,
}

const AMOUNT: Path = path("/Amt");
const SIDE: Path = path("/CdtDbtInd");

impl Balances {
    fn opening(&self) -> Option<Money> {
        self.opening.or(self.previous_closing)
    }

    /// Notes a balance. One that cannot be read is as good as none: it only serves to compare.
    fn note(&mut self, fields: &Fields) -> Option<()> {
        let amount = fields.amount(AMOUNT, "Bal").ok()??;
        let signed = signed(amount, fields.credit(SIDE).ok()??)?;
        let place = match fields.first(&[path("/Tp/CdOrPrtry/Cd")])? {
            "OPBD" => &mut self.opening,
            "PRCD" => &mut self.previous_closing,
            "CLBD" => &mut self.closing,
            _ => return None,
        };
        place.get_or_insert(signed);
        Some(())
    }
}

/// `TxsSummry`: how many entries there are, and what those to either side come to.
#[derive(Default)]
struct Totals {
    stated: Fields,
    /// Minor units of all entries, booked or not: credits, debits. None once they are not known.
    found: Option<(i64, i64)>,
    /// A currency of them, for the message.
    seen: Option<domain::Currency>,
}

impl Totals {
    fn add(&mut self, entry: Option<(Money, bool)>) {
        let Some((amount, credit)) = entry else {
            self.found = None;
            return;
        };
        let mixed = self.seen.is_some_and(|seen| seen != amount.currency());
        self.seen = Some(amount.currency());
        self.found = self.found.filter(|_| !mixed).and_then(|(credits, debits)| {
            Some(if credit {
                (credits.checked_add(amount.minor())?, debits)
            } else {
                (credits, debits.checked_add(amount.minor())?)
            })
        });
    }

    /// What is not as the statement says, if anything is not.
    fn compare(&self, entries: u32) -> Option<Sums> {
        let count = self.stated.first(&[path("/TtlNtries/NbOfNtries")]);
        if let Some(stated) = count.and_then(|text| text.parse().ok())
            && stated != entries
        {
            return Some(Sums::Count {
                stated,
                found: entries,
            });
        }
        let (credits, debits) = self.found?;
        let currency = self.seen?;
        let sides = [
            (path("/TtlCdtNtries/Sum"), credits),
            (path("/TtlDbtNtries/Sum"), debits),
        ];
        for (path, found) in sides {
            let stated = self
                .stated
                .first(&[path])
                .and_then(|text| text.parse().ok());
            let stated = stated.and_then(|sum| Money::from_decimal(sum, currency).ok());
            let found = Money::new(found, currency);
            if let Some(stated) = stated.filter(|stated| *stated != found) {
                return Some(Sums::Differ { stated, found });
            }
        }
        None
    }
}

impl Open {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            id: None,
            account: Fields::default(),
            balances: Balances::default(),
            totals: Totals {
                found: Some((0, 0)),
                ..Totals::default()
            },
            announced: false,
            ordinal: 0,
            entries: 0,
            booked: Booked::default(),
        }
    }

    /// Takes in the header element of this name.
    pub(super) fn header(&mut self, name: &str, fields: Fields) {
        match name {
            "Id" => self.id = fields.text(&[path("")]),
            "Acct" => self.account = fields,
            "TxsSummry" => self.totals.stated = fields,
            _ => {
                self.balances.note(&fields);
            }
        }
    }

    /// The statement, the first time it is asked for.
    pub(super) fn announce(&mut self) -> Result<Option<Statement>, Fault> {
        if self.announced {
            return Ok(None);
        }
        self.announced = true;
        let missing = |field| BadField::missing(field).of(self.id(), 0);
        let account = self.account.text(&[path("/Id/IBAN"), path("/Id/Othr/Id")]);
        let currency = self.account.first(&[path("/Ccy")]);
        let currency = currency.and_then(|code| code.parse().ok());
        let balance = self.balances.opening().or(self.balances.closing);
        Ok(Some(Statement {
            kind: self.kind,
            id: self.id.clone().ok_or_else(|| missing("Stmt/Id"))?,
            account: account.ok_or_else(|| missing("Acct/Id"))?,
            currency: currency.or(balance.map(Money::currency)),
        }))
    }

    pub(super) fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    /// Whether it had an entry.
    pub(super) const fn has_entries(&self) -> bool {
        self.ordinal > 0
    }

    /// The next entry, or none when it is not booked.
    pub(super) fn entry(&mut self, parts: &Parts) -> Result<Option<Entry>, Fault> {
        let ordinal = self.ordinal.saturating_add(1);
        let found = entry(parts, self.id(), ordinal);
        let found = Found {
            amount: amount(parts).ok(),
            entry: found.map_err(|bad| bad.of(self.id(), ordinal))?,
        };
        Ok(self.count(found))
    }

    /// Counts the next entry; gives it with its number when it is booked.
    pub(super) fn count(&mut self, found: Found) -> Option<Entry> {
        self.ordinal = self.ordinal.saturating_add(1);
        self.totals.add(found.amount);
        let mut entry = found.entry?;
        entry.ordinal = self.ordinal;
        self.entries = self.entries.saturating_add(1);
        self.booked.add(&entry);
        Some(entry)
    }

    /// The statement's end.
    pub(super) fn close(self) -> Summary {
        let (opening, closing) = (self.balances.opening(), self.balances.closing);
        let mut sums = self.booked.compare(opening, closing);
        if matches!(sums, Sums::Agree | Sums::Unknown) {
            sums = self.totals.compare(self.ordinal).unwrap_or(sums);
        }
        Summary {
            opening,
            closing,
            sums,
            entries: self.entries,
            statement: self.id.unwrap_or_default(),
        }
    }
}
