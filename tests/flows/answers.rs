//! What a bank says of a file of debits, and of each debit of it: taken, refused, sent back.

use acquit::flows::collect::{Made, end_to_end_id};
use acquit::flows::debit_answer::{self, Answered};
use acquit::flows::promise::{self, Pledge, Way};
use acquit::flows::returned::{Returned, returned};
use acquit::flows::{Actor, FlowError, batch, deliver};
use acquit::store::{self, Across};
use domain::collection::{CollectionState, EndKind};
use domain::invoice::Share;
use domain::ledger::Account;
use domain::mandate::{MandateState, Usage};
use domain::reason_code::Action;
use domain::{CollectionId, Money, PromiseId};

use super::debit::{collection, debit, file, mandate};
use super::plan::judge_on;
use super::{Scene, share};
use crate::support::databases::backends;

/// Makes a file of what is announced, has it approved, and takes it out.
async fn handed_in(scene: &Scene) -> Made {
    deliver::run(&scene.world.app).await.unwrap();
    let made = file(scene).await.expect("an announced debit");
    let (app, supplier, id) = (&scene.world.app, scene.supplier.id, made.batch.id);
    let second = || Actor::staff("direction@four.example");
    batch::approve(app, supplier, id, second()).await.unwrap();
    batch::export(app, supplier, id, second()).await.unwrap();
    made
}

fn answer(made: &Made, content: &str) -> Vec<u8> {
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>\
         <GrpHdr><MsgId>A</MsgId><CreDtTm>2026-03-03T09:00:00</CreDtTm></GrpHdr>\
         <OrgnlGrpInfAndSts><OrgnlMsgId>{}</OrgnlMsgId>\
         <OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>{content}</CstmrPmtStsRpt></Document>",
        made.batch.message_id
    )
    .into_bytes()
}

/// A refused debit of the first block.
fn refused(made: &Made, end_to_end: &str, code: &str) -> Vec<u8> {
    let id = &made.batch.message_id;
    let content = format!(
        "</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>{id}-1</OrgnlPmtInfId>\
         <TxInfAndSts><OrgnlEndToEndId>{end_to_end}</OrgnlEndToEndId><TxSts>RJCT</TxSts>\
         <StsRsnInf><Rsn><Cd>{code}</Cd></Rsn><AddtlInf>Motif</AddtlInf></StsRsnInf>\
         </TxInfAndSts></OrgnlPmtInfAndSts>"
    );
    answer(made, &content)
}

async fn read(scene: &Scene, bytes: Vec<u8>) -> Result<Answered, FlowError> {
    let (app, supplier) = (&scene.world.app, scene.supplier.id);
    debit_answer::run(app, supplier, "answer.xml", bytes, Actor::job("bank")).await
}

async fn end(scene: &Scene, id: CollectionId, what: (EndKind, &str, i64)) -> Option<Action> {
    let (supplier, now) = (scene.supplier.id, scene.at());
    let told = Returned {
        collection: id,
        kind: what.0,
        reason: what.1.into(),
        text: String::new(),
        day: scene.supplier.zone.day(now),
        fee: Money::eur(what.2),
        actor: Actor::job("bank"),
    };
    let back = move |conn: &mut _| returned(conn, supplier, &told, now);
    let store = &scene.world.app.store;
    store.write(Across::Inspection, back).await.unwrap()
}

fn column(scene: &Scene, sql: &str) -> Vec<String> {
    scene.world.conn().read_sql(sql).unwrap()
}

fn states(scene: &Scene, table: &str) -> Vec<String> {
    column(
        scene,
        &format!("SELECT state AS value FROM {table} ORDER BY id"),
    )
}

#[actix_web::test]
async fn a_file_refused_whole_is_dead_and_its_invoices_are_due() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (one, two) = (
            scene.invoice("F1", 4_000).await,
            scene.invoice("F2", 500).await,
        );
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        for (invoice, cents, key) in [(&one, 4_000, "a"), (&two, 500, "b")] {
            debit(&scene, mandate, &[share(invoice, cents)], key)
                .await
                .unwrap();
        }
        let made = handed_in(&scene).await;
        assert_eq!(states(&scene, "collection"), ["submitted", "submitted"]);
        let dead = "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>\
                    </OrgnlGrpInfAndSts>";
        let done = read(&scene, answer(&made, dead)).await.unwrap();
        assert_eq!((done.rejected, done.accepted), (2, 0));
        assert_eq!(states(&scene, "batch"), ["rejected"]);
        assert_eq!(states(&scene, "collection"), ["rejected", "rejected"]);
        assert_eq!(states(&scene, "payment"), ["failed", "failed"]);
        for invoice in [one, two] {
            let now = scene.now(invoice.id).await;
            assert_eq!((now.reserved, now.open), (Money::eur(0), invoice.open));
        }
        let again = read(&scene, answer(&made, dead)).await.unwrap();
        assert_eq!((again.rejected, again.known), (0, 2), "{backend}");
        assert_eq!(file(&scene).await, None, "the operator corrects first");
        let told = scene.outbox().await;
        assert_eq!(
            told.iter()
                .filter(|one| one.starts_with("debit_ended"))
                .count(),
            2
        );
    }
}

#[actix_web::test]
async fn what_a_bank_takes_is_no_money_yet() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 4_000).await;
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        debit(&scene, mandate, &[share(&invoice, 4_000)], "a")
            .await
            .unwrap();
        let made = handed_in(&scene).await;
        for status in ["RCVC", "PDNG", "PART"] {
            let open = format!("<GrpSts>{status}</GrpSts></OrgnlGrpInfAndSts>");
            let done = read(&scene, answer(&made, &open)).await.unwrap();
            assert_eq!(
                (done.accepted, states(&scene, "batch")),
                (0, vec!["exported".into()])
            );
        }
        let taken = "<GrpSts>ACTC</GrpSts></OrgnlGrpInfAndSts>";
        assert_eq!(
            read(&scene, answer(&made, taken)).await.unwrap().accepted,
            1
        );
        assert_eq!(states(&scene, "batch"), ["accepted"]);
        assert_eq!(states(&scene, "collection"), ["accepted"]);
        assert_eq!(states(&scene, "payment"), ["processing"]);
        assert_eq!(
            read(&scene, answer(&made, taken)).await.unwrap().accepted,
            0
        );
        let now = scene.now(invoice.id).await;
        assert_eq!(
            (now.open, now.reserved),
            (Money::eur(4_000), Money::eur(4_000)),
            "{backend}"
        );
    }
}

#[actix_web::test]
async fn want_of_money_is_tried_again_once_with_a_new_notice() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 4_000).await;
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        let first = debit(&scene, mandate, &[share(&invoice, 4_000)], "a")
            .await
            .unwrap();
        let made = handed_in(&scene).await;
        let id = end_to_end_id(&collection(&scene, first).await);
        let done = read(&scene, refused(&made, &id, "AM04")).await.unwrap();
        assert_eq!((done.rejected, done.unknown), (1, Vec::new()));
        assert_eq!(states(&scene, "collection"), ["rejected", "planned"]);
        assert_eq!(scene.now(invoice.id).await.reserved, Money::eur(4_000));
        assert_eq!(file(&scene).await, None, "not announced yet");
        scene.go_to("2026-03-03");
        let made = handed_in(&scene).await;
        assert_eq!(made.batch.debits, 1);
        let sent = scene.outbox().await;
        let notices = sent.iter().filter(|one| *one == "debit_notice sent");
        assert_eq!(notices.count(), 2, "{backend}: announced anew: {sent:?}");
        let xml = String::from_utf8(made.file.clone()).unwrap();
        assert!(!xml.contains(&id), "a new end-to-end id");
        let second = xml.split("<EndToEndId>").nth(1).unwrap();
        let second = second.split('<').next().unwrap();
        read(&scene, refused(&made, second, "AM04")).await.unwrap();
        assert_eq!(states(&scene, "collection"), ["rejected", "rejected"]);
        assert_eq!(scene.now(invoice.id).await.reserved, Money::eur(0));
        let actions = column(
            &scene,
            "SELECT action AS value FROM debit_return ORDER BY collection_id",
        );
        assert_eq!(actions, ["retry", "human"]);
    }
}

#[actix_web::test]
async fn each_reason_leads_to_its_action() {
    for backend in backends() {
        for (code, action, mandate_is, disputed) in [
            ("AC04", Action::AskAccount, MandateState::Suspended, 0),
            ("AC06", Action::Human, MandateState::Suspended, 0),
            ("MD01", Action::Dispute, MandateState::Suspended, 4_000),
            ("MS02", Action::Dispute, MandateState::Active, 4_000),
            ("RC01", Action::Correct, MandateState::Active, 0),
            ("MD07", Action::Human, MandateState::Suspended, 0),
            ("ZZ99", Action::Human, MandateState::Active, 0),
        ] {
            let scene = Scene::new(backend).await;
            let invoice = scene.invoice("F1", 4_000).await;
            let signed = mandate(&scene, Usage::Recurring, "m").await;
            let id = debit(&scene, signed, &[share(&invoice, 4_000)], "a")
                .await
                .unwrap();
            handed_in(&scene).await;
            let done = end(&scene, id, (EndKind::Reject, code, 0)).await;
            assert_eq!(done, Some(action), "{code}");
            let place = format!("{backend} {code}");
            assert_eq!(states(&scene, "mandate"), [mandate_is.as_str()], "{place}");
            let now = scene.now(invoice.id).await;
            assert_eq!(
                (now.disputed, now.reserved),
                (Money::eur(disputed), Money::eur(0)),
                "{place}"
            );
            let told = scene
                .outbox()
                .await
                .iter()
                .any(|one| one.starts_with("debit_ended"));
            assert_eq!(
                told,
                code != "MD07",
                "{place}: nothing is written to the dead"
            );
        }
    }
}

/// A debit that was promised, handed in, and arrived; its promise.
async fn arrived(scene: &Scene, shares: Vec<Share>) -> (CollectionId, PromiseId) {
    let signed = mandate(scene, Usage::Recurring, "m").await;
    let pledge = Pledge {
        shares,
        due_on: "2026-03-10".parse().unwrap(),
        key: "p".into(),
    };
    let (app, way) = (&scene.world.app, Way::Debit(signed));
    let promised = promise::make_by(app, scene.visitor, pledge, way, None);
    let promised = promised.await.unwrap();
    handed_in(scene).await;
    let id = column(scene, "SELECT id AS value FROM collection").remove(0);
    let debit = collection(scene, id.parse().unwrap()).await;
    assert_eq!(debit.state, CollectionState::Submitted);
    scene.go_to("2026-03-10");
    scene.receive(debit.payment, 4_000, "2026-03-10").await;
    let settled = "UPDATE collection SET state = 'settled'";
    scene.world.conn().run_sql(settled).unwrap();
    (debit.id, promised)
}

async fn grown(scene: &Scene, day: &str) -> Vec<String> {
    scene.go_to(day);
    let grow = batch::grow(&scene.world.app, scene.supplier.id);
    grow.await.unwrap();
    states(scene, "batch")
}

/// Settled, refunded after six weeks: reminders go on where they were, the promise is judged again,
/// the debtor is told, and the fee is apart.
#[actix_web::test]
async fn a_refund_weeks_later_opens_the_invoice_again() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 4_000).await;
        judge_on(&scene, "2026-03-02").await;
        assert_eq!(scene.outbox().await, ["reminder_1 due"]);
        let (id, _) = arrived(&scene, vec![share(&invoice, 4_000)]).await;
        assert_eq!(grown(&scene, "2026-03-11").await, ["settled"]);
        assert_eq!(grown(&scene, "2026-03-16").await, ["settled"]);
        assert_eq!(grown(&scene, "2026-03-17").await, ["firm"], "{backend}");
        assert_eq!(collection(&scene, id).await.state, CollectionState::Firm);
        scene.go_to("2026-04-21");
        let refund = (EndKind::Refund, "MD06", 300);
        assert_eq!(end(&scene, id, refund).await, Some(Action::Dispute));
        assert_eq!(end(&scene, id, refund).await, None, "told twice");
        assert_eq!(states(&scene, "collection"), ["refunded"]);
        assert_eq!(states(&scene, "payment"), ["returned"]);
        assert_eq!(states(&scene, "promise"), ["broken"], "judged again");
        let now = scene.now(invoice.id).await;
        let all = Money::eur(4_000);
        assert_eq!((now.open, now.disputed), (all, all));
        let books = [
            (Account::Receivable, 4_000),
            (Account::Bank, -300),
            (Account::BankFee, 300),
        ];
        let mut found = scene.books();
        found.sort_by_key(|(account, _)| books.iter().position(|(one, _)| one == account));
        assert_eq!(found, books, "{backend}");
        assert!(scene.outbox().await.contains(&"debit_ended due".to_owned()));
    }
}

/// Cents that debtors may still have refunded on demand.
fn refundable(scene: &Scene) -> i64 {
    let mut conn = scene.world.conn();
    let sum = store::collection::refundable(&mut conn, scene.supplier.id);
    sum.unwrap().minor()
}

/// Nothing that the money paid comes back after eight weeks by itself.
#[actix_web::test]
async fn a_file_is_closed_after_eight_weeks() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 4_000).await;
        let (id, _) = arrived(&scene, vec![share(&invoice, 4_000)]).await;
        for day in ["2026-03-11", "2026-03-17", "2026-05-05"] {
            assert_ne!(grown(&scene, day).await, ["closed"], "{backend} {day}");
            assert_eq!(refundable(&scene), 4_000, "{backend} {day}");
        }
        assert_eq!(grown(&scene, "2026-05-06").await, ["closed"]);
        assert_eq!(refundable(&scene), 0, "{backend}");
        assert_eq!(collection(&scene, id).await.state, CollectionState::Closed);
        let late = end(&scene, id, (EndKind::Refund, "MD01", 0)).await;
        assert_eq!(late, Some(Action::Dispute), "unauthorised: 13 months");
    }
}

/// A fee that the statement tells after the answer told the return is booked, once.
#[actix_web::test]
async fn a_fee_told_later_is_booked_once() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 4_000).await;
        let (id, _) = arrived(&scene, vec![share(&invoice, 4_000)]).await;
        for fee in [0, 250, 250] {
            end(&scene, id, (EndKind::Return, "AC04", fee)).await;
        }
        let fees: Vec<_> = scene.books().into_iter().collect();
        assert!(
            fees.contains(&(Account::BankFee, 250)),
            "{backend}: {fees:?}"
        );
    }
}

#[actix_web::test]
async fn an_answer_to_another_file_changes_nothing() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 4_000).await;
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        debit(&scene, mandate, &[share(&invoice, 4_000)], "a")
            .await
            .unwrap();
        let made = handed_in(&scene).await;
        let mut other = made.clone();
        other.batch.message_id = "OTHER".into();
        let taken = "<GrpSts>ACTC</GrpSts></OrgnlGrpInfAndSts>";
        let refusal = read(&scene, answer(&other, taken)).await.unwrap_err();
        assert!(refusal.to_string().contains("'OTHER'"), "{refusal}");
        let unreadable = read(&scene, b"<!DOCTYPE x><x/>".to_vec())
            .await
            .unwrap_err();
        assert!(unreadable.to_string().contains("DOCTYPE"), "{unreadable}");
        assert_eq!(
            column(&scene, "SELECT id AS value FROM bank_file"),
            Vec::<String>::new()
        );
        let done = read(&scene, refused(&made, "E-UNKNOWN", "AC04"))
            .await
            .unwrap();
        assert_eq!(
            (done.rejected, done.unknown),
            (0, vec!["E-UNKNOWN".to_owned()])
        );
        assert_eq!(states(&scene, "collection"), ["submitted"], "{backend}");
    }
}
