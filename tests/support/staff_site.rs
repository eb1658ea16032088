//! The staff's pages on a loopback port, and a browser without scripts that keeps its cookies.

use std::net::TcpListener;
use std::sync::Arc;

use acquit::flows::sign_in;
use acquit::store::user::StaffRole;
use acquit::web::staff::{self, Tries};
use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer, rt, web};
use domain::Moment;
use domain::party::Supplier;
use reqwest::header::HeaderMap;
use reqwest::multipart;
use reqwest::{Client, RequestBuilder};

use super::world::{Ways, World};

/// Everybody's password here.
pub const PASSWORD: &str = "correct horse battery";

/// A world whose staff pages are served; the server stops when dropped.
pub struct StaffSite {
    pub world: World,
    origin: String,
    server: ServerHandle,
}

impl Drop for StaffSite {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

impl StaffSite {
    /// Serves a fresh world, its demonstration mailbox too.
    pub fn open(backend: &str, at: Moment) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let ways = Ways {
            origin: origin.clone(),
            ..Ways::default()
        };
        let world = World::with(backend, at, ways);
        let app = web::Data::from(Arc::clone(&world.app));
        let tries = web::Data::new(Tries::default());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(app.clone())
                .app_data(tries.clone())
                .configure(staff::mailbox_routes)
                .configure(staff::routes)
        });
        let server = server
            .workers(1)
            .disable_signals()
            .listen(listener)
            .unwrap()
            .run();
        let handle = server.handle();
        rt::spawn(server);
        Self {
            world,
            origin,
            server: handle,
        }
    }

    /// Adds somebody with a role at a supplier.
    pub async fn user(&self, email: &str, supplier: &Supplier, role: StaffRole) {
        let roles = vec![(supplier.id, role)];
        sign_in::add_user(&self.world.app, email, "Comptabilité", PASSWORD, roles)
            .await
            .unwrap();
    }

    /// A browser that has been nowhere.
    pub fn browser(&self) -> Browser {
        // Another test may have done so already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Browser {
            client,
            origin: self.origin.clone(),
        }
    }

    /// A browser of somebody new with this role, signed in.
    pub async fn enter(&self, email: &str, supplier: &Supplier, role: StaffRole) -> Browser {
        self.user(email, supplier, role).await;
        let browser = self.browser();
        let answer = browser.sign_in(email, PASSWORD).await;
        assert_eq!((answer.status, answer.to()), (303, "/staff"));
        browser
    }
}

/// Follows nothing by itself.
pub struct Browser {
    client: Client,
    origin: String,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Page {
    /// A header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// Where it sends the browser.
    pub fn to(&self) -> &str {
        self.header("location")
    }

    /// The token of the first form.
    pub fn csrf(&self) -> String {
        self.field("csrf")
    }

    /// The value of the first field of this name.
    pub fn field(&self, name: &str) -> String {
        let (_, rest) = self
            .text
            .split_once(&format!("name=\"{name}\" value=\""))
            .unwrap_or_else(|| panic!("no field {name} in {}", self.text));
        rest.split_once('"').unwrap().0.to_owned()
    }

    /// Fails with the page when a text is not on it.
    pub fn shows(&self, all: &[&str]) {
        for text in all {
            assert!(
                self.text.contains(text),
                "{text} is not on the page\n{}",
                self.text
            );
        }
    }
}

impl Browser {
    /// Looks at a page.
    pub async fn get(&self, path: &str) -> Page {
        read(self.client.get(self.address(path))).await
    }

    /// Posts a form from one of our own pages.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_from(Some(&self.origin), path, fields).await
    }

    /// Posts a form that says it comes from somewhere.
    pub async fn post_from(
        &self,
        origin: Option<&str>,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        let mut request = self.client.post(self.address(path)).form(fields);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        read(request).await
    }

    /// Posts the upload form.
    pub async fn upload(&self, path: &str, csrf: &str, file: (&str, Vec<u8>)) -> Page {
        let (name, bytes) = file;
        let part = multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = multipart::Form::new()
            .text("csrf", csrf.to_owned())
            .text("key", "k")
            .part("file", part)
            .text("as_of", "2026-11-20")
            .text("complete", "yes");
        let request = self.client.post(self.address(path)).multipart(form);
        read(request.header("origin", &self.origin)).await
    }

    /// Posts a form with files from one of our own pages.
    pub async fn post_files(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, Vec<u8>)],
    ) -> Page {
        let mut form = multipart::Form::new();
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        for (name, bytes) in files {
            let part = multipart::Part::bytes(bytes.clone()).file_name((*name).to_owned());
            form = form.part("file", part);
        }
        let request = self.client.post(self.address(path)).multipart(form);
        read(request.header("origin", &self.origin)).await
    }

    /// Fills in the sign-in form.
    pub async fn sign_in(&self, email: &str, password: &str) -> Page {
        let csrf = self.get("/staff/sign-in").await.csrf();
        let fields = [
            ("csrf", csrf.as_str()),
            ("email", email),
            ("password", password),
        ];
        self.post("/staff/sign-in", &fields).await
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

async fn read(request: RequestBuilder) -> Page {
    let answer = request.send().await.unwrap();
    Page {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        text: answer.text().await.unwrap(),
    }
}
