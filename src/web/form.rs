//! What a form posted, field by field, and the check that it is a form of this session.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpRequest, web};

use super::address;
use super::error::WebError;
use super::session::{Acting, Visit};
use crate::app::App;

/// Fields of a form or of an address, in their order; names may repeat.
#[derive(Clone, Debug)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Cleans every value: lines end with LF, other control characters are left out. PostgreSQL
    /// keeps no NUL, and nobody typed one.
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        let clean = |value: String| {
            let lines = value.replace("\r\n", "\n");
            lines
                .chars()
                .filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\t'))
                .collect()
        };
        let pairs = pairs.into_iter();
        Self(pairs.map(|(name, value)| (name, clean(value))).collect())
    }

    /// Those of an address.
    pub(super) fn of_query(request: &HttpRequest) -> Self {
        let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        Self::new(query.map_or_else(|_| Vec::new(), web::Query::into_inner))
    }

    /// None at all.
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds a value.
    pub(super) fn push(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Names and values in their order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// As the query of an address.
    pub(super) fn to_query(&self) -> String {
        address::query(self.pairs())
    }

    /// Puts one value in the place of all under this name.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(own, _)| own != name);
        self.push(name, value);
    }

    /// The first value under this name, without blanks around it; empty when there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default().trim()
    }

    /// All values under this name.
    pub(super) fn all<'a, 'n>(
        &'a self,
        name: &'n str,
    ) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        let named = self.0.iter().filter(move |(own, _)| own == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Whether there is a value under this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The way on that was chosen among a form's buttons.
    pub(super) fn step(&self) -> Step {
        match self.text("step") {
            // Another code is asked for where everything else was confirmed.
            "confirm" | "resend" => Step::Confirm,
            "edit" => Step::Edit,
            "recount" => Step::Recount,
            _ => Step::Check,
        }
    }

    /// Whether another code is asked for.
    pub(super) fn wants_another_code(&self) -> bool {
        self.text("step") == "resend"
    }

    /// The key that makes a form sent twice count once.
    pub(super) fn key(&self) -> Result<String, WebError> {
        let key = self.text("key");
        let fits = (16..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| key.to_owned()).ok_or(WebError::Forbidden)
    }
}

/// The way on that was chosen among a form's buttons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// Look at what was entered.
    Check,
    /// It is right: do it.
    Confirm,
    /// Go back and change it.
    Edit,
    /// Add up the amounts again.
    Recount,
}

/// A form posted within a session, its token checked: the only way handlers get a form.
pub(super) struct Posted {
    /// Who posted it.
    pub(super) visit: Visit,
    /// What.
    pub(super) fields: Fields,
}

impl FromRequest for Posted {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visit = Acting::from_request(request, payload);
        let form = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        let app = request.app_data::<web::Data<App>>().cloned();
        Box::pin(async move {
            let Acting(visit) = visit.await?;
            let fields = Fields::new(form.await?.into_inner());
            let signed = app.is_some_and(|app| visit.signed(&app, fields.text("csrf")));
            if signed {
                Ok(Self { visit, fields })
            } else {
                Err(WebError::Forbidden.into())
            }
        })
    }
}
