//! Checkout Sessions: a page that is open until it is paid or its time runs out.

use domain::Moment;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Outcome, invalid, invalid_param, missing};
use super::books::Books;
use super::form::Form;
use super::intent::Intent;

/// Everything Acquit may say about a page; anything else is refused.
const KNOWN: &[&str] = &[
    "mode",
    "allowed_payment_method_types[0]",
    "adaptive_pricing[enabled]",
    "line_items[0][price_data][currency]",
    "line_items[0][price_data][unit_amount]",
    "line_items[0][price_data][product_data][name]",
    "line_items[0][quantity]",
    "client_reference_id",
    "metadata[]",
    "payment_intent_data[metadata][]",
    "success_url",
    "cancel_url",
    "expires_at",
    "locale",
    "customer_email",
    "customer",
    "payment_intent_data[setup_future_usage]",
];

/// A page.
pub struct Session {
    pub client_reference_id: Option<String>,
    pub status: &'static str,
    payment_status: &'static str,
    amount: i64,
    currency: String,
    metadata: Map<String, Value>,
    intent_metadata: Map<String, Value>,
    pub intent: Option<String>,
    created: Moment,
    expires_at: i64,
    form: Form,
}

impl Session {
    fn order(form: &Form, now: Moment) -> Result<Self, Answer> {
        form.only(KNOWN)?;
        one_of(form, "mode", &["payment"])?;
        one_of(form, "locale", &["en", "fr"])?;
        let method = form.required("allowed_payment_method_types[0]")?;
        one_of(
            form,
            "allowed_payment_method_types[0]",
            &["card", "sepa_debit"],
        )?;
        if method == "sepa_debit" && currency(form)? != "eur" {
            return Err(invalid("sepa_debit takes eur only"));
        }
        if method == "sepa_debit" && amount(form)? > 1_000_000 {
            return Err(invalid("sepa_debit takes 10000.00 at most"));
        }
        address(form, "success_url")?;
        address(form, "cancel_url")?;
        form.required("line_items[0][price_data][product_data][name]")?;
        if form
            .get("customer_email")
            .is_some_and(|text| !text.contains('@'))
        {
            let message = "Invalid email address";
            return Err(invalid_param("customer_email", "email_invalid", message));
        }
        if form.get("customer").is_some() && form.get("customer_email").is_some() {
            return Err(invalid(
                "You may only specify one of: customer, customer_email.",
            ));
        }
        if form
            .get("payment_intent_data[setup_future_usage]")
            .is_some()
        {
            one_of(
                form,
                "payment_intent_data[setup_future_usage]",
                &["on_session"],
            )?;
            form.required("customer")?;
        }
        Ok(Self {
            client_reference_id: form.get("client_reference_id").map(str::to_owned),
            status: "open",
            payment_status: "unpaid",
            amount: amount(form)?,
            currency: currency(form)?,
            metadata: form.group("metadata"),
            intent_metadata: form.group("payment_intent_data[metadata]"),
            intent: None,
            created: now,
            expires_at: expiry(form, now)?,
            form: form.clone(),
        })
    }

    fn method(&self) -> &str {
        let given = self.form.get("allowed_payment_method_types[0]");
        given.unwrap_or("card")
    }

    fn json(&self, id: &str) -> Value {
        let url = format!("https://checkout.stripe.com/c/pay/{id}");
        let adaptive = self.form.get("adaptive_pricing[enabled]") != Some("false");
        json!({
            "id": id,
            "object": "checkout.session",
            "adaptive_pricing": { "enabled": adaptive },
            "allowed_payment_method_types": [self.method()],
            "amount_subtotal": self.amount,
            "amount_total": self.amount,
            "automatic_tax": { "enabled": false, "liability": null, "status": null },
            "cancel_url": self.form.get("cancel_url"),
            "client_reference_id": self.client_reference_id,
            "created": self.created.seconds(),
            "currency": self.currency,
            "custom_fields": [],
            "custom_text": {
                "after_submit": null,
                "shipping_address": null,
                "submit": null,
                "terms_of_service_acceptance": null,
            },
            "customer": self.form.get("customer"),
            "customer_email": self.form.get("customer_email"),
            "expires_at": self.expires_at,
            "livemode": false,
            "locale": self.form.get("locale"),
            "metadata": self.metadata,
            "mode": "payment",
            "payment_intent": self.intent,
            "payment_method_types": [self.method()],
            "payment_status": self.payment_status,
            "shipping_options": [],
            "status": self.status,
            "success_url": self.form.get("success_url"),
            "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
            "ui_mode": "hosted_page",
            "url": (self.status == "open").then_some(url),
        })
    }
}

fn one_of(form: &Form, name: &str, known: &[&str]) -> Result<(), Answer> {
    let given = form.required(name)?;
    if known.contains(&given) {
        return Ok(());
    }
    let message = format!("Invalid {name}: {given}");
    Err(invalid_param(name, "parameter_invalid", &message))
}

/// With a test key, as the fake's is, plain addresses are accepted too.
fn address(form: &Form, name: &str) -> Result<(), Answer> {
    let given = form.required(name)?;
    if given.starts_with("https://") || given.starts_with("http://") {
        return Ok(());
    }
    Err(invalid_param(name, "url_invalid", "Not a valid URL"))
}

/// One line, once; at least half a euro and at most eight digits, as for cards in euros.
fn amount(form: &Form) -> Result<i64, Answer> {
    let name = "line_items[0][price_data][unit_amount]";
    if form.required_integer("line_items[0][quantity]")? != 1 {
        return Err(invalid("The quantity must be 1"));
    }
    let units = form.required_integer(name)?;
    let code = match units {
        ..50 => "amount_too_small",
        50..=99_999_999 => return Ok(units),
        _ => "amount_too_large",
    };
    Err(invalid_param(name, code, "The amount is out of range"))
}

fn currency(form: &Form) -> Result<String, Answer> {
    let name = "line_items[0][price_data][currency]";
    let code = form.required(name)?;
    if ["eur", "chf", "usd", "jpy", "isk"].contains(&code) {
        return Ok(code.to_owned());
    }
    let message = format!("Invalid currency: {code}");
    Err(invalid_param(name, "parameter_invalid", &message))
}

/// 30 minutes to 24 hours ahead; 24 hours when not said.
fn expiry(form: &Form, now: Moment) -> Result<i64, Answer> {
    let given = form.integer("expires_at")?;
    let at = given.unwrap_or_else(|| now.plus_days(1).seconds());
    let allowed = now.plus_minutes(30).seconds()..=now.plus_days(1).seconds();
    if allowed.contains(&at) {
        return Ok(at);
    }
    let message = "The expires_at timestamp must be 30 minutes to 24 hours from creation";
    Err(invalid_param("expires_at", "parameter_invalid", message))
}

impl Books {
    pub fn create_session(&mut self, account: &str, form: &Form) -> Outcome {
        let session = Session::order(form, self.now)?;
        if let Some(customer) = form.get("customer") {
            self.known_customer(account, customer)?;
        }
        let id = self.fresh("cs_test");
        let body = session.json(&id);
        let known = self.accounts.entry(account.to_owned()).or_default();
        known.sessions.insert(id, session);
        Ok(body)
    }

    pub fn retrieve_session(&mut self, account: &str, id: &str, form: &Form) -> Outcome {
        form.only(&["expand[0]"])?;
        let mut body = self.session_body(account, id)?;
        if let Some(intent) = body["payment_intent"].as_str() {
            match form.get("expand[0]") {
                Some("payment_intent.payment_method") => {
                    body["payment_intent"] = self.expanded_intent(account, intent);
                }
                Some("payment_intent") => {
                    body["payment_intent"] = self.retrieve_intent(account, intent)?;
                }
                _ => {}
            }
        }
        Ok(body)
    }

    fn session_body(&self, account: &str, id: &str) -> Outcome {
        let found = self.accounts.get(account).and_then(|a| a.sessions.get(id));
        let session = found.ok_or_else(|| missing("checkout.session", id))?;
        Ok(session.json(id))
    }

    pub fn expire_session(&mut self, account: &str, id: &str) -> Outcome {
        self.session_body(account, id)?;
        self.close(account, id, "expired", "unpaid")
            .ok_or_else(|| invalid("Only a Checkout Session that is open can be expired"))
    }

    /// The customer pays on an open page, at once or with the outcome still awaited.
    pub fn pay_session(&mut self, id: &str, at_once: bool, number: &str) -> bool {
        let owner = self
            .accounts
            .iter()
            .find(|(_, a)| a.sessions.contains_key(id));
        let Some((account, _)) = owner else {
            return false;
        };
        let account = account.clone();
        let payment_status = if at_once { "paid" } else { "unpaid" };
        if self
            .close(&account, id, "complete", payment_status)
            .is_none()
        {
            return false;
        }
        self.charge(&account, id, at_once, number);
        true
    }

    fn charge(&mut self, account: &str, id: &str, at_once: bool, number: &str) {
        let (intent_id, now) = (self.fresh("pi"), self.now);
        let form = self.session(id).map(|session| session.form.clone());
        let form = form.unwrap_or_default();
        let keeps = form
            .get("payment_intent_data[setup_future_usage]")
            .is_some();
        let customer = form.get("customer").map(str::to_owned);
        let method = self.new_method(account, number, customer.filter(|_| keeps));
        let known = self.accounts.entry(account.to_owned()).or_default();
        if let Some(session) = known.sessions.get_mut(id) {
            session.intent = Some(intent_id.clone());
            let metadata = session.intent_metadata.clone();
            let (amount, currency) = (session.amount, session.currency.clone());
            let mut intent = Intent::new(amount, currency, metadata, now, at_once);
            intent.kind = session.method().to_owned();
            intent.method = Some(method);
            known.intents.insert(intent_id.clone(), intent);
        }
        if at_once {
            let intent = self.retrieve_intent(account, &intent_id);
            self.emit(account, "payment_intent.succeeded", intent);
        }
        let session = self.session_body(account, id);
        self.emit(account, "checkout.session.completed", session);
    }

    /// The bank answers a debit that was agreed to on a page; false when none waits.
    pub fn answer_debit(&mut self, id: &str, pays: bool) -> bool {
        let intent = self.intent_of(id);
        let Some((account, intent)) = intent.and_then(|one| self.end_debit(&one, pays)) else {
            return false;
        };
        if pays
            && let Some(session) = self
                .accounts
                .get_mut(&account)
                .and_then(|a| a.sessions.get_mut(id))
        {
            session.payment_status = "paid";
        }
        let (of_intent, of_session) = match pays {
            true => (
                "payment_intent.succeeded",
                "checkout.session.async_payment_succeeded",
            ),
            false => (
                "payment_intent.payment_failed",
                "checkout.session.async_payment_failed",
            ),
        };
        let body = self.retrieve_intent(&account, &intent);
        self.emit(&account, of_intent, body);
        let body = self.session_body(&account, id);
        self.emit(&account, of_session, body);
        true
    }

    /// Ends an open page; none when it was not open. An expiry is reported.
    fn close(
        &mut self,
        account: &str,
        id: &str,
        status: &'static str,
        payment_status: &'static str,
    ) -> Option<Value> {
        let session = self.accounts.get_mut(account)?.sessions.get_mut(id)?;
        if session.status != "open" {
            return None;
        }
        session.status = status;
        session.payment_status = payment_status;
        let body = session.json(id);
        if status == "expired" {
            self.emit(account, "checkout.session.expired", Ok(body.clone()));
        }
        Some(body)
    }

    pub fn set_now(&mut self, now: Moment) {
        self.now = now;
        let mut due = Vec::new();
        for (account, known) in &self.accounts {
            let late = known
                .sessions
                .iter()
                .filter(|(_, s)| s.expires_at <= now.seconds());
            due.extend(late.map(|(id, _)| (account.clone(), id.clone())));
        }
        for (account, id) in due {
            self.close(&account, &id, "expired", "unpaid");
        }
    }

    pub fn ordered(&self, session: &str, name: &str) -> Option<String> {
        self.session(session)?.form.get(name).map(str::to_owned)
    }

    pub fn intent_of(&self, session: &str) -> Option<String> {
        self.session(session)?.intent.clone()
    }

    fn session(&self, id: &str) -> Option<&Session> {
        self.accounts.values().find_map(|a| a.sessions.get(id))
    }
}
