//! One text to a number of the operator's own, to see it arrive.

use domain::party::{Language, Supplier};
use domain::phone::Phone;
use domain::sms::spell;

use super::error::FlowError;
use super::sms_settings::Way;
use crate::app::App;
use crate::clock::new_id;
use crate::gateway::sms::{Order, Outcome};

/// Sends it, and says what the provider answered. It is of no account and counts nowhere.
pub async fn send(
    app: &App,
    supplier: &Supplier,
    way: &Way,
    to: Phone,
) -> Result<String, FlowError> {
    let name = &supplier.name;
    let text = match supplier.language {
        Language::Fr => format!("{name}: essai d'envoi de SMS. Rien n'est à faire."),
        Language::En => format!("{name}: a trial text message. Nothing to do."),
    };
    let order = Order {
        id: new_id(),
        to,
        sender: way.sender.clone(),
        text: spell(&text),
        at: app.now(),
        receipts: None,
    };
    match way.texter.send(&order).await {
        Outcome::Accepted(taken) => Ok(format!("taken as {}", taken.reference)),
        Outcome::Deferred(why) => Err(FlowError::Unusable(format!("not now: {why}"))),
        Outcome::Refused(_, why) => Err(FlowError::Unusable(format!("refused: {why}"))),
        Outcome::CutOff(why) => Err(FlowError::Unusable(format!("nobody knows: {why}"))),
    }
}
