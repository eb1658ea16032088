//! HTTP as a client: a request is sent once, and what is known of its answer is told.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Method};

/// One HTTP request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Call {
    pub(super) fn new(method: &str, url: String, headers: &[(&str, &str)], body: String) -> Self {
        let header = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self {
            method: method.to_owned(),
            url,
            headers: headers.iter().map(header).collect(),
            body,
        }
    }
}

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
pub(super) enum Answer {
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

    /// Sends a request and reads its answer.
    pub(super) async fn ask(&self, call: Call) -> Answer {
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
