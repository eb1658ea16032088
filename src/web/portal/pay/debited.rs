//! What a debit pays, line by line.

use domain::designation::Designation;
use domain::party::Language;
use domain::{InvoiceId, Money, MoneyError};
use views::portal::debit::charge_name;

/// Invoices, then what is deducted, then what lateness cost; `names` are the numbers.
pub(in crate::web::portal) fn lines(
    language: Language,
    what: &Designation,
    names: &[(InvoiceId, &String)],
) -> Result<Vec<(String, Money)>, MoneyError> {
    let number = |id: InvoiceId| {
        let own = names.iter().find(|(own, _)| *own == id);
        own.map(|(_, number)| (*number).clone()).unwrap_or_default()
    };
    let shares = what.shares.iter();
    let mut all: Vec<_> = shares
        .map(|one| (number(one.invoice), one.amount))
        .collect();
    for one in &what.credits {
        all.push((number(one.invoice), one.amount.checked_neg()?));
    }
    for one in &what.charges {
        let name = charge_name(language, one.kind, &number(one.invoice));
        all.push((name, one.amount));
    }
    Ok(all)
}
