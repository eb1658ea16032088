//! Whose money it is, in the norm's order; who decides, and how it is undone.

use acquit::flows::allot::{Part, allot, undo};
use acquit::flows::{Actor, FlowError, collect, deliver};
use domain::collection::CollectionState;
use domain::ledger::Account;
use domain::mandate::Usage;
use domain::matching::Clue;
use domain::{Day, InvoiceId, Money};

use super::*;
use crate::flows::debit::{collection, debit, file, mandate};
use crate::flows::share;
use crate::support::databases::backends;

async fn open(scene: &Scene, id: InvoiceId) -> i64 {
    scene.now(id).await.open.minor()
}

fn staff() -> Actor {
    Actor::staff("compta@four.example")
}

#[actix_web::test]
async fn numbers_of_invoices_find_them_and_the_rest_goes_to_the_oldest() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let one = scene.invoice("F2026-0117", 10_000).await;
        let two = scene.invoice("F2026-0118", 5_000).await;
        let rows = [
            row("50.00", &words("Fact. F 2026/0118")),
            row("20.00", &words("acompte f2026.0117")),
        ];
        take(&scene, "a.xml", document(STATEMENT, "S1", "", &rows)).await;
        assert_eq!(
            standings(&scene),
            ["number exact", "number part"],
            "{backend}"
        );
        assert_eq!(
            (open(&scene, one.id).await, open(&scene, two.id).await),
            (8_000, 0)
        );
        // More than the invoice that is named, then more than all of them.
        let three = scene.invoice("F2026-0119", 1_000).await;
        let rows = [
            row("15.00", &words("F2026-0119")),
            row("90.00", &words("F2026-0117")),
        ];
        take(&scene, "b.xml", document(STATEMENT, "S2", "", &rows)).await;
        assert_eq!(
            (open(&scene, one.id).await, open(&scene, three.id).await),
            (0, 0)
        );
        let books = [(Account::Bank, 17_500), (Account::Unapplied, -1_500)];
        assert_eq!(scene.books(), books, "{backend}");
        let mut conn = scene.world.conn();
        let credits = store::bank::unapplied(&mut conn, scene.supplier.id, 10).unwrap();
        assert_eq!(credits[0].amount, Money::eur(1_500));
    }
}

#[actix_web::test]
async fn several_numbers_are_paid_together() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let one = scene.invoice("F2026-0117", 10_000).await;
        let two = scene.invoice("F2026-0118", 5_000).await;
        let rows = [row("150.00", &words("F2026-0117 + F2026-0118"))];
        take(&scene, "a.xml", document(STATEMENT, "S1", "", &rows)).await;
        assert_eq!(standings(&scene), ["number grouped"], "{backend}");
        assert_eq!(
            (open(&scene, one.id).await, open(&scene, two.id).await),
            (0, 0)
        );
    }
}

/// Who pays, and an amount that fits, are suggestions; a person's word makes them money.
#[actix_web::test]
async fn a_payer_is_suggested_confirmed_and_undone() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F2026-0117", 10_000).await;
        let payer = format!(
            "<RltdPties><Dbtr><Pty><Nm>{}</Nm></Pty></Dbtr></RltdPties>",
            scene.debtor.name.to_uppercase()
        );
        let rows = [row("100.00", &format!("{payer}{}", words("virement")))];
        take(&scene, "a.xml", document(STATEMENT, "S1", "", &rows)).await;
        let waiting = nobody(&scene);
        let mut conn = scene.world.conn();
        let keys = [waiting[0].key.clone()];
        let found = store::bank::of_movements(&mut conn, scene.supplier.id, &keys).unwrap();
        assert_eq!(found.len(), 1, "{backend}");
        assert_eq!(
            (found[0].debtor, found[0].clue),
            (scene.debtor.id, Clue::Payer)
        );
        assert_eq!(found[0].invoices, [(invoice.id, "F2026-0117".to_owned())]);
        let suspended = [
            (Account::Bank, 10_000),
            (Account::Receivable, 10_000),
            (Account::Suspense, -10_000),
        ];
        assert_eq!(scene.books(), suspended, "{backend}");

        let (app, supplier, key) = (&scene.world.app, scene.supplier.id, keys[0].clone());
        let part = Part {
            debtor: scene.debtor.id,
            invoices: vec![invoice.id],
            amount: None,
        };
        for _ in 0..2 {
            let parts = vec![part.clone()];
            allot(app, supplier, key.clone(), parts, staff())
                .await
                .unwrap();
        }
        assert_eq!(open(&scene, invoice.id).await, 0);
        assert_eq!(scene.books(), [(Account::Bank, 10_000)], "{backend}");
        for _ in 0..2 {
            undo(app, supplier, key.clone(), staff()).await.unwrap();
        }
        assert_eq!(open(&scene, invoice.id).await, 10_000);
        assert_eq!(scene.books(), suspended, "{backend}");
        allot(app, supplier, key, vec![part], staff())
            .await
            .unwrap();
        assert_eq!(open(&scene, invoice.id).await, 0, "{backend}");
    }
}

/// What was matched by itself can be undone too, as often as it takes.
#[actix_web::test]
async fn a_match_is_undone_and_split_over_two_accounts() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let mine = scene.invoice("F2026-0117", 10_000).await;
        let (other, _) = scene.world.debtor(&scene.supplier, "C2").await;
        let theirs = scene.world.invoice(&other, "G1", 4_000, "2026-02-20").await;
        let rows = [row("100.00", &words("F2026-0117"))];
        take(&scene, "a.xml", document(STATEMENT, "S1", "", &rows)).await;
        assert_eq!(standings(&scene), ["number exact"], "{backend}");
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let mut conn = scene.world.conn();
        let found = store::bank::paid_lately(&mut conn, supplier, &[Standing::Number], 9);
        let key = found.unwrap()[0].key.clone();
        let part = |debtor, cents: Option<i64>| Part {
            debtor,
            invoices: Vec::new(),
            amount: cents.map(Money::eur),
        };
        let wrong = vec![part(other.id, Some(4_000)), part(scene.debtor.id, Some(1))];
        let early = allot(app, supplier, key.clone(), wrong.clone(), staff()).await;
        assert!(early.unwrap_err().is_conflict(), "it is matched still");
        for round in 0..2 {
            undo(app, supplier, key.clone(), staff()).await.unwrap();
            assert_eq!(open(&scene, mine.id).await, 10_000, "{backend} {round}");
            let wrong = allot(app, supplier, key.clone(), wrong.clone(), staff()).await;
            assert!(matches!(wrong, Err(FlowError::Unusable(_))), "{wrong:?}");
            let parts = vec![part(other.id, Some(4_000)), part(scene.debtor.id, None)];
            allot(app, supplier, key.clone(), parts, staff())
                .await
                .unwrap();
            assert_eq!(standings(&scene), ["staff"], "{backend} {round}");
            assert_eq!(open(&scene, mine.id).await, 4_000, "{backend} {round}");
            let at = store::invoice::find(&mut conn, supplier, other.id, theirs.id).unwrap();
            assert_eq!(at.open, Money::eur(0));
        }
        let books = [(Account::Bank, 10_000), (Account::Receivable, 4_000)];
        assert_eq!(scene.books(), books, "{backend}");
        let wrong = store::ledger::disagreements(&mut conn, supplier).unwrap();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

/// One booking for a whole file of debits, and one for the debit of a mandate.
#[actix_web::test]
async fn a_file_of_debits_and_a_mandate_are_found() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        let mut ids = Vec::new();
        for (key, cents) in [("a", 4_000), ("b", 2_500)] {
            ids.push(
                debit(&scene, mandate, &[share(&invoice, cents)], key)
                    .await
                    .unwrap(),
            );
        }
        deliver::run(&scene.world.app).await.unwrap();
        let batch = file(&scene).await.unwrap();
        let whole = Row {
            details: None,
            entry: format!(
                "<NtryDtls><Btch><PmtInfId>{}-1</PmtInfId><NbOfTxs>2</NbOfTxs></Btch></NtryDtls>",
                batch.batch.message_id
            ),
            ..row("65.00", "")
        };
        take(&scene, "a.xml", document(STATEMENT, "S1", "", &[whole])).await;
        assert_eq!(standings(&scene), ["batch grouped"], "{backend}");
        for id in ids {
            let state = collection(&scene, id).await.state;
            assert_eq!(state, CollectionState::Settled);
        }
        assert_eq!(open(&scene, invoice.id).await, 3_500);

        let next = debit(&scene, mandate, &[share(&invoice, 3_500)], "c")
            .await
            .unwrap();
        deliver::run(&scene.world.app).await.unwrap();
        file(&scene).await.unwrap();
        let supplier = scene.supplier.id;
        let mut conn = scene.world.conn();
        let rum = store::mandate::find(&mut conn, supplier, mandate)
            .unwrap()
            .reference;
        let rows = [row("35.00", &refs(&format!("<MndtId>{rum}</MndtId>")))];
        take(&scene, "b.xml", document(STATEMENT, "S2", "", &rows)).await;
        assert_eq!(
            collection(&scene, next).await.state,
            CollectionState::Settled
        );
        assert_eq!(open(&scene, invoice.id).await, 0, "{backend}");
        let day: Day = "2026-03-06".parse().unwrap();
        assert!(
            collect::run(&scene.world.app, supplier, Actor::job("test"))
                .await
                .unwrap()
                .is_none(),
            "{day}"
        );
    }
}
