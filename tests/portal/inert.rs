//! Looking changes nothing: scanners follow every link of a message.

use domain::PaymentId;
use domain::invoice::Share;

use super::{Visit, everywhere};
use crate::support::dump::dump;

/// Every address that can be looked at, with things behind it.
async fn addresses(visit: &Visit) -> Vec<String> {
    let (token, _) = visit.site.world.link(&visit.debtor, &visit.contact).await;
    let pay = visit.get(&visit.chosen("/pay", &[1])).await.form(0);
    let transfer = visit
        .submit(&pay.with("method", "transfer").step("pay"))
        .await;
    let pay = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
    let card = visit.submit(&pay.with("method", "card").step("pay")).await;
    let page = card.location().replace(&visit.site.origin, "");
    let card: PaymentId = page.replace("/sandbox/card/sbx_", "pay_").parse().unwrap();
    let invoice = visit.invoices[2].id;
    let form = visit
        .get(&format!("/invoices/{invoice}/dispute"))
        .await
        .form(0);
    let form = form
        .with("reason", "price")
        .step("confirm")
        .with("scope", "part")
        .with("amount", "1");
    let files = [("bon.pdf", crate::support::files::pdf())];
    let receipt = visit.browser.submit_files(&form, &files).await;
    let dispute = leads(&receipt.text, "/disputes/");
    let file = leads(&visit.get(&dispute).await.text, "/files/");
    let (promise, plan) = super::plans::promise_and_plan(visit).await;
    let mandate = super::revoke::mandate(visit).await;
    vec![
        format!("{mandate}.pdf"),
        mandate,
        file,
        dispute,
        format!("/l/{token}"),
        format!("/l/{}", "a".repeat(33)),
        "/account".into(),
        format!("/invoices/{invoice}"),
        format!("/invoices/{invoice}/dispute"),
        format!("/invoices/{invoice}/confirm"),
        visit.chosen("/plan", &[2]),
        format!("/plans/{plan}"),
        format!("/promises/{promise}"),
        format!("/promises/{promise}/calendar.ics"),
        visit.chosen("/pay", &[2]),
        visit.chosen("/promise", &[2]),
        visit.chosen("/mandate", &[2]),
        transfer.location().into(),
        format!("/payments/{card}"),
        page,
        "/livez".into(),
        "/readyz".into(),
        "/preferences".into(),
        "/check-iban".into(),
        "/code?next=/statement.pdf".into(),
        "/statement.pdf".into(),
        "/statement.csv".into(),
    ]
}

/// The first address on a page that begins like this.
fn leads(page: &str, begins: &str) -> String {
    let (_, rest) = page.split_once(&format!("href=\"{begins}")).unwrap();
    format!("{begins}{}", rest.split('"').next().unwrap())
}

#[actix_web::test]
async fn get_and_head_write_nothing() {
    everywhere(|visit| async move {
        let addresses = addresses(&visit).await;
        let url = &visit.site.world.database.url;
        let before = dump(url);
        assert!(
            before
                .iter()
                .any(|(table, rows)| table == "payment" && !rows.is_empty())
        );
        for address in &addresses {
            let got = visit.get(address).await;
            let head = visit.browser.head(address).await;
            let wanted = if address.ends_with("aaa") { 404 } else { 200 };
            assert_eq!(got.status, wanted, "{address}: {}", got.words());
            assert_eq!(head.status, got.status, "{address}");
            assert_eq!(head.text, "", "{address}");
            assert_eq!(head.header("content-type"), got.header("content-type"));
        }
        assert_eq!(dump(url), before);
        // The comparison sees a write where there is one.
        let share = Share {
            invoice: visit.invoices[2].id,
            amount: visit.invoices[2].open,
        };
        let (_, visitor) = visit.site.world.link(&visit.debtor, &visit.contact).await;
        let app = &visit.site.world.app;
        acquit::flows::pay_by_transfer::announce(app, visitor, vec![share], "key".into())
            .await
            .unwrap();
        assert_ne!(dump(url), before);
    })
    .await;
}
