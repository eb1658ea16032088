//! One request, one answer: what is known of it, and never more.

use std::time::Duration;

use async_trait::async_trait;
use domain::Moment;
use reqwest::redirect::Policy;
use reqwest::{Client, Method};

use super::form::{Call, Form, by_status, told};
use super::json::Json;
use super::{Order, Outcome, Texter};
use crate::gateway::read_mail::Told;

/// Bytes of an answer that are read, at most.
const ANSWER_MAX: usize = 256 * 1024;

/// How long is waited.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For a connection.
    pub connect: Duration,
    /// For the whole answer, the connection included.
    pub answer: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
        }
    }
}

/// What came of a request.
enum Answer {
    /// Status and body.
    Said(u16, Vec<u8>),
    /// Nothing of it was written.
    NotReached(String),
    /// It was written, and no whole answer came.
    Lost(String),
}

/// A client that sends each request once.
#[derive(Debug)]
pub(super) struct Wire(Client);

impl Wire {
    /// No redirects, no second try, no connection kept: one that the provider closes in the same
    /// moment would leave open whether it had read the request.
    pub(super) fn new(limits: Limits) -> Result<Self, String> {
        // Whoever was first; the one there is does.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Client::builder()
            .connect_timeout(limits.connect)
            .timeout(limits.answer)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(0)
            .user_agent("Acquit")
            .build()
            .map(Self)
            .map_err(|why| why.without_url().to_string())
    }

    async fn ask(&self, call: Call) -> Answer {
        let Ok(method) = Method::from_bytes(call.method.as_bytes()) else {
            return Answer::NotReached(format!("'{}' is no method", call.method));
        };
        let mut request = self.0.request(method, &call.url);
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        if !call.body.is_empty() {
            request = request.body(call.body);
        }
        let mut response = match request.send().await {
            Ok(response) => response,
            Err(why) if why.is_connect() || why.is_builder() => {
                return Answer::NotReached(reason(why));
            }
            Err(why) => return Answer::Lost(reason(why)),
        };
        let status = response.status().as_u16();
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(part)) if body.len().saturating_add(part.len()) <= ANSWER_MAX => {
                    body.extend_from_slice(&part);
                }
                Ok(Some(_)) => return Answer::Lost(format!("{status} and too long an answer")),
                Ok(None) => return Answer::Said(status, body),
                // A refusal is one, whatever else it had to say.
                Err(_) if (300..500).contains(&status) => return Answer::Said(status, Vec::new()),
                Err(why) => return Answer::Lost(format!("{status}, then {}", reason(why))),
            }
        }
    }
}

/// What went wrong, without the address: keys may be in it.
fn reason(why: reqwest::Error) -> String {
    use std::error::Error;
    let why = why.without_url();
    let mut all = why.to_string();
    let mut cause = why.source();
    while let Some(deeper) = cause {
        let words = deeper.to_string();
        if !all.contains(&words) {
            all = format!("{all}: {words}");
        }
        cause = deeper.source();
    }
    all
}

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
