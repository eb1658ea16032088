//! Events, kept in the order they happened and delivered as a test asks.

use acquit::payments::stripe_event::{Webhook, sign};
use domain::Moment;
use serde_json::{Value, json};

use super::answer::Outcome;
use super::books::Books;
use super::{FakeStripe, VERSION};

/// Which events to deliver, and how.
pub struct Plan {
    /// Places in the list of events, in the order of delivery.
    pub events: Vec<usize>,
    /// How often each is delivered in a row.
    pub times: usize,
    /// The secret to sign with.
    pub secret: String,
    /// The time of signing.
    pub at: Moment,
}

impl Books {
    /// Notes that something happened to an object.
    pub fn emit(&mut self, account: &str, kind: &str, object: Outcome) {
        let id = self.fresh("evt");
        let object = object.unwrap_or(Value::Null);
        let mut event = json!({
            "id": id,
            "object": "event",
            "api_version": VERSION,
            "created": self.now.seconds(),
            "data": { "object": object },
            "livemode": false,
            "pending_webhooks": 1,
            "request": { "id": null, "idempotency_key": null },
            "type": kind,
        });
        if !account.is_empty() {
            event["account"] = account.into();
        }
        self.events.push(event);
    }
}

impl FakeStripe {
    /// The kinds of the events so far, oldest first.
    pub fn event_kinds(&self) -> Vec<String> {
        let books = self.shared.books();
        let kind = |event: &Value| event["type"].as_str().unwrap().to_owned();
        books.events.iter().map(kind).collect()
    }

    /// The deliveries of a plan, signed.
    pub fn webhooks(&self, plan: &Plan) -> Vec<Webhook> {
        let books = self.shared.books();
        let secret = plan.secret.as_str().into();
        let signed = |place: &usize| {
            let body = books.events[*place].to_string().into_bytes();
            let signature = sign(&secret, &body, plan.at);
            std::iter::repeat_n(Webhook { body, signature }, plan.times)
        };
        plan.events.iter().flat_map(signed).collect()
    }

    /// Posts the deliveries of a plan one after the other; gives the status of each.
    pub async fn deliver(&self, url: &str, plan: &Plan) -> Vec<u16> {
        let client = reqwest::Client::new();
        let mut statuses = Vec::new();
        for webhook in self.webhooks(plan) {
            let request = client
                .post(url)
                .header("stripe-signature", webhook.signature)
                .header("content-type", "application/json")
                .body(webhook.body);
            statuses.push(request.send().await.unwrap().status().as_u16());
        }
        statuses
    }
}
