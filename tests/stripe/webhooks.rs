//! Events of the fake, believed or not.

use acquit::payments::stripe_event::{WebhookError, read, verify};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, rt, web};

use super::*;
use crate::support::fake_stripe::Plan;

fn plan(events: &[usize]) -> Plan {
    Plan {
        events: events.to_vec(),
        times: 1,
        secret: "whsec_test".to_owned(),
        at: START,
    }
}

fn believed(fake: &FakeStripe, plan: &Plan) -> Vec<Result<(), WebhookError>> {
    let secrets = account().webhook_secrets;
    let deliveries = fake.webhooks(plan).into_iter();
    deliveries
        .map(|webhook| verify(&secrets, &webhook.signature, &webhook.body, START))
        .collect()
}

#[actix_web::test]
async fn events_tell_which_payment_moved_on_which_account() {
    let (fake, gateway) = start();
    fake.connect("acct_boreal");
    let connected = CardAccount {
        connected: Some("acct_boreal".to_owned()),
        ..account()
    };
    let page = gateway.checkout(&connected, &order(1)).await.unwrap();
    assert!(fake.pay_session(&page.provider_ref));
    let kinds = ["payment_intent.succeeded", "checkout.session.completed"];
    assert_eq!(fake.event_kinds(), kinds);
    for (webhook, kind) in fake.webhooks(&plan(&[0, 1])).iter().zip(kinds) {
        let event = read(&webhook.body).unwrap();
        assert_eq!(event.kind, kind);
        assert_eq!(event.account.as_deref(), Some("acct_boreal"));
        assert_eq!(event.payment, Some(PaymentId::from_bits(1)));
        assert!(!event.livemode);
    }
}

#[actix_web::test]
async fn a_page_that_runs_out_of_time_says_so() {
    let (fake, gateway) = start();
    let page = open(&gateway, 1).await;
    fake.set_now(START.plus_minutes(45));
    assert_eq!(fake.event_kinds(), ["checkout.session.expired"]);
    let event = read(&fake.webhooks(&plan(&[0]))[0].body).unwrap();
    assert_eq!(event.object_id, Some(page));
    assert_eq!(event.object_kind.as_deref(), Some("checkout.session"));
}

#[actix_web::test]
async fn a_plan_repeats_reorders_forges_and_ages() {
    let (fake, gateway) = start();
    let page = open(&gateway, 1).await;
    assert!(fake.pay_session(&page));
    let twice = Plan {
        times: 2,
        ..plan(&[1, 0])
    };
    let ids = |webhooks: Vec<_>| -> Vec<String> {
        let id =
            |webhook: &acquit::payments::stripe_event::Webhook| read(&webhook.body).unwrap().id;
        webhooks.iter().map(id).collect()
    };
    let order = ids(fake.webhooks(&twice));
    let plain = ids(fake.webhooks(&plan(&[0, 1])));
    let expected = [1, 1, 0, 0].map(|place: usize| plain[place].clone());
    assert_eq!(order, expected);
    assert_eq!(believed(&fake, &twice), [Ok(()); 4]);
    let forged = Plan {
        secret: "whsec_wrong".to_owned(),
        ..plan(&[0])
    };
    assert_eq!(believed(&fake, &forged), [Err(WebhookError::Forged)]);
    let old = Plan {
        at: START.plus_seconds(-301),
        ..plan(&[0])
    };
    assert_eq!(believed(&fake, &old), [Err(WebhookError::Stale)]);
}

async fn receive(request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let header = request.headers().get("stripe-signature").unwrap();
    let secrets = account().webhook_secrets;
    match verify(&secrets, header.to_str().unwrap(), &body, START) {
        Ok(()) => HttpResponse::Ok().finish(),
        Err(_) => HttpResponse::BadRequest().finish(),
    }
}

#[actix_web::test]
async fn deliveries_go_over_the_wire_byte_for_byte() {
    let (fake, gateway) = start();
    open(&gateway, 1).await;
    fake.set_now(START.plus_minutes(45));
    let server = HttpServer::new(|| App::new().default_service(web::route().to(receive)));
    let server = server
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .unwrap();
    let url = format!("http://{}/hooks/stripe", server.addrs()[0]);
    let server = server.run();
    let handle = server.handle();
    rt::spawn(server);
    assert_eq!(
        fake.deliver(
            &url,
            &Plan {
                times: 2,
                ..plan(&[0])
            }
        )
        .await,
        [200, 200]
    );
    let forged = Plan {
        secret: "whsec_wrong".to_owned(),
        ..plan(&[0])
    };
    assert_eq!(fake.deliver(&url, &forged).await, [400]);
    handle.stop(false).await;
}
