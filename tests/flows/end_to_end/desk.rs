//! The supplier's people at their pages.

use reqwest::{Method, multipart};
use views::paths;

use crate::support::html::Form;
use crate::support::site::{Browser, Page, Site};
use crate::support::staff_site::PASSWORD;

/// Somebody who signed in.
pub(super) struct Desk {
    browser: Browser,
    origin: String,
}

impl Desk {
    pub(super) async fn open(site: &Site, email: &str) -> Self {
        let desk = Self {
            browser: site.browser(),
            origin: site.origin.clone(),
        };
        let form = desk.browser.get("/staff/sign-in").await.form(0);
        let form = form.with("email", email).with("password", PASSWORD);
        let entered = desk.post(&form).await;
        assert_eq!((entered.status, entered.location()), (303, "/staff"));
        desk
    }

    async fn post(&self, form: &Form) -> Page {
        let request = self.browser.request(Method::POST, &form.action);
        let request = request.header("origin", &self.origin);
        Page::of(request.form(&form.fields)).await
    }

    async fn upload(&self, form: &Form, name: &str, bytes: &[u8]) -> Page {
        let mut parts = multipart::Form::new();
        for (field, value) in &form.fields {
            parts = parts.text(field.clone(), value.clone());
        }
        let file = multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        let request = self.browser.request(Method::POST, &form.action);
        let request = request.header("origin", &self.origin);
        Page::of(request.multipart(parts.part("file", file))).await
    }

    /// The page of debits and their files.
    pub(super) async fn debits(&self) -> Page {
        self.browser.get(&paths::debits("four")).await
    }

    /// Makes a file of what was announced; gives its id, if there was anything.
    pub(super) async fn prepare(&self) -> Option<String> {
        let form = self.debits().await.form_if(&paths::debits("four"))?;
        let made = self.post(&form).await;
        assert_eq!(made.status, 303, "{}", made.words());
        let last = made.location().rsplit('/').next().unwrap().to_owned();
        last.starts_with("bat_").then_some(last)
    }

    /// Decides on a file by the button of its page.
    pub(super) async fn decide(&self, file: &str, decision: &str) -> Page {
        let path = format!("{}/{file}", paths::debits("four"));
        let form = self.browser.get(&path).await.form_to(&path);
        self.post(&form.with("decision", decision)).await
    }

    /// A file's bytes.
    pub(super) async fn download(&self, file: &str) -> Vec<u8> {
        let path = format!("{}/{file}/file", paths::debits("four"));
        let (status, headers, bytes) = self.browser.fetch(&path).await;
        assert_eq!(
            (status, &headers["content-type"]),
            (200, &"application/xml".parse().unwrap())
        );
        bytes
    }

    /// Uploads the bank's answer to a file of debits.
    pub(super) async fn answer(&self, bytes: &[u8]) -> Page {
        let form = self.debits().await.form_to(&paths::debit_answers("four"));
        self.upload(&form, "answer.xml", bytes).await
    }

    /// Uploads a bank file, which is booked at once.
    pub(super) async fn bank(&self, (name, bytes): &(String, Vec<u8>)) {
        let path = paths::bank("four");
        let form = self.browser.get(&path).await.form_to(&path);
        let taken = self.upload(&form, name, bytes).await;
        assert_eq!(taken.status, 303, "{}", taken.words());
        self.browser
            .get(&path)
            .await
            .shows(200, &[name, "Comptabilisé"]);
    }
}
