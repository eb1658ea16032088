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
    pub status: &'static str,
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
            "status": self.status,
        })
    }
}

/// A list in Stripe's shape, all on one page.
pub fn list(url: &str, data: Vec<Value>) -> Value {
    json!({ "object": "list", "url": url, "has_more": false, "data": data })
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
            status: "succeeded",
        };
        let body = refund.json(&id);
        known.refunds.insert(id, refund);
        self.emit(account, "refund.created", Ok(body.clone()));
        let charge = self.charge_of(account, &body["payment_intent"]);
        self.emit(account, "charge.refunded", charge);
        Ok(body)
    }

    pub fn retrieve_refund(&mut self, account: &str, id: &str) -> Outcome {
        let found = self.accounts.get(account).and_then(|a| a.refunds.get(id));
        let refund = found.ok_or_else(|| missing("refund", id))?;
        Ok(refund.json(id))
    }

    pub fn list_refunds(&mut self, account: &str, form: &Form) -> Outcome {
        form.only(&["payment_intent", "limit"])?;
        let intent = form.required("payment_intent")?;
        let known = self.accounts.get(account);
        let all = known.iter().flat_map(|a| &a.refunds);
        let own = all.filter(|(_, refund)| refund.intent == intent);
        Ok(list(
            "/v1/refunds",
            own.map(|(id, refund)| refund.json(id)).collect(),
        ))
    }

    /// The charge behind a payment, as events show it.
    pub fn charge_of(&self, account: &str, intent: &Value) -> Outcome {
        let id = intent.as_str().unwrap_or_default();
        let found = self.accounts.get(account).and_then(|a| a.intents.get(id));
        let intent = found.ok_or_else(|| missing("payment_intent", id))?;
        Ok(json!({
            "id": format!("ch_{id}"),
            "object": "charge",
            "amount": intent.amount,
            "amount_refunded": intent.refunded,
            "payment_intent": id,
            "refunded": intent.refunded == intent.received,
        }))
    }

    /// A refund fails at the cardholder's bank after all.
    pub fn fail_refund(&mut self, id: &str) {
        let mut told = None;
        for (account, known) in &mut self.accounts {
            if let Some(refund) = known.refunds.get_mut(id) {
                refund.status = "failed";
                told = Some((account.clone(), refund.json(id)));
            }
        }
        let (account, body) = told.expect("a refund of this id");
        self.emit(&account, "refund.failed", Ok(body));
    }

    /// How often money was asked for our payment.
    pub fn charges(&self, payment: &str) -> usize {
        let all = self.accounts.values().flat_map(|a| a.intents.values());
        let ours = |intent: &&Intent| intent.metadata.get("payment") == Some(&payment.into());
        all.filter(ours).count()
    }
}
