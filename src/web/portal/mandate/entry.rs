//! The fields of the mandate form: as typed, and read.

use domain::bank::{Bic, Iban};
use domain::mandate::Usage;
use domain::{Id, InvoiceId};
use views::portal::mandate::{MandateForm, Terms};
use views::problem::{Problem, Wrong};

use crate::web::address;
use crate::web::form::Fields;
use crate::web::input::sepa_account;

/// Characters of a name that banks take.
const NAME_MAX: usize = 70;

/// What was read from a good form; names stay as typed.
pub(super) struct Entry {
    pub(super) iban: Iban,
    pub(super) bic: Option<Bic>,
    pub(super) usage: Usage,
}

/// The form as it came.
pub(super) fn form(terms: Terms, key: String, fields: &Fields) -> MandateForm {
    let text = |name| fields.text(name).to_owned();
    MandateForm {
        terms,
        key,
        holder: text("holder"),
        iban: text("iban"),
        bic: text("bic"),
        usage: fields.text("usage").parse().ok(),
        signatory: text("signatory"),
        place: text("place"),
        consent: fields.text("consent") == "yes",
        carried: carried(fields),
        other: None,
        problems: Vec::new(),
    }
}

/// The payment that is interrupted: invoices, credit notes, amounts, method, day; nothing else is
/// given back.
pub(super) fn carried(fields: &Fields) -> Vec<(String, String)> {
    let is_amount = |name: &str| {
        let invoice = name.strip_prefix("a_");
        invoice.is_some_and(|id| id.starts_with(InvoiceId::PREFIX))
    };
    let kept =
        |name: &str| matches!(name, "i" | "c" | "l" | "method" | "debit_on") || is_amount(name);
    let all = fields.pairs().filter(|(name, _)| kept(name));
    all.map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Names and values as an address carries them.
pub(super) fn query(fields: &[(String, String)]) -> String {
    let pairs = fields.iter();
    address::query(pairs.map(|(name, value)| (name.as_str(), value.as_str())))
}

/// Reads the form; every problem at once.
/// `supplier` is its own account, which a customer copies by mistake.
pub(super) fn read(form: &MandateForm, supplier: Option<&Iban>) -> Result<Entry, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut note = |field: &str, wrong: Wrong| problems.push(Problem::new(field, wrong));
    if let Err(wrong) = name(&form.holder, Wrong::NameMissing) {
        note("holder", wrong);
    }
    let iban = iban(&form.iban, supplier)
        .map_err(|wrong| note("iban", wrong))
        .ok();
    let bic = bic(&form.bic, iban.as_ref())
        .map_err(|wrong| note("bic", wrong))
        .ok();
    if form.usage.is_none() {
        note("usage", Wrong::UsageMissing);
    }
    if let Err(wrong) = name(&form.signatory, Wrong::NameMissing) {
        note("signatory", wrong);
    }
    if let Err(wrong) = name(&form.place, Wrong::PlaceMissing) {
        note("place", wrong);
    }
    if !form.consent {
        note("consent", Wrong::ConsentMissing);
    }
    match (iban, bic, form.usage) {
        (Some(iban), Some(bic), Some(usage)) if problems.is_empty() => {
            Ok(Entry { iban, bic, usage })
        }
        _ => Err(problems),
    }
}

fn name(typed: &str, missing: Wrong) -> Result<(), Wrong> {
    if typed.is_empty() {
        Err(missing)
    } else if typed.chars().count() > NAME_MAX {
        Err(Wrong::TooLong(NAME_MAX))
    } else {
        Ok(())
    }
}

fn iban(typed: &str, supplier: Option<&Iban>) -> Result<Iban, Wrong> {
    let iban = sepa_account(typed)?;
    if supplier == Some(&iban) {
        Err(Wrong::IbanOfSupplier)
    } else {
        Ok(iban)
    }
}

/// None when it may be left out and was.
fn bic(typed: &str, iban: Option<&Iban>) -> Result<Option<Bic>, Wrong> {
    if typed.is_empty() {
        return match iban.filter(|iban| iban.needs_bic()) {
            Some(iban) => Err(Wrong::BicMissing(iban.country().to_owned())),
            None => Ok(None),
        };
    }
    typed.parse().map(Some).map_err(|_| Wrong::Bic)
}
