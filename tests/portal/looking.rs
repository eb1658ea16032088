//! An access that only looks: no page offers it a form, and no form of anybody's is taken from it.

use acquit::flows::dispute::{Declaration, declare};
use acquit::flows::pay_by_transfer;
use acquit::flows::people::{self, Named};
use domain::dispute::Reason;
use domain::invoice::Share;
use domain::party::Scope;

use super::people::{follow, mail_to};
use super::plans::promise_and_plan;
use super::{Visit, everywhere};
use crate::support::html::forms;
use crate::support::site::Browser;

/// The browser of a colleague who was given an access that only looks.
pub(super) async fn looking(visit: &Visit) -> Browser {
    let (_, visitor) = visit.site.world.link(&visit.debtor, &visit.contact).await;
    let to = Named {
        name: "Direction".into(),
        email: "direction@c-1042.example".into(),
    };
    let app = &visit.site.world.app;
    let passed = people::forward(app, visitor, to, Scope::View, "look".into()).await;
    assert!(passed.unwrap());
    let mail = mail_to(visit, "direction@c-1042.example").await;
    follow(visit, &mail).await
}

/// Pages that show what there is, each with something on it that could be done.
async fn pages(visit: &Visit) -> Vec<String> {
    let (_, visitor) = visit.site.world.link(&visit.debtor, &visit.contact).await;
    let (app, invoice) = (&visit.site.world.app, &visit.invoices[1]);
    let share = Share {
        invoice: visit.invoices[0].id,
        amount: visit.invoices[0].open,
    };
    let declaration = Declaration {
        invoice: invoice.id,
        reason: Reason::Price,
        amount: None,
        lines: Vec::new(),
        text: "Trop cher".into(),
        key: "dispute".into(),
    };
    let transfer = pay_by_transfer::announce(app, visitor, vec![share], "transfer".into());
    let transfer = transfer.await.unwrap();
    let dispute = declare(app, visitor, declaration).await.unwrap();
    let (promise, plan) = promise_and_plan(visit).await;
    vec![
        "/account".into(),
        "/preferences".into(),
        format!("/invoices/{}", visit.invoices[0].id),
        format!("/disputes/{dispute}"),
        format!("/promises/{promise}"),
        format!("/plans/{plan}"),
        format!("/payments/{transfer}"),
    ]
}

/// Where something could be done.
fn offers(page: &str) -> Vec<&str> {
    let deeds = [
        "/pay?",
        "/promise?",
        "/plan?",
        "/mandate?",
        "/dispute\"",
        "/confirm\"",
    ];
    let mut found: Vec<&str> = page.split("href=").skip(1).collect();
    found.retain(|rest| {
        let address: Vec<&str> = rest.split_inclusive('"').take(2).collect();
        deeds.iter().any(|deed| address.concat().contains(deed))
    });
    found
}

#[actix_web::test]
async fn who_only_looks_is_offered_nothing_to_do() {
    everywhere(|visit| async move {
        let (browser, mut acted) = (looking(&visit).await, 0);
        for path in pages(&visit).await {
            let page = browser.get(&path).await;
            page.shows(200, &[]);
            assert_eq!(forms(&page.text), [], "{path}");
            assert_eq!(offers(&page.text), Vec::<&str>::new(), "{path}");
            let own = visit.get(&path).await;
            acted += forms(&own.text).len() + offers(&own.text).len();
        }
        assert!(acted > 12, "whoever may act is offered all that: {acted}");
        let invoice = visit.invoices[2].id;
        for path in [
            visit.chosen("/pay", &[0]),
            visit.chosen("/promise", &[0]),
            visit.chosen("/plan", &[0]),
            visit.chosen("/mandate", &[0]),
            format!("/invoices/{invoice}/dispute"),
            format!("/invoices/{invoice}/confirm"),
            "/code?next=/statement.pdf".into(),
        ] {
            browser
                .get(&path)
                .await
                .shows(403, &["permet de consulter", "Fournisseur boreal"]);
        }
        for path in ["/statement.csv", "/statement.pdf"] {
            assert_eq!(browser.get(path).await.status, 200, "{path}");
        }
    })
    .await;
}

/// A form may come as an ordinary one or with files: neither is taken.
#[actix_web::test]
async fn who_only_looks_posts_nothing() {
    everywhere(|visit| async move {
        let browser = looking(&visit).await;
        let invoice = visit.invoices[2].id;
        let path = format!("/invoices/{invoice}/dispute");
        let form = visit.get(&path).await.form(0);
        let form = form.with("reason", "price").step("confirm");
        let files = [("bon.pdf", crate::support::files::pdf())];
        for refused in [
            browser.submit(&form).await,
            browser.submit_files(&form, &files).await,
        ] {
            refused.shows(403, &["permet de consulter"]);
        }
        assert_eq!((visit.count("dispute"), visit.count("attachment")), (0, 0));
        let sent = visit.browser.submit_files(&form, &files).await;
        assert_eq!((sent.status, visit.count("dispute")), (200, 1));
    })
    .await;
}
