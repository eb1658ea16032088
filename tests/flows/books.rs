//! Credit notes that arrive by import alone, and invoices that come back lower: accepted disputes
//! are settled by them where nothing else can be meant.

use acquit::flows::dispute::{Reply, answer};
use acquit::flows::import_balance::{ImportOrder, run};
use acquit::flows::{Actor, deliver, mailbox};
use acquit::store::{self, Across};
use domain::dispute::{Dispute, DisputeEvent, DisputeState};
use domain::invoice::Invoice;
use domain::ledger::Account;
use domain::{DisputeId, Money};

use super::credit::{balance, credit, disputed, import};
use super::{Scene, share};
use crate::support::databases::backends;

const INVOICE: &str = "C1;Société C1;FA;F1;21/01/2026;20/02/2026;100,00;100,00";
const NOTE: &str = "C1;Société C1;AV;AV-1;03/03/2026;03/03/2026;-40,00;-40,00";

/// A scene in which 40.00 of an invoice of 100.00 are disputed, and the supplier agrees.
async fn accepted(backend: &str) -> (Scene, Invoice, DisputeId) {
    let scene = Scene::new(backend).await;
    let invoice = scene.invoice("F1", 10_000).await;
    let id = disputed(&scene, &invoice, 4_000).await;
    accept(&scene, id).await;
    scene.go_to("2026-03-03");
    (scene, invoice, id)
}

async fn accept(scene: &Scene, id: DisputeId) {
    let reply = Reply {
        event: DisputeEvent::Accept,
        text: String::new(),
        credit: None,
        until: None,
        actor: Actor::staff("compta@four.example"),
        key: None,
    };
    let state = answer(&scene.world.app, scene.supplier.id, id, reply).await;
    assert_eq!(state.unwrap(), DisputeState::Accepted);
}

async fn dispute(scene: &Scene, id: DisputeId) -> Dispute {
    let supplier = scene.supplier.id;
    let find = move |conn: &mut _| store::dispute::find(conn, supplier, id);
    scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap()
}

async fn state(scene: &Scene, id: DisputeId) -> DisputeState {
    dispute(scene, id).await.state
}

/// How many disputes staff is asked to look at.
async fn asked(scene: &Scene) -> usize {
    let ids = [scene.supplier.id];
    let read = move |conn: &mut _| store::report::unsure(conn, &ids, 9);
    scene
        .world
        .app
        .store
        .read(Across::Inspection, read)
        .await
        .unwrap()
        .len()
}

async fn answers(scene: &Scene) -> usize {
    let all = scene.outbox().await;
    all.iter()
        .filter(|one| one.starts_with("dispute_answer"))
        .count()
}

#[actix_web::test]
async fn an_imported_credit_note_of_the_amount_settles_the_accepted_dispute_once() {
    for backend in backends() {
        let (scene, invoice, id) = accepted(backend).await;
        import(&scene, "2026-03-03", &[INVOICE, NOTE]).await;
        let found = dispute(&scene, id).await;
        assert_eq!(found.state, DisputeState::Credited, "{backend}");
        let note = found.credit.unwrap();
        assert_eq!(
            (note.number.as_str(), note.amount),
            ("AV-1", Money::eur(4_000))
        );
        let now = scene.now(invoice.id).await;
        assert_eq!((now.open, now.disputed), (Money::eur(6_000), Money::eur(0)));
        assert_eq!(balance(&scene).await, 6_000);
        assert_eq!(scene.books(), [(Account::Receivable, 6_000)]);
        assert_eq!(answers(&scene).await, 2, "accepted, then settled");
        // The books name both again, then set them off against each other.
        let set_off = "C1;Société C1;FA;F1;21/01/2026;20/02/2026;100,00;60,00";
        for (day, rows) in [
            ("2026-03-04", &[INVOICE, NOTE][..]),
            ("2026-03-05", &[set_off]),
        ] {
            scene.go_to(day);
            import(&scene, day, rows).await;
            assert_eq!(balance(&scene).await, 6_000, "{day}");
        }
        assert_eq!(scene.books(), [(Account::Receivable, 6_000)]);
        assert_eq!((answers(&scene).await, asked(&scene).await), (2, 0));
    }
}

#[actix_web::test]
async fn the_debtor_is_thanked_once_when_nothing_is_left() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 4_000).await;
        let id = disputed(&scene, &invoice, 4_000).await;
        accept(&scene, id).await;
        scene.go_to("2026-03-03");
        let row = "C1;Société C1;FA;F1;21/01/2026;20/02/2026;40,00;40,00";
        import(&scene, "2026-03-03", &[row, NOTE]).await;
        assert_eq!(balance(&scene).await, 0);
        let app = &scene.world.app;
        while deliver::run(app).await.unwrap().sent > 0 {}
        let mut thanked = 0;
        for one in mailbox::list(app, None).await.unwrap().0 {
            let (_, read) = mailbox::open(app, one.id).await.unwrap();
            thanked += usize::from(read.text.contains("nous vous remercions"));
        }
        assert_eq!(thanked, 1, "{backend}");
    }
}

#[actix_web::test]
async fn a_dispute_without_answer_is_shown_the_note_and_stays_open() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = disputed(&scene, &invoice, 4_000).await;
        scene.go_to("2026-03-03");
        for _ in 0..2 {
            import(&scene, "2026-03-03", &[INVOICE, NOTE]).await;
            assert_eq!(state(&scene, id).await, DisputeState::Open);
            assert_eq!(asked(&scene).await, 1, "{backend}");
        }
        let trail = "SELECT action AS value FROM audit WHERE action = 'dispute.unsure'";
        assert_eq!(scene.world.conn().read_sql(trail).unwrap().len(), 1);
        credit(&scene, id, "AV-1", 4_000).await.unwrap();
        assert_eq!((balance(&scene).await, asked(&scene).await), (6_000, 0));
    }
}

#[actix_web::test]
async fn of_two_notes_alike_staff_chooses_and_is_not_asked_when_they_are_gone() {
    for backend in backends() {
        let (scene, _, id) = accepted(backend).await;
        let other = NOTE.replace("AV-1", "AV-2");
        import(&scene, "2026-03-03", &[INVOICE, NOTE, &other]).await;
        assert_eq!(state(&scene, id).await, DisputeState::Accepted);
        assert_eq!(asked(&scene).await, 1, "{backend}");
        scene.go_to("2026-03-04");
        import(&scene, "2026-03-04", &[INVOICE]).await;
        assert_eq!(asked(&scene).await, 0, "the books took both away");
        scene.go_to("2026-03-05");
        import(&scene, "2026-03-05", &[INVOICE, &other]).await;
        assert_eq!(state(&scene, id).await, DisputeState::Credited);
        assert_eq!(balance(&scene).await, 6_000);
    }
}

/// Imports rows that have an order number, which credit notes use for the invoice they correct.
async fn import_named(scene: &Scene, lines: &[&str]) {
    let titles = "Code client;Nom;Type;N° pièce;Date;Date d'échéance;Montant TTC;Reste dû;\
                  N° commande";
    let text = format!("{titles}\n{}\n", lines.join("\n"));
    let order = ImportOrder {
        supplier: scene.supplier.id,
        file_name: "balance.csv".into(),
        as_of: "2026-03-03".parse().unwrap(),
        complete: true,
        mapping: None,
    };
    let source = std::io::Cursor::new(text.into_bytes());
    let done = run(&scene.world.app, order, source).await.unwrap();
    assert_eq!(done.rows_bad, 0, "{:?}", done.errors);
}

#[actix_web::test]
async fn a_note_that_names_the_invoice_is_taken_before_one_of_the_amount() {
    for backend in backends() {
        let (scene, invoice, id) = accepted(backend).await;
        let row = format!("{INVOICE};");
        let named = "C1;Société C1;AV;AV-9;03/03/2026;03/03/2026;-50,00;-50,00;F1";
        let alike = format!("{NOTE};");
        import_named(&scene, &[&row, named, &alike]).await;
        let note = dispute(&scene, id).await.credit.unwrap();
        assert_eq!(
            (note.number.as_str(), note.amount),
            ("AV-9", Money::eur(4_000))
        );
        assert_eq!(scene.now(invoice.id).await.open, Money::eur(6_000));
        assert_eq!(
            balance(&scene).await,
            1_000,
            "{backend}: 10.00 and 40.00 are unused"
        );
    }
}

#[actix_web::test]
async fn a_note_that_names_another_invoice_is_no_answer() {
    for backend in backends() {
        let (scene, _, id) = accepted(backend).await;
        scene.invoice("F2", 20_000).await;
        let row = format!("{INVOICE};");
        let other = "C1;Société C1;FA;F2;21/01/2026;20/02/2026;200,00;200,00;";
        let note = format!("{NOTE};F2");
        import_named(&scene, &[&row, other, &note]).await;
        assert_eq!(state(&scene, id).await, DisputeState::Accepted);
        assert_eq!(asked(&scene).await, 0, "{backend}");
    }
}

#[actix_web::test]
async fn an_invoice_that_comes_back_lower_settles_what_was_accepted() {
    let left = |open: &str| format!("C1;Société C1;FA;F1;21/01/2026;20/02/2026;100,00;{open}");
    for (row, expected, open, asked_for) in [
        (Some(left("60,00")), DisputeState::Credited, 6_000, 0),
        (None, DisputeState::Credited, 0, 0),
        (Some(left("30,00")), DisputeState::Accepted, 3_000, 1),
        (Some(left("100,00")), DisputeState::Accepted, 10_000, 0),
    ] {
        for backend in backends() {
            let (scene, invoice, id) = accepted(backend).await;
            let other = "C1;Société C1;FA;F0;21/01/2026;20/02/2026;5,00;5,00";
            let rows: Vec<&str> = row.as_deref().into_iter().chain([other]).collect();
            for _ in 0..2 {
                import(&scene, "2026-03-03", &rows).await;
            }
            let found = dispute(&scene, id).await;
            assert_eq!(
                (found.state, found.credit),
                (expected, None),
                "{backend} {row:?}"
            );
            let now = scene.now(invoice.id).await;
            let held = if expected == DisputeState::Credited {
                0
            } else {
                4_000
            };
            assert_eq!((now.open.minor(), now.disputed.minor()), (open, held));
            assert_eq!(asked(&scene).await, asked_for, "{backend} {row:?}");
            assert_eq!(answers(&scene).await, if held == 0 { 2 } else { 1 });
        }
    }
}

/// The rest is paid here; the books show the payment and the correction in one sum.
#[actix_web::test]
async fn a_payment_made_here_is_not_taken_for_the_correction() {
    for backend in backends() {
        let (scene, invoice, id) = accepted(backend).await;
        let paid = scene.announce(&[share(&invoice, 4_000)]).await.unwrap();
        assert!(scene.receive(paid, 4_000, "2026-03-03").await);
        let row = "C1;Société C1;FA;F1;21/01/2026;20/02/2026;100,00;60,00";
        import(&scene, "2026-03-03", &[row]).await;
        assert_eq!(state(&scene, id).await, DisputeState::Accepted, "{backend}");
        scene.go_to("2026-03-04");
        let row = "C1;Société C1;FA;F1;21/01/2026;20/02/2026;100,00;20,00";
        import(&scene, "2026-03-04", &[row]).await;
        assert_eq!(state(&scene, id).await, DisputeState::Credited, "{backend}");
        assert_eq!(scene.now(invoice.id).await.open, Money::eur(2_000));
    }
}
