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
    reason: String,
    /// What it took out of the supplier's balance.
    withdrawn: i64,
}

impl Dispute {
    fn json(&self, id: &str) -> Value {
        let taken = (self.withdrawn > 0).then(|| {
            json!({
                "id": format!("txn_{id}"),
                "object": "balance_transaction",
                "amount": -self.withdrawn,
                "available_on": self.created.seconds(),
                "balance_type": "payments",
                "created": self.created.seconds(),
                "currency": self.currency,
                "fee": 0,
                "fee_details": [],
                "net": -self.withdrawn,
                "reporting_category": "dispute",
                "status": "available",
                "type": "adjustment",
            })
        });
        let taken: Vec<Value> = taken.into_iter().collect();
        json!({
            "id": id,
            "object": "dispute",
            "amount": self.amount,
            "balance_transactions": taken,
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
            "reason": self.reason,
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
            reason: "fraudulent".to_owned(),
            withdrawn: 0,
        };
        let body = dispute.json(&id);
        let known = self.accounts.entry(account.clone()).or_default();
        known.disputes.insert(id.clone(), dispute);
        self.emit(&account, "charge.dispute.created", Ok(body));
        id
    }

    /// The debtor's bank takes a whole debit back: told at once, withdrawn at once, never appealed.
    pub fn take_back(&mut self, intent: &str, reason: &str) -> String {
        let (amount, currency) = self.received(intent);
        let id = self.contest(intent, amount, &currency);
        let mut told = None;
        for (account, known) in &mut self.accounts {
            if let Some(dispute) = known.disputes.get_mut(&id) {
                dispute.reason = reason.to_owned();
                dispute.withdrawn = amount;
                told = Some((account.clone(), dispute.json(&id)));
            }
        }
        let (account, body) = told.expect("a dispute of this id");
        self.emit(&account, "charge.dispute.funds_withdrawn", Ok(body));
        self.decide(&id, "lost");
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
