//! Debits whose day has passed before a file held them, and money for files that nobody took out.

use acquit::flows::batch;
use acquit::flows::promise::{Pledge, Way, make_by};
use acquit::flows::{bank_file, deliver};
use acquit::store::{self, Across};
use domain::CollectionId;
use domain::collection::CollectionState;
use domain::mandate::Usage;

use super::debit::{collection, debit, file, mandate};
use super::{Scene, share};
use crate::support::databases::backends;

async fn notices(scene: &Scene) -> usize {
    let all = scene.outbox().await;
    all.iter()
        .filter(|one| one.starts_with("debit_notice"))
        .count()
}

#[actix_web::test]
async fn a_debit_whose_day_has_passed_is_announced_anew_before_it_is_collected() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let signed = mandate(&scene, Usage::Recurring, "m").await;
        let all = [share(&invoice, 10_000)];
        let id = debit(&scene, signed, &all, "d").await.unwrap();
        deliver::run(&scene.world.app).await.unwrap();
        let first = collection(&scene, id).await;
        assert_eq!(first.state, CollectionState::Notified);
        // Nobody makes a file for three weeks.
        scene.go_to("2026-03-23");
        assert!(
            file(&scene).await.is_none(),
            "{backend}: not on a day nobody was told of"
        );
        let moved = collection(&scene, id).await;
        assert_eq!(moved.state, CollectionState::Planned);
        assert_eq!(moved.told_on, None);
        assert!(moved.collect_on > scene.supplier.zone.day(scene.at()));
        assert!(file(&scene).await.is_none(), "not announced yet");
        assert_eq!(notices(&scene).await, 2);
        deliver::run(&scene.world.app).await.unwrap();
        let made = file(&scene).await.expect("a file");
        assert_eq!(
            (made.batch.debits, made.batch.first_on),
            (1, moved.collect_on)
        );
        assert_eq!(notices(&scene).await, 2, "told once a day");
        assert_eq!(scene.now(invoice.id).await.reserved.minor(), 10_000);
    }
}

#[actix_web::test]
async fn a_promise_goes_with_the_debit_that_is_to_keep_it() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let signed = mandate(&scene, Usage::Recurring, "m").await;
        let pledge = Pledge {
            shares: vec![share(&invoice, 10_000)],
            due_on: "2026-03-10".parse().unwrap(),
            key: "p".into(),
        };
        let app = &scene.world.app;
        let made = make_by(app, scene.visitor, pledge, Way::Debit(signed), None);
        let promise = made.await.unwrap();
        deliver::run(app).await.unwrap();
        scene.go_to("2026-03-23");
        super::plan::judge_on(&scene, "2026-03-23").await;
        assert!(file(&scene).await.is_none());
        let supplier = scene.supplier.id;
        let find = move |conn: &mut _| store::promise::find(conn, supplier, promise);
        let found = app.store.read(Across::Inspection, find).await.unwrap();
        let of = move |conn: &mut _| {
            store::collection::of_payment(conn, supplier, found.payment.unwrap())
        };
        let debit = app.store.read(Across::Inspection, of).await.unwrap();
        let found = app.store.read(Across::Inspection, find).await.unwrap();
        assert_eq!(found.state.as_str(), "made", "{backend}: the delay is ours");
        assert_eq!(found.due_on, debit.collect_on);
    }
}

/// A credit of the day that names this debit.
async fn money(scene: &Scene, id: CollectionId, day: &str) {
    let name = id.to_string().replacen("col_", "", 1).to_uppercase();
    let text = format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\">\
         <BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N{name}</MsgId></GrpHdr><Ntfctn><Id>N{name}</Id>\
         <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>\
         <Ntry><Amt Ccy=\"EUR\">50.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
         <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>\
         <NtryDtls><TxDtls><Refs><EndToEndId>{name}</EndToEndId></Refs></TxDtls></NtryDtls>\
         </Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    );
    let read = bank_file::run(
        &scene.world.app,
        scene.supplier.id,
        &name,
        text.into_bytes(),
    );
    assert_eq!(read.await.unwrap().matched, 1);
}

#[actix_web::test]
async fn money_for_a_file_that_was_never_marked_as_taken_out_grows_firm() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let signed = mandate(&scene, Usage::Recurring, "m").await;
        let mut ids = Vec::new();
        for number in ["F1", "F2"] {
            let invoice = scene.invoice(number, 5_000).await;
            let all = [share(&invoice, 5_000)];
            ids.push(debit(&scene, signed, &all, number).await.unwrap());
        }
        deliver::run(&scene.world.app).await.unwrap();
        let made = file(&scene).await.expect("a file");
        let day = made.batch.last_on.to_string();
        scene.go_to(&day);
        money(&scene, ids[0], &day).await;
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let state = || {
            let mut conn = scene.world.conn();
            let sql = "SELECT state AS value FROM batch";
            conn.read_sql(sql).unwrap().remove(0)
        };
        assert_eq!(state(), "draft");
        assert_eq!(batch::grow(app, supplier).await.unwrap(), 1);
        assert_eq!(state(), "settled", "{backend}: the bank has it");
        let other = collection(&scene, ids[1]).await;
        assert_eq!(other.state, CollectionState::Submitted);
        scene.go_to("2026-03-30");
        batch::grow(app, supplier).await.unwrap();
        assert_eq!(state(), "firm");
        assert_eq!(
            collection(&scene, ids[0]).await.state,
            CollectionState::Firm
        );
        let thanks = scene.outbox().await;
        let thanks = thanks.iter().filter(|one| one.starts_with("thanks"));
        assert_eq!(thanks.count(), 1, "{backend}");
    }
}
