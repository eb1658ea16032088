//! One request, one answer: what is known of it, and never more.

use async_trait::async_trait;
use domain::Moment;

use super::form::{Form, by_status, told};
use super::json::Json;
use super::{Order, Outcome, Texter};
use crate::gateway::read_mail::Told;
use crate::gateway::wire::{Answer, Wire};

/// A provider's form, over HTTP.
#[derive(Debug)]
pub(super) struct Over<F> {
    wire: Wire,
    form: F,
}

impl<F: Form> Over<F> {
    pub(super) const fn new(wire: Wire, form: F) -> Self {
        Self { wire, form }
    }
}

#[async_trait]
impl<F: Form> Texter for Over<F> {
    async fn send(&self, order: &Order) -> Outcome {
        let call = match self.form.offer(order) {
            Ok(call) => call,
            Err(why) => return Outcome::Deferred(why),
        };
        match self.wire.ask(call).await {
            Answer::Said(status, body) => outcome(&self.form, status, &body),
            Answer::NotReached(why) => Outcome::Deferred(why),
            Answer::Lost(why) if self.form.is_idempotent() => Outcome::Deferred(why),
            Answer::Lost(why) => Outcome::CutOff(why),
        }
    }

    async fn greet(&self, at: Moment) -> Result<String, String> {
        let Some(call) = self.form.greeting(at) else {
            return Ok("is not asked without sending a text".to_owned());
        };
        match self.wire.ask(call).await {
            Answer::Said(status @ 200..=299, body) => {
                Ok(told(status, &self.form.greeted(&Json::read(&body))))
            }
            Answer::Said(status, body) => Err(told(status, &self.form.words(&Json::read(&body)))),
            Answer::NotReached(why) | Answer::Lost(why) => Err(why),
        }
    }

    async fn follow(&self, reference: &str, at: Moment) -> Option<Told> {
        let call = self.form.question(reference, at)?;
        match self.wire.ask(call).await {
            Answer::Said(200..=299, body) => self.form.answered(&Json::read(&body)),
            _ => None,
        }
    }
}

fn outcome(form: &impl Form, status: u16, body: &[u8]) -> Outcome {
    let answer = Json::read(body);
    match status {
        200..=299 => form.taken(&answer).unwrap_or_else(|| {
            let why = "an answer that is not the provider's";
            match form.is_idempotent() {
                true => Outcome::Deferred(told(status, why)),
                false => Outcome::CutOff(told(status, why)),
            }
        }),
        400..=499 => form
            .refused(&answer)
            .unwrap_or_else(|| by_status(form, status, &answer)),
        _ => by_status(form, status, &answer),
    }
}
