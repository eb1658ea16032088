//! Payments and refunds.

use domain::Moment;
use serde_json::{Map, Value, json};

use super::answer::{Outcome, invalid_param, missing};
use super::books::Books;
use super::form::Form;

/// A payment.
pub struct Intent {
    amount: i64,
    received: i64,
    refunded: i64,
    currency: String,
    metadata: Map<String, Value>,
    created: Moment,
}

impl Intent {
    pub fn new(
        amount: i64,
        currency: String,
        metadata: Map<String, Value>,
        created: Moment,
        at_once: bool,
    ) -> Self {
        Self {
            amount,
            received: if at_once { amount } else { 0 },
            refunded: 0,
            currency,
            metadata,
            created,
        }
    }

    fn json(&self, id: &str) -> Value {
        let paid = self.received == self.amount;
        json!({
            "id": id,
            "object": "payment_intent",
            "amount": self.amount,
            "amount_capturable": 0,
            "amount_received": self.received,
            "capture_method": "automatic",
            "confirmation_method": "automatic",
            "created": self.created.seconds(),
            "currency": self.currency,
            "latest_charge": paid.then(|| format!("ch_{id}")),
            "livemode": false,
            "metadata": self.metadata,
            "payment_method_types": ["card"],
            "status": if paid { "succeeded" } else { "processing" },
        })
    }
}

/// Money given back.
pub struct Refund {
    amount: i64,
    currency: String,
    intent: String,
    created: Moment,
}

impl Refund {
    fn json(&self, id: &str) -> Value {
        json!({
            "id": id,
            "object": "refund",
            "amount": self.amount,
            "created": self.created.seconds(),
            "currency": self.currency,
            "metadata": {},
            "payment_intent": self.intent,
            "status": "succeeded",
        })
    }
}

impl Books {
    pub fn retrieve_intent(&mut self, account: &str, id: &str) -> Outcome {
        let found = self.accounts.get(account).and_then(|a| a.intents.get(id));
        let intent = found.ok_or_else(|| missing("payment_intent", id))?;
        Ok(intent.json(id))
    }

    pub fn create_refund(&mut self, account: &str, form: &Form) -> Outcome {
        form.only(&["payment_intent", "amount"])?;
        let intent_id = form.required("payment_intent")?.to_owned();
        let (id, now) = (self.fresh("re"), self.now);
        let known = self.accounts.entry(account.to_owned()).or_default();
        let intent = known
            .intents
            .get_mut(&intent_id)
            .ok_or_else(|| missing("payment_intent", &intent_id))?;
        let left = intent.received - intent.refunded;
        let amount = form.integer("amount")?.unwrap_or(left);
        if !(1..=left).contains(&amount) {
            let message = format!("Refund amount ({amount}) is greater than what is left ({left})");
            return Err(invalid_param("amount", "amount_too_large", &message));
        }
        intent.refunded += amount;
        let refund = Refund {
            amount,
            currency: intent.currency.clone(),
            intent: intent_id,
            created: now,
        };
        let body = refund.json(&id);
        known.refunds.insert(id, refund);
        self.emit(account, "refund.created", Ok(body.clone()));
        Ok(body)
    }

    pub fn retrieve_refund(&mut self, account: &str, id: &str) -> Outcome {
        let found = self.accounts.get(account).and_then(|a| a.refunds.get(id));
        let refund = found.ok_or_else(|| missing("refund", id))?;
        Ok(refund.json(id))
    }

    /// How often money was asked for our payment.
    pub fn charges(&self, payment: &str) -> usize {
        let all = self.accounts.values().flat_map(|a| a.intents.values());
        let ours = |intent: &&Intent| intent.metadata.get("payment") == Some(&payment.into());
        all.filter(ours).count()
    }
}
