//! Everything the fake knows, and the way of a request through it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::Moment;
use serde_json::Value;

use super::answer::{Answer, Outcome, error};
use super::contest::Dispute;
use super::form::Form;
use super::intent::{Intent, Refund};
use super::keys::{Keys, Known};
use super::session::Session;
use super::vaulted::{Customer, Method};
use super::{SECRET_KEY, VERSION};

/// The endpoints there are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Endpoint {
    CreateSession,
    RetrieveSession,
    ExpireSession,
    CreateIntent,
    RetrieveIntent,
    ListIntents,
    CancelIntent,
    CreateCustomer,
    RetrieveMethod,
    DetachMethod,
    CreateRefund,
    RetrieveRefund,
    ListRefunds,
    ListDisputes,
}

/// What can go wrong with a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It is done, then the connection breaks before the answer.
    LoseAnswer,
    /// It is done, but the answer waits until released; meanwhile its key is in progress.
    Hold,
    /// Nothing is done: another request has the object.
    Conflict409,
    /// Nothing is done: too many requests.
    RateLimit429,
    /// Nothing is done, and the key replays this error.
    Server500,
    /// It is done, yet the answer is an error, which the key replays.
    Server500AfterEffect,
    /// It is done, and the answer is no JSON.
    Garbled,
}

/// A request, taken apart.
pub struct Call {
    pub method: String,
    pub path: String,
    pub bearer: Option<String>,
    pub version: Option<String>,
    pub account: Option<String>,
    pub key: Option<String>,
    pub form: Result<Form, Answer>,
}

/// What to send back, and how.
pub struct Reply {
    pub answer: Answer,
    pub replayed: bool,
    pub fault: Option<Fault>,
}

/// The objects of one account.
#[derive(Default)]
pub struct Account {
    pub sessions: BTreeMap<String, Session>,
    pub intents: BTreeMap<String, Intent>,
    pub customers: BTreeMap<String, Customer>,
    pub methods: BTreeMap<String, Method>,
    pub refunds: BTreeMap<String, Refund>,
    pub disputes: BTreeMap<String, Dispute>,
}

/// All state.
pub struct Books {
    pub now: Moment,
    /// By connected account; the key's own account has the empty name.
    pub accounts: BTreeMap<String, Account>,
    pub keys: Keys,
    pub events: Vec<Value>,
    faults: BTreeMap<Endpoint, VecDeque<Option<Fault>>>,
    last_id: u64,
}

impl Books {
    pub fn new(now: Moment) -> Self {
        Self {
            now,
            accounts: BTreeMap::from([(String::new(), Account::default())]),
            keys: Keys::default(),
            events: Vec::new(),
            faults: BTreeMap::new(),
            last_id: 0,
        }
    }

    pub fn connect(&mut self, account: &str) {
        self.accounts.entry(account.to_owned()).or_default();
    }

    pub fn fault(&mut self, endpoint: Endpoint, fault: Fault) {
        self.faults
            .entry(endpoint)
            .or_default()
            .push_back(Some(fault));
    }

    /// The next request there meets nothing.
    pub fn no_fault(&mut self, endpoint: Endpoint) {
        self.faults.entry(endpoint).or_default().push_back(None);
    }

    /// An id never given before.
    pub fn fresh(&mut self, prefix: &str) -> String {
        self.last_id += 1;
        format!("{prefix}_{:024}", self.last_id)
    }

    pub fn sessions_for(&self, payment: &str) -> BTreeSet<String> {
        let all = self.accounts.values().flat_map(|a| &a.sessions);
        all.filter(|(_, session)| session.client_reference_id.as_deref() == Some(payment))
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// One request from beginning to end.
    pub fn handle(&mut self, call: Call) -> Reply {
        let (endpoint, id, form) = match self.admit(&call) {
            Ok(admitted) => admitted,
            Err(answer) => return plain(answer),
        };
        let account = call.account.unwrap_or_default();
        let key = call.key.map(|key| (account.clone(), key));
        if let Some(key) = &key {
            match self.keys.look(key, &call.path, &form) {
                Known::New => {}
                Known::Refused(answer) => return plain(answer),
                Known::Replay(answer) => {
                    return Reply {
                        answer,
                        replayed: true,
                        fault: None,
                    };
                }
            }
        }
        let waiting = self.faults.get_mut(&endpoint).and_then(VecDeque::pop_front);
        let fault = waiting.flatten();
        let answer = self.act(fault, endpoint, &account, &id, &form);
        if let Some(key) = key {
            self.keys.keep(key.clone(), &call.path, form, &answer);
            if fault == Some(Fault::Hold) {
                self.keys.hold(&key);
            }
        }
        Reply {
            answer,
            replayed: false,
            fault,
        }
    }

    /// The checks before any endpoint: key, version, account, address, parameters.
    fn admit(&self, call: &Call) -> Result<(Endpoint, String, Form), Answer> {
        let kind = "invalid_request_error";
        if call.bearer.as_deref() != Some(SECRET_KEY) {
            return Err(error(401, kind, "Invalid API Key provided"));
        }
        if call.version.as_deref() != Some(VERSION) {
            return Err(error(400, kind, "Invalid Stripe API version"));
        }
        let account = call.account.as_deref().unwrap_or_default();
        if !self.accounts.contains_key(account) {
            let message = format!("The provided key does not have access to account '{account}'");
            return Err(error(403, kind, &message));
        }
        let (endpoint, id) = endpoint(&call.method, &call.path)
            .ok_or_else(|| error(404, kind, "Unrecognized request URL"))?;
        Ok((endpoint, id, call.form.clone()?))
    }

    fn act(
        &mut self,
        fault: Option<Fault>,
        endpoint: Endpoint,
        account: &str,
        id: &str,
        form: &Form,
    ) -> Answer {
        let broken = || error(500, "api_error", "An unknown error occurred");
        match fault {
            Some(Fault::Conflict409) => {
                return error(409, "invalid_request_error", "The object is in use");
            }
            Some(Fault::RateLimit429) => {
                return error(429, "invalid_request_error", "Request rate limit exceeded");
            }
            Some(Fault::Server500) => return broken(),
            _ => {}
        }
        let outcome = self.endpoint(endpoint, account, id, form);
        if fault == Some(Fault::Server500AfterEffect) {
            return broken();
        }
        outcome.into()
    }

    fn endpoint(&mut self, endpoint: Endpoint, account: &str, id: &str, form: &Form) -> Outcome {
        match endpoint {
            Endpoint::CreateSession => self.create_session(account, form),
            Endpoint::RetrieveSession => self.retrieve_session(account, id, form),
            Endpoint::ExpireSession => self.expire_session(account, id),
            Endpoint::CreateIntent => self.create_intent(account, form),
            Endpoint::ListIntents => self.list_intents(account, form),
            Endpoint::CancelIntent => self.cancel_intent(account, id),
            Endpoint::CreateCustomer => self.create_customer(account, form),
            Endpoint::RetrieveMethod => self.retrieve_method(account, id),
            Endpoint::DetachMethod => self.detach_method(account, id),
            Endpoint::RetrieveIntent => self.retrieve_intent(account, id),
            Endpoint::CreateRefund => self.create_refund(account, form),
            Endpoint::RetrieveRefund => self.retrieve_refund(account, id),
            Endpoint::ListRefunds => self.list_refunds(account, form),
            Endpoint::ListDisputes => self.list_disputes(account, form),
        }
    }
}

fn plain(answer: Answer) -> Reply {
    Reply {
        answer,
        replayed: false,
        fault: None,
    }
}

fn endpoint(method: &str, path: &str) -> Option<(Endpoint, String)> {
    let parts: Vec<&str> = path.strip_prefix("/v1/")?.split('/').collect();
    if let ("GET", ["customers", customer, "payment_methods", id]) = (method, parts.as_slice()) {
        return Some((Endpoint::RetrieveMethod, format!("{customer}/{id}")));
    }
    let (endpoint, id) = match (method, parts.as_slice()) {
        ("POST", ["checkout", "sessions"]) => (Endpoint::CreateSession, ""),
        ("GET", ["checkout", "sessions", id]) => (Endpoint::RetrieveSession, *id),
        ("POST", ["checkout", "sessions", id, "expire"]) => (Endpoint::ExpireSession, *id),
        ("POST", ["payment_intents"]) => (Endpoint::CreateIntent, ""),
        ("GET", ["payment_intents"]) => (Endpoint::ListIntents, ""),
        ("POST", ["payment_intents", id, "cancel"]) => (Endpoint::CancelIntent, *id),
        ("POST", ["customers"]) => (Endpoint::CreateCustomer, ""),
        ("POST", ["payment_methods", id, "detach"]) => (Endpoint::DetachMethod, *id),
        ("GET", ["payment_intents", id]) => (Endpoint::RetrieveIntent, *id),
        ("POST", ["refunds"]) => (Endpoint::CreateRefund, ""),
        ("GET", ["refunds"]) => (Endpoint::ListRefunds, ""),
        ("GET", ["disputes"]) => (Endpoint::ListDisputes, ""),
        ("GET", ["refunds", id]) => (Endpoint::RetrieveRefund, *id),
        _ => return None,
    };
    Some((endpoint, id.to_owned()))
}
