//! Payments and refunds.

use domain::Moment;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Outcome, error, invalid, invalid_param, missing};
use super::books::Books;
use super::form::Form;

/// Everything Acquit may say about a payment with a kept card.
const INTENT: &[&str] = &[
    "amount",
    "currency",
    "customer",
    "payment_method",
    "description",
    "metadata[]",
    "confirm",
    "off_session",
    "return_url",
];

/// What Stripe answers when the bank says no: an error that shows the payment.
fn declined(intent: &Value) -> Answer {
    let mut answer = error(402, "card_error", "Your card was declined.");
    answer.body["error"]["code"] = json!("card_declined");
    answer.body["error"]["decline_code"] = json!("generic_decline");
    answer.body["error"]["payment_intent"] = intent.clone();
    answer
}

/// A payment.
pub struct Intent {
    amount: i64,
    received: i64,
    refunded: i64,
    currency: String,
    metadata: Map<String, Value>,
    created: Moment,
    status: &'static str,
    pub customer: Option<String>,
    pub method: Option<String>,
    /// `card` or `sepa_debit`.
    pub kind: String,
    return_url: Option<String>,
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
            status: if at_once { "succeeded" } else { "processing" },
            customer: None,
            method: None,
            kind: "card".to_owned(),
            return_url: None,
        }
    }

    fn json(&self, id: &str) -> Value {
        let paid = self.received == self.amount;
        let asks = self.status == "requires_action";
        let next = asks.then(|| {
            json!({
                "type": "redirect_to_url",
                "redirect_to_url": {
                    "return_url": self.return_url,
                    "url": format!("https://hooks.stripe.com/3d_secure_2/hosted?payment={id}"),
                },
            })
        });
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
            "customer": self.customer,
            "latest_charge": paid.then(|| format!("ch_{id}")),
            "livemode": false,
            "metadata": self.metadata,
            "next_action": next,
            "payment_method": self.method,
            "payment_method_types": [self.kind],
            "status": self.status,
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

    /// A payment with the card in the place of its id.
    pub fn expanded_intent(&self, account: &str, id: &str) -> Value {
        let known = &self.accounts[account];
        let intent = &known.intents[id];
        let mut body = intent.json(id);
        if let Some(method) = &intent.method {
            body["payment_method"] = known.methods[method].json(method);
        }
        body
    }

    /// Pays with a kept card, confirmed as it is made.
    pub fn create_intent(&mut self, account: &str, form: &Form) -> Outcome {
        form.only(INTENT)?;
        for (name, wanted) in [("confirm", "true"), ("off_session", "false")] {
            if form.required(name)? != wanted {
                return Err(invalid(&format!("the fake knows {name}={wanted} only")));
            }
        }
        let customer = form.required("customer")?.to_owned();
        self.known_customer(account, &customer)?;
        let method = form.required("payment_method")?.to_owned();
        let last_four = self.usable(account, &customer, &method)?;
        let amount = form.required_integer("amount")?;
        if !(50..=99_999_999).contains(&amount) {
            return Err(invalid_param("amount", "amount_too_small", "out of range"));
        }
        let (id, now) = (self.fresh("pi"), self.now);
        let (status, kind) = match last_four.as_str() {
            "0002" => ("requires_payment_method", "payment_intent.payment_failed"),
            "3155" => ("requires_action", "payment_intent.requires_action"),
            _ => ("succeeded", "payment_intent.succeeded"),
        };
        let paid = status == "succeeded";
        let currency = form.required("currency")?.to_owned();
        let intent = Intent {
            status,
            customer: Some(customer),
            method: Some(method),
            return_url: Some(form.required("return_url")?.to_owned()),
            ..Intent::new(amount, currency, form.group("metadata"), now, paid)
        };
        let body = intent.json(&id);
        let known = self.accounts.entry(account.to_owned()).or_default();
        known.intents.insert(id, intent);
        self.emit(account, kind, Ok(body.clone()));
        match status {
            "requires_payment_method" => Err(declined(&body)),
            _ => Ok(body),
        }
    }

    /// The last four digits of a card that is attached to this customer.
    fn usable(&self, account: &str, customer: &str, id: &str) -> Result<String, Answer> {
        let found = self.accounts.get(account).and_then(|a| a.methods.get(id));
        let method = found.ok_or_else(|| missing("PaymentMethod", id))?;
        if method.customer.as_deref() == Some(customer) {
            return Ok(method.last_four.clone());
        }
        Err(invalid(
            "The provided PaymentMethod was previously used with a PaymentIntent without Customer \
             attachment, or was detached from a Customer. It may not be used again.",
        ))
    }

    pub fn list_intents(&mut self, account: &str, form: &Form) -> Outcome {
        form.only(&["customer", "limit"])?;
        let customer = form.required("customer")?;
        let known = self.accounts.get(account);
        let all = known.iter().flat_map(|a| a.intents.iter().rev());
        let own = all.filter(|(_, intent)| intent.customer.as_deref() == Some(customer));
        Ok(list(
            "/v1/payment_intents",
            own.map(|(id, intent)| intent.json(id)).collect(),
        ))
    }

    pub fn cancel_intent(&mut self, account: &str, id: &str) -> Outcome {
        let known = self.accounts.entry(account.to_owned()).or_default();
        let found = known.intents.get_mut(id);
        let intent = found.ok_or_else(|| missing("payment_intent", id))?;
        if !intent.status.starts_with("requires_") {
            let status = intent.status;
            let message = format!("You cannot cancel this PaymentIntent: its status is {status}.");
            return Err(invalid(&message));
        }
        intent.status = "canceled";
        let body = intent.json(id);
        self.emit(account, "payment_intent.canceled", Ok(body.clone()));
        Ok(body)
    }

    /// The debtor answers its bank; false when nothing is asked any more.
    pub fn confirm_intent(&mut self, id: &str, approve: bool) -> bool {
        let mut told = None;
        for (account, known) in &mut self.accounts {
            let waiting = known.intents.get_mut(id);
            if let Some(intent) = waiting.filter(|one| one.status == "requires_action") {
                (intent.status, intent.received) = match approve {
                    true => ("succeeded", intent.amount),
                    false => ("requires_payment_method", 0),
                };
                told = Some((account.clone(), intent.json(id)));
            }
        }
        let Some((account, body)) = told else {
            return false;
        };
        let kind = match approve {
            true => "payment_intent.succeeded",
            false => "payment_intent.payment_failed",
        };
        self.emit(&account, kind, Ok(body));
        true
    }

    /// The bank's answer to a debit; its account and payment, when one waits for it.
    pub fn end_debit(&mut self, id: &str, pays: bool) -> Option<(String, String)> {
        for (account, known) in &mut self.accounts {
            let waiting = known.intents.get_mut(id);
            if let Some(intent) = waiting.filter(|one| one.status == "processing") {
                (intent.status, intent.received) = match pays {
                    true => ("succeeded", intent.amount),
                    false => ("requires_payment_method", 0),
                };
                return Some((account.clone(), id.to_owned()));
            }
        }
        None
    }

    /// The payments that were made for ours, oldest first.
    pub fn intents_for(&self, payment: &str) -> Vec<String> {
        let all = self.accounts.values().flat_map(|a| &a.intents);
        let ours = all.filter(|(_, one)| one.metadata.get("payment") == Some(&payment.into()));
        ours.map(|(id, _)| id.clone()).collect()
    }

    /// What came of a payment, in cents of its currency.
    pub fn received(&self, id: &str) -> (i64, String) {
        let mut all = self.accounts.values().flat_map(|a| &a.intents);
        let found = all.find(|(own, _)| own.as_str() == id);
        let (_, intent) = found.expect("a payment of this id");
        (intent.received, intent.currency.clone())
    }

    /// All money that was ever taken, in cents of whatever currency.
    pub fn taken(&self) -> i64 {
        let all = self.accounts.values().flat_map(|a| a.intents.values());
        all.map(|intent| intent.received).sum()
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
