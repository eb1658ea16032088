//! Payments that a cardholder contests at the bank.

use domain::Moment;
use serde_json::{Value, json};

use super::answer::Outcome;
use super::books::Books;
use super::form::Form;
use super::intent::list;

/// A contested payment.
pub struct Dispute {
    amount: i64,
    currency: String,
    intent: String,
    created: Moment,
    status: String,
}

impl Dispute {
    fn json(&self, id: &str) -> Value {
        json!({
            "id": id,
            "object": "dispute",
            "amount": self.amount,
            "balance_transactions": [],
            "charge": format!("ch_{}", self.intent),
            "created": self.created.seconds(),
            "currency": self.currency,
            "enhanced_eligibility_types": [],
            "evidence": { "enhanced_evidence": {} },
            "evidence_details": {
                "due_by": null,
                "enhanced_eligibility": {},
                "has_evidence": false,
                "past_due": false,
                "submission_count": 0,
            },
            "is_charge_refundable": false,
            "livemode": false,
            "metadata": {},
            "payment_intent": self.intent,
            "reason": "fraudulent",
            "status": self.status,
        })
    }
}

impl Books {
    pub fn list_disputes(&mut self, account: &str, form: &Form) -> Outcome {
        form.only(&["payment_intent", "limit"])?;
        let intent = form.required("payment_intent")?;
        let known = self.accounts.get(account);
        let all = known.iter().flat_map(|a| &a.disputes);
        let own = all.filter(|(_, dispute)| dispute.intent == intent);
        Ok(list(
            "/v1/disputes",
            own.map(|(id, dispute)| dispute.json(id)).collect(),
        ))
    }

    /// The cardholder contests part of a payment; gives the dispute.
    pub fn contest(&mut self, intent: &str, amount: i64, currency: &str) -> String {
        let (id, created) = (self.fresh("du"), self.now);
        let owner = self.accounts.iter();
        let mut owner = owner.filter(|(_, known)| known.intents.contains_key(intent));
        let account = owner.next().expect("a payment of this id").0.clone();
        let dispute = Dispute {
            amount,
            currency: currency.to_owned(),
            intent: intent.to_owned(),
            created,
            status: "needs_response".to_owned(),
        };
        let body = dispute.json(&id);
        let known = self.accounts.entry(account.clone()).or_default();
        known.disputes.insert(id.clone(), dispute);
        self.emit(&account, "charge.dispute.created", Ok(body));
        id
    }

    /// The bank decides.
    pub fn decide(&mut self, id: &str, status: &str) {
        let mut told = None;
        for (account, known) in &mut self.accounts {
            if let Some(dispute) = known.disputes.get_mut(id) {
                dispute.status = status.to_owned();
                told = Some((account.clone(), dispute.json(id)));
            }
        }
        let (account, body) = told.expect("a dispute of this id");
        self.emit(&account, "charge.dispute.closed", Ok(body));
    }
}
