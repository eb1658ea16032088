//! Who a row is about: from the row's own cells, or from a line above it in a print-out.

use domain::Currency;
use domain::import::{RowError, RowReason};
use domain::postal::PostalAddress;

use super::cells::Cells;
use super::field::Field;
use super::values::email;
use crate::tables::{Record, fold, tidy};

/// Longest telephone cell, in bytes; what is longer is no number and left out.
const PHONE_MAX: usize = 40;

/// A customer as the file has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Customer {
    /// Account code, or company number, or name: whichever the file has first.
    pub code: String,
    /// Name; the code when the file has none.
    pub name: String,
    /// First usable e-mail address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Where letters go.
    pub postal: Option<Box<PostalAddress>>,
    /// Currency that a print-out states for all the customer's items, as written.
    pub currency: String,
}

/// The columns that tell the customer of a row.
const TELLING: [Field; 10] = [
    Field::Code,
    Field::Name,
    Field::Siren,
    Field::Email,
    Field::Phone,
    Field::Street,
    Field::StreetMore,
    Field::Postcode,
    Field::Town,
    Field::Country,
];

/// The customer of the row before, since most rows are about the same one.
#[derive(Default)]
pub(super) struct Latest {
    cells: [String; TELLING.len()],
    customer: Option<Customer>,
}

impl Latest {
    /// The customer that a row's own cells tell.
    pub(super) fn in_row(&mut self, cells: &Cells<'_>) -> Result<Customer, RowError> {
        let told = TELLING.map(|field| cells.get(field));
        if let Some(customer) = self.customer.as_ref().filter(|_| self.cells == told) {
            return Ok(customer.clone());
        }
        let customer = in_row(cells)?;
        self.cells = told.map(str::to_owned);
        self.customer = Some(customer.clone());
        Ok(customer)
    }
}

fn in_row(cells: &Cells<'_>) -> Result<Customer, RowError> {
    let name = tidy(cells.get(Field::Name));
    let siren: String = cells.get(Field::Siren).split_whitespace().collect();
    let code = tidy(cells.get(Field::Code));
    let told = [&code, &siren, &name]
        .into_iter()
        .find(|text| !text.is_empty());
    let Some(told) = told.cloned() else {
        let columns = [Field::Code, Field::Name, Field::Siren];
        let blamed = columns.into_iter().find(|field| cells.has(*field));
        return Err(cells.blame(blamed.unwrap_or(Field::Name), RowReason::CustomerMissing));
    };
    let phone = tidy(cells.get(Field::Phone));
    Ok(Customer {
        name: if name.is_empty() { told.clone() } else { name },
        code: told,
        email: email(cells.get(Field::Email)),
        phone: (1..=PHONE_MAX).contains(&phone.len()).then_some(phone),
        postal: postal(cells),
        currency: String::new(),
    })
}

/// Where letters go; none when one would not arrive, or does not fit an envelope.
fn postal(cells: &Cells<'_>) -> Option<Box<PostalAddress>> {
    let town = cells.get(Field::Town);
    if town.is_empty() {
        return None;
    }
    let street = [Field::StreetMore, Field::Street].map(|field| cells.get(field));
    let (postcode, country) = (cells.get(Field::Postcode), cells.get(Field::Country));
    let address = PostalAddress::of(&street, postcode, town, country).folded();
    address.check().is_ok().then(|| Box::new(address))
}

/// The customer that a line of its own tells: code, name, then perhaps a currency or an address.
pub(super) fn on_own_line(record: Record<'_>) -> Option<Customer> {
    let (code, name) = (tidy(record.cell(0)), tidy(record.cell(1)));
    if code.is_empty() || name.is_empty() {
        return None;
    }
    let currency = record.cells().find_map(|cell| {
        let (label, value) = cell.split_once(':')?;
        (fold(label) == "devise" || fold(label) == "currency").then_some(value.trim())
    });
    Some(Customer {
        code,
        name,
        email: record.cells().find_map(email),
        phone: None,
        postal: None,
        currency: currency.unwrap_or_default().to_owned(),
    })
}

/// A currency as files write it; an empty one is the euro.
pub(super) fn currency(text: &str) -> Option<Currency> {
    match text {
        "" | "EUR" | "€" => Some(Currency::EUR),
        other => match other.to_uppercase().as_str() {
            "EURO" | "EUROS" => Some(Currency::EUR),
            code => code.parse().ok(),
        },
    }
}
