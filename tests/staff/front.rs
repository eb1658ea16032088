//! The root of the site.

use std::net::TcpListener;
use std::sync::Arc;

use acquit::web::{self, Extras};

use super::*;
use crate::support::site::Site;

#[actix_web::test]
async fn the_bare_address_says_where_the_ways_in_are() {
    for backend in backends() {
        let site = Site::open(backend, morning());
        let page = site.browser().get("/").await;
        page.shows(200, &["s’ouvre par un lien", "/staff/sign-in"]);
        assert!(
            !page.text.contains("Acquit"),
            "debtors meet no product: {backend}"
        );
    }
}

#[actix_web::test]
async fn in_a_demonstration_it_leads_to_the_staffs_pages() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let extras = Extras {
            more: vec![web::staff::mailbox_routes],
            ..Extras::default()
        };
        let server = web::serve(Arc::clone(&site.world.app), listener, extras).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let answer = client.get(&address).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 303, "{backend}");
        assert_eq!(answer.headers()["location"], "/staff", "{backend}");
        handle.stop(false).await;
    }
}
