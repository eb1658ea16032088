//! A running portal on a loopback port, and a small browser without scripts.

use std::net::TcpListener;
use std::sync::Arc;

use acquit::flows::sandbox::SandboxGateway;
use acquit::payments::card::CardGateway;
use acquit::web;
use actix_web::dev::ServerHandle;
use actix_web::rt;
use domain::Moment;
use domain::party::{Contact, Debtor};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, multipart};

use super::html::{Form, forms};
use super::log;
use super::world::{WEBHOOK_SECRET, Ways, World};

/// A world that is served; the server stops when dropped.
pub struct Site {
    pub world: World,
    pub origin: String,
    server: ServerHandle,
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

impl Site {
    /// Serves a fresh world whose cards are the demonstration's.
    pub fn open(backend: &str, at: Moment) -> Self {
        Self::with(backend, at, |origin| {
            let secret = WEBHOOK_SECRET.to_owned().into();
            let cards = Arc::new(SandboxGateway::new(origin.to_owned(), secret));
            let gateway: Arc<dyn CardGateway> = cards.clone();
            let ways = Ways {
                cards: gateway,
                origin: origin.to_owned(),
                ..Ways::default()
            };
            (ways, Some(cards))
        })
    }

    /// Serves a fresh world with other ways out, made for the origin it is served at.
    pub fn with(
        backend: &str,
        at: Moment,
        ways: impl FnOnce(&str) -> (Ways, Option<Arc<SandboxGateway>>),
    ) -> Self {
        log::start();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (ways, cards) = ways(&origin);
        let world = World::with(backend, at, ways);
        let extras = web::Extras {
            sandbox: cards,
            ..web::Extras::default()
        };
        let server = web::serve(Arc::clone(&world.app), listener, extras).unwrap();
        let handle = server.handle();
        rt::spawn(server);
        Self {
            world,
            origin,
            server: handle,
        }
    }

    /// A browser that has been nowhere.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.origin)
    }

    /// A browser behind a fresh link of this contact, after *Continue*.
    pub async fn enter(&self, debtor: &Debtor, contact: &Contact) -> Browser {
        let (token, _) = self.world.link(debtor, contact).await;
        let browser = self.browser();
        let landing = browser.get(&format!("/l/{token}")).await;
        assert_eq!(landing.status, 200, "{}", landing.words());
        let account = browser.submit(&landing.form(0)).await;
        assert_eq!(account.status, 303, "{}", account.words());
        browser
    }
}

/// Keeps cookies, follows nothing by itself, runs no script.
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

impl Browser {
    /// A browser for this origin; addresses are given from its root.
    pub fn new(origin: &str) -> Self {
        // Another test may have done so already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            client,
            origin: origin.to_owned(),
        }
    }

    /// A request to be added to and sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let path = path.strip_prefix(&self.origin).unwrap_or(path);
        self.client
            .request(method, format!("{}{path}", self.origin))
    }

    /// Looks at a page.
    pub async fn get(&self, path: &str) -> Page {
        Page::of(self.request(Method::GET, path)).await
    }

    /// Asks for a page's headers only.
    pub async fn head(&self, path: &str) -> Page {
        Page::of(self.request(Method::HEAD, path)).await
    }

    /// Sends a form as filled in, by its own method.
    pub async fn submit(&self, form: &Form) -> Page {
        if form.method == "get" {
            let address = format!("{}{}", self.origin, form.action);
            let address = reqwest::Url::parse_with_params(&address, &form.fields).unwrap();
            return self.get(address.as_str()).await;
        }
        let request = self.request(Method::POST, &form.action);
        Page::of(request.form(&form.fields)).await
    }

    /// Sends a form with files, as a browser does when it holds file inputs.
    pub async fn submit_files(&self, form: &Form, files: &[(&str, Vec<u8>)]) -> Page {
        let mut parts = multipart::Form::new();
        for (name, value) in form.fields.iter().filter(|(name, _)| name != "file") {
            parts = parts.text(name.clone(), value.clone());
        }
        for (name, bytes) in files {
            let part = multipart::Part::bytes(bytes.clone()).file_name((*name).to_owned());
            parts = parts.part("file", part);
        }
        let request = self.request(Method::POST, &form.action);
        Page::of(request.multipart(parts)).await
    }

    /// A file as its bytes came.
    pub async fn fetch(&self, path: &str) -> (u16, HeaderMap, Vec<u8>) {
        let answer = self.request(Method::GET, path).send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, answer.bytes().await.unwrap().to_vec())
    }

    /// Follows where an answer leads.
    pub async fn follow(&self, page: &Page) -> Page {
        assert_eq!(page.status, 303, "{}", page.words());
        self.get(page.location()).await
    }
}

impl Page {
    /// Sends a request and takes the answer as it is, compressed or not.
    pub async fn of(request: RequestBuilder) -> Self {
        let answer = request.send().await.unwrap();
        Self {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            text: String::from_utf8_lossy(&answer.bytes().await.unwrap()).into_owned(),
        }
    }

    /// A header's value; empty when it is absent.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The page without its style, for a test that has to complain.
    pub fn words(&self) -> String {
        let (before, rest) = self.text.split_once("<style>").unwrap_or((&self.text, ""));
        let (_, after) = rest.split_once("</style>").unwrap_or_default();
        format!("{before}{after}")
    }

    /// The form at this place on the page.
    pub fn form(&self, place: usize) -> Form {
        let all = forms(&self.text);
        let found = all.get(place).cloned();
        found.unwrap_or_else(|| panic!("no form {place} on {}", self.words()))
    }

    /// The form that goes to this path, if there is one.
    pub fn form_if(&self, action: &str) -> Option<Form> {
        let leads = |form: &Form| form.action.split('?').next() == Some(action);
        forms(&self.text).into_iter().find(leads)
    }

    /// The form that goes to this path.
    pub fn form_to(&self, action: &str) -> Form {
        let found = self.form_if(action);
        found.unwrap_or_else(|| panic!("no form to {action} on {}", self.text))
    }

    /// Fails unless the status is this and the text holds all of these.
    pub fn shows(&self, status: u16, words: &[&str]) {
        assert_eq!(self.status, status, "{}", self.words());
        for word in words {
            assert!(self.text.contains(word), "no “{word}” on {}", self.words());
        }
    }
}
