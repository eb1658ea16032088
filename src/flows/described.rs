//! What a provider is told of a payment, made from what was recorded, so that asking again tells it
//! the same.

use domain::invoice::Invoice;
use domain::party::Language;
use domain::payment::Payment;

use super::error::FlowError;
use crate::app::App;
use crate::store;

/// Characters of the description the debtor reads on the provider's page.
const DESCRIPTION_MAX: usize = 200;

/// What a provider is told of a payment besides its amount.
pub(super) struct Described {
    /// The supplier's name and the invoice numbers.
    pub(super) description: String,
    /// Language of the page.
    pub(super) language: Language,
    /// Where the debtor returns to.
    pub(super) back: String,
}

/// Made from what was recorded, so that it is the same each time.
pub(super) async fn described(app: &App, payment: &Payment) -> Result<Described, FlowError> {
    let (supplier, debtor) = (payment.supplier, payment.debtor);
    let ids: Vec<_> = payment.shares.iter().map(|share| share.invoice).collect();
    let (owner, customer, invoices) = app
        .store
        .read(supplier, move |conn| {
            let owner = store::supplier::find(conn, supplier)?;
            let customer = store::debtor::find(conn, supplier, debtor)?;
            Ok((
                owner,
                customer,
                store::invoice::find_many(conn, supplier, debtor, &ids)?,
            ))
        })
        .await?;
    Ok(Described {
        description: description(&owner.name, &invoices),
        language: customer.language.unwrap_or(owner.language),
        back: format!("{}{}", app.origin, views::paths::payment(payment.id)),
    })
}

fn description(supplier: &str, invoices: &[Invoice]) -> String {
    let numbers: Vec<&str> = invoices
        .iter()
        .map(|invoice| invoice.number.as_str())
        .collect();
    let whole = format!("{supplier} : {}", numbers.join(", "));
    whole.chars().take(DESCRIPTION_MAX).collect()
}
