//! Customers, and the cards that are kept for them.
//!
//! A card does what Stripe's test numbers do: 4242 pays, 0002 is declined, 3155 wants a
//! confirmation.

use domain::Moment;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Outcome, invalid, missing};
use super::books::Books;
use super::form::Form;

/// A customer.
pub struct Customer {
    created: Moment,
    metadata: Map<String, Value>,
}

impl Customer {
    fn json(&self, id: &str) -> Value {
        json!({
            "id": id,
            "object": "customer",
            "created": self.created.seconds(),
            "livemode": false,
            "metadata": self.metadata,
        })
    }
}

/// A card, attached to a customer or to nobody.
pub struct Method {
    pub customer: Option<String>,
    pub last_four: String,
    created: Moment,
    expires: (i64, i64),
}

impl Method {
    pub fn json(&self, id: &str) -> Value {
        let nothing = Value::Null;
        json!({
            "id": id,
            "object": "payment_method",
            "allow_redisplay": "limited",
            "billing_details": {
                "address": nothing, "email": nothing, "name": nothing, "phone": nothing,
                "tax_id": nothing,
            },
            "card": {
                "brand": "visa",
                "country": "FR",
                "display_brand": "visa",
                "exp_month": self.expires.1,
                "exp_year": self.expires.0,
                "fingerprint": "aBcD",
                "funding": "credit",
                "last4": self.last_four,
            },
            "created": self.created.seconds(),
            "customer": self.customer,
            "livemode": false,
            "metadata": {},
            "type": "card",
        })
    }
}

impl Books {
    pub fn create_customer(&mut self, account: &str, form: &Form) -> Outcome {
        form.only(&["metadata[]"])?;
        let (id, created) = (self.fresh("cus"), self.now);
        let metadata = form.group("metadata");
        let customer = Customer { created, metadata };
        let body = customer.json(&id);
        let known = self.accounts.entry(account.to_owned()).or_default();
        known.customers.insert(id, customer);
        Ok(body)
    }

    /// A customer that a request names must be there.
    pub fn known_customer(&self, account: &str, id: &str) -> Result<(), Answer> {
        let known = self.accounts.get(account);
        let found = known.is_some_and(|known| known.customers.contains_key(id));
        found.then_some(()).ok_or_else(|| {
            let mut answer = missing("customer", id);
            answer.status = 400;
            answer
        })
    }

    /// A card as it was typed on a page, attached where the page was to keep it.
    pub fn new_method(&mut self, account: &str, number: &str, customer: Option<String>) -> String {
        let (id, created) = (self.fresh("pm"), self.now);
        let method = Method {
            customer,
            last_four: number.chars().skip(12).collect(),
            created,
            expires: (2028, 8),
        };
        let known = self.accounts.entry(account.to_owned()).or_default();
        known.methods.insert(id.clone(), method);
        id
    }

    /// The address names customer and card.
    pub fn retrieve_method(&mut self, account: &str, id: &str) -> Outcome {
        let (customer, id) = id.split_once('/').unwrap_or(("", id));
        let found = self.accounts.get(account).and_then(|a| a.methods.get(id));
        let own = found.filter(|method| method.customer.as_deref() == Some(customer));
        let method = own.ok_or_else(|| missing("payment_method", id))?;
        Ok(method.json(id))
    }

    pub fn detach_method(&mut self, account: &str, id: &str) -> Outcome {
        let known = self.accounts.entry(account.to_owned()).or_default();
        let found = known.methods.get_mut(id);
        let method = found.ok_or_else(|| missing("payment_method", id))?;
        if method.customer.take().is_none() {
            return Err(invalid(
                "The payment method you provided is not attached to a customer so detachment \
                 is impossible.",
            ));
        }
        let body = method.json(id);
        self.emit(account, "payment_method.detached", Ok(body.clone()));
        Ok(body)
    }

    /// The bank renews a card.
    pub fn renew(&mut self, id: &str, expires: (i64, i64)) {
        let mut told = None;
        for (account, known) in &mut self.accounts {
            if let Some(method) = known.methods.get_mut(id) {
                method.expires = expires;
                told = Some((account.clone(), method.json(id)));
            }
        }
        let (account, body) = told.expect("a card of this id");
        self.emit(&account, "payment_method.automatically_updated", Ok(body));
    }

    pub fn customers(&self) -> usize {
        self.accounts
            .values()
            .map(|known| known.customers.len())
            .sum()
    }

    /// The cards that are attached to a customer.
    pub fn attached(&self) -> Vec<String> {
        let all = self.accounts.values().flat_map(|known| &known.methods);
        let attached = all.filter(|(_, method)| method.customer.is_some());
        attached.map(|(id, _)| id.clone()).collect()
    }
}
