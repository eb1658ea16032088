//! A dispute settled by a credit note: counted here at once, and once only when the books name it.

use acquit::flows::dispute::{Declaration, Reply, answer, declare};
use acquit::flows::import_balance::{ImportOrder, run};
use acquit::flows::{Actor, FlowError};
use acquit::store::{self, Across};
use domain::dispute::{CreditNote, DisputeEvent, DisputeState, Reason};
use domain::invoice::Invoice;
use domain::ledger::Account;
use domain::{DisputeId, Money};

use super::{Scene, share};
use crate::support::databases::backends;

async fn disputed(scene: &Scene, invoice: &Invoice, cents: i64) -> DisputeId {
    let declaration = Declaration {
        invoice: invoice.id,
        reason: Reason::Price,
        amount: Some(Money::eur(cents)),
        text: String::new(),
        key: format!("{}-{cents}", invoice.number),
    };
    declare(&scene.world.app, scene.visitor, declaration)
        .await
        .unwrap()
}

async fn credit(
    scene: &Scene,
    id: DisputeId,
    number: &str,
    cents: i64,
) -> Result<DisputeState, FlowError> {
    let reply = Reply {
        event: DisputeEvent::Credit,
        text: String::new(),
        credit: Some(CreditNote {
            number: number.into(),
            amount: Money::eur(cents),
        }),
        until: None,
        actor: Actor::staff("marie@four.example"),
    };
    answer(&scene.world.app, scene.supplier.id, id, reply).await
}

async fn import(scene: &Scene, as_of: &str, lines: &[&str]) {
    let titles = "Code client;Nom;Type;N° pièce;Date;Date d'échéance;Montant TTC;Reste dû";
    let text = format!("{titles}\n{}\n", lines.join("\n"));
    let order = ImportOrder {
        supplier: scene.supplier.id,
        file_name: "balance.csv".into(),
        as_of: as_of.parse().unwrap(),
        complete: true,
        mapping: None,
    };
    let done = run(
        &scene.world.app,
        order,
        std::io::Cursor::new(text.into_bytes()),
    );
    assert_eq!(done.await.unwrap().rows_bad, 0);
}

/// What is open: invoices, less what is owed to the debtor.
async fn balance(scene: &Scene) -> i64 {
    let (supplier, debtor) = (scene.supplier.id, scene.debtor.id);
    let find = move |conn: &mut _| store::invoice::open_of_debtor(conn, supplier, debtor);
    let items = scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap();
    let signed = items
        .iter()
        .map(|one| one.kind.signed(one.open).unwrap().minor());
    signed.sum()
}

#[actix_web::test]
async fn part_disputed_the_rest_paid_and_the_part_credited_leaves_nothing_and_one_thanks() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = disputed(&scene, &invoice, 4_000).await;
        let paid = scene.announce(&[share(&invoice, 6_000)]).await.unwrap();
        assert!(scene.receive(paid, 6_000, "2026-03-03").await);
        let state = credit(&scene, id, "AV-1", 4_000).await.unwrap();
        assert_eq!(state, DisputeState::Credited);
        let now = scene.now(invoice.id).await;
        assert_eq!((now.open, now.disputed), (Money::eur(0), Money::eur(0)));
        assert_eq!(
            scene.outbox().await,
            ["dispute_received due", "thanks due", "dispute_answer due"]
        );
        assert_eq!(
            scene.books(),
            [(Account::Bank, 6_000), (Account::CreditNote, 4_000)]
        );
        let again = credit(&scene, id, "AV-1", 4_000).await;
        assert!(matches!(again, Err(FlowError::Refused(_))), "{again:?}");
        let trail = "SELECT detail AS value FROM audit WHERE action = 'dispute.credited'";
        let told = scene.world.conn().read_sql(trail).unwrap();
        assert_eq!(told, ["40.00 EUR by AV-1"]);
    }
}

#[actix_web::test]
async fn no_more_is_credited_than_is_disputed_and_open() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = disputed(&scene, &invoice, 4_000).await;
        for (cents, most) in [(4_001, 4_000), (0, 4_000), (-1, 4_000)] {
            let found = credit(&scene, id, "AV-1", cents).await;
            let left = Money::eur(most);
            assert!(matches!(found, Err(FlowError::TooMuch { left: told, .. }) if told == left));
        }
        // It was paid in spite of the dispute: nothing is left to credit but one cent.
        let paid = scene.announce(&[share(&invoice, 9_999)]).await.unwrap();
        assert!(scene.receive(paid, 9_999, "2026-03-03").await);
        let found = credit(&scene, id, "AV-1", 2).await;
        assert!(matches!(found, Err(FlowError::TooMuch { .. })), "{found:?}");
        credit(&scene, id, "AV-1", 1).await.unwrap();
        assert_eq!(balance(&scene).await, 0);
        assert_eq!(scene.now(invoice.id).await.disputed, Money::eur(0));
    }
}

#[actix_web::test]
async fn a_credit_note_that_the_books_name_later_is_not_counted_twice() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = disputed(&scene, &invoice, 4_000).await;
        credit(&scene, id, "AV-1", 4_000).await.unwrap();
        assert_eq!(balance(&scene).await, 6_000);
        let invoice_row = "C1;Société C1;FA;F1;21/01/2026;20/02/2026;100,00;100,00";
        let note_row = "C1;Société C1;AV;AV-1;03/03/2026;03/03/2026;-50,00;-50,00";
        for (day, lines) in [
            // The books know nothing of it yet; they name it; they name it again.
            ("2026-03-02", &[invoice_row][..]),
            ("2026-03-03", &[invoice_row, note_row]),
            ("2026-03-04", &[invoice_row, note_row]),
        ] {
            scene.go_to(day);
            import(&scene, day, lines).await;
            let expected = if lines.len() == 1 { 6_000 } else { 5_000 };
            assert_eq!(
                balance(&scene).await,
                expected,
                "{day}: ten euros more than was used"
            );
        }
        let left = [(Account::Receivable, 5_000)];
        assert_eq!(scene.books(), left, "the clearing account is even");
        // Then they set both off against each other: only the unused ten euros are still owed.
        scene.go_to("2026-03-05");
        let rest = "C1;Société C1;FA;F1;21/01/2026;20/02/2026;100,00;50,00";
        import(&scene, "2026-03-05", &[rest]).await;
        assert_eq!(balance(&scene).await, 5_000);
        assert_eq!(scene.books(), left);
    }
}

#[actix_web::test]
async fn a_credit_note_that_the_books_named_before_gives_what_it_has() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = disputed(&scene, &invoice, 4_000).await;
        let invoice_row = "C1;Société C1;FA;F1;21/01/2026;20/02/2026;100,00;100,00";
        let note = "C1;Société C1;AV;AV-1;01/03/2026;01/03/2026;-30,00;-30,00";
        import(&scene, "2026-03-02", &[invoice_row, note]).await;
        assert_eq!(balance(&scene).await, 7_000);
        let much = credit(&scene, id, "AV-1", 4_000).await;
        let left = Money::eur(3_000);
        assert!(
            matches!(much, Err(FlowError::CreditSpent(told)) if told == left),
            "{much:?}"
        );
        credit(&scene, id, "AV-1", 3_000).await.unwrap();
        assert_eq!(balance(&scene).await, 7_000, "it counted already");
        assert_eq!(scene.now(invoice.id).await.open, Money::eur(7_000));
        assert_eq!(scene.books(), [(Account::Receivable, 7_000)]);
        scene.go_to("2026-03-03");
        let rest = "C1;Société C1;FA;F1;21/01/2026;20/02/2026;100,00;70,00";
        import(&scene, "2026-03-03", &[rest]).await;
        assert_eq!(balance(&scene).await, 7_000);
    }
}
