//! Letters: addresses, batches, what proves that they left.

use acquit::flows::letters::{self as flow, Proof};
use acquit::flows::{Actor, dispute, postal};
use acquit::store::outbox::NewMessage;
use acquit::store::{self, Across};
use domain::dispute::Reason;
use domain::invoice::Invoice;
use domain::letter::Deposit;
use domain::message::{MessageKind, MessageState};
use domain::party::{Contact, Debtor, Supplier};
use domain::postal::PostalAddress;
use domain::scenario::Channel;
use domain::{LetterBatchId, MessageId};

use super::*;
use crate::support::files::pdf;
use crate::support::pdf::Pdf;
use crate::support::world::World;

/// A message that staff has to send.
pub(super) async fn due(
    world: &World,
    (debtor, contact): (&Debtor, &Contact),
    (kind, channel): (MessageKind, Channel),
    invoices: &[&Invoice],
) -> MessageId {
    let new = NewMessage {
        id: acquit::clock::new_id(),
        supplier: debtor.supplier,
        debtor: debtor.id,
        contact: contact.id,
        kind,
        channel,
        dedup: format!("test:{}", acquit::clock::new_id::<MessageId>()),
        due_at: world.app.now(),
        about: String::new(),
        invoices: invoices.iter().map(|item| item.id).collect(),
    };
    let id = new.id;
    world
        .write(move |conn| Ok(store::outbox::enqueue(conn, &new)?))
        .await;
    id
}

/// How a message stands.
pub(super) async fn state(world: &World, supplier: &Supplier, id: MessageId) -> MessageState {
    let supplier = supplier.id;
    let read = move |conn: &mut store::Conn| Ok(store::outbox::find(conn, supplier, id)?.state);
    let read = world.app.store.read(Across::Inspection, read);
    read.await.unwrap()
}

async fn address(world: &World, debtor: &Debtor) {
    let address = PostalAddress::of(&["8 rue de la Gare"], "44000", "Nantes", "");
    let whose = (debtor.supplier, debtor.id);
    postal::set(&world.app, whose, Some(address), Actor::job("test"))
        .await
        .unwrap();
}

pub(super) async fn reminded(
    world: &World,
    supplier: &Supplier,
    (code, kind): (&str, MessageKind),
) -> (Debtor, Contact, Invoice, MessageId) {
    let (debtor, contact) = world.debtor(supplier, code).await;
    address(world, &debtor).await;
    let number = format!("FA-{code}");
    let invoice = world.invoice(&debtor, &number, 120_000, "2026-10-01").await;
    let of = (&debtor, &contact);
    let id = due(world, of, (kind, Channel::Letter), &[&invoice]).await;
    (debtor, contact, invoice, id)
}

/// A batch with a registered letter whose deposit is proved.
pub(super) async fn proved(world: &World, supplier: &Supplier) -> (LetterBatchId, MessageId) {
    let (_, _, _, id) = reminded(world, supplier, ("C9", MessageKind::FormalNotice)).await;
    let batch: LetterBatchId = acquit::clock::new_id();
    let job = || Actor::job("test");
    flow::print(&world.app, supplier.id, (batch, vec![id]), job())
        .await
        .unwrap()
        .unwrap();
    let reference = domain::letter::reference(id);
    let proof = Proof {
        name: format!("{reference}.pdf"),
        bytes: pdf(),
    };
    let deposit = Deposit {
        reference,
        tracking: "1A23456789012".into(),
        on: supplier.zone.day(world.app.now()),
    };
    let whose = (supplier.id, batch);
    flow::track(&world.app, whose, vec![deposit], job())
        .await
        .unwrap();
    flow::prove(&world.app, whose, vec![proof], job())
        .await
        .unwrap();
    (batch, id)
}

pub(super) async fn file(world: &World, supplier: &Supplier, batch: LetterBatchId) -> Vec<u8> {
    let supplier = supplier.id;
    let read = move |conn: &mut store::Conn| store::letter::file(conn, supplier, batch);
    let read = world.app.store.read(Across::Inspection, read);
    read.await.unwrap()
}

async fn declare(world: &World, (debtor, contact): (&Debtor, &Contact), invoice: &Invoice) {
    let (_, visitor) = world.link(debtor, contact).await;
    let declared = dispute::Declaration {
        invoice: invoice.id,
        reason: Reason::Price,
        amount: None,
        lines: Vec::new(),
        text: String::new(),
        key: "0123456789abcdef".into(),
    };
    dispute::declare(&world.app, visitor, declared)
        .await
        .unwrap();
}

#[actix_web::test]
async fn letters_are_printed_once_and_what_is_disputed_is_left_out() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (_, _, _, one) = reminded(world, &boreal, ("C1", MessageKind::Reminder1)).await;
        let (_, _, _, two) = reminded(world, &boreal, ("C2", MessageKind::Reminder2)).await;
        let (third, contact, disputed, three) =
            reminded(world, &boreal, ("C3", MessageKind::Reminder1)).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let page = browser.get("/staff/boreal/letters").await;
        page.shows(&["Société C1", "Société C2", "Société C3", "1\u{202f}200,00"]);
        let (csrf, key) = (page.csrf(), page.field("key"));
        declare(world, (&third, &contact), &disputed).await;
        let ids = [one, two, three].map(|id| id.to_string());
        let mut fields = vec![("csrf", csrf.as_str()), ("key", key.as_str())];
        fields.extend(ids.iter().map(|id| ("m", id.as_str())));
        let forged = browser.post("/staff/boreal/letters", &fields[1..]).await;
        assert_eq!(forged.status, 403);
        let printed = browser.post("/staff/boreal/letters", &fields).await;
        assert_eq!(printed.status, 303, "{}", printed.text);
        let batch = printed.to().to_owned();
        let again = browser.post("/staff/boreal/letters", &fields).await;
        assert_eq!((again.status, again.to()), (303, batch.as_str()));
        assert_eq!(state(world, &boreal, three).await, MessageState::Cancelled);
        assert_eq!(state(world, &boreal, one).await, MessageState::Data);
        let id: LetterBatchId = batch.rsplit('/').next().unwrap().parse().unwrap();
        let bytes = file(world, &boreal, id).await;
        let text = Pdf::of(&bytes).text();
        for wanted in [
            "Société C1",
            "44000 NANTES",
            "Deuxième rappel",
            "/l/",
            "1 200,00 €",
        ] {
            assert!(text.contains(wanted), "no “{wanted}” in\n{text}");
        }
        // No account is named in a letter.
        assert!(
            !text.contains("Société C3") && !text.contains("FR76"),
            "{text}"
        );
        // The delivery job leaves them alone.
        acquit::flows::deliver::run(&world.app).await.unwrap();
        assert_eq!(state(world, &boreal, one).await, MessageState::Data);
        let file = format!("{batch}/file");
        let (got, same) = (browser.get(&file).await, browser.get(&file).await);
        assert_eq!(got.header("content-type"), "application/pdf");
        assert!(got.text == same.text && got.text.starts_with("%PDF"));
    }
}

#[actix_web::test]
async fn printed_letters_are_posted_on_a_day_or_wait_again() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (first, _, _, one) = reminded(world, &boreal, ("C1", MessageKind::Reminder1)).await;
        let (_, _, _, two) = reminded(world, &boreal, ("C2", MessageKind::Reminder2)).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let id: LetterBatchId = acquit::clock::new_id();
        flow::print(&world.app, boreal.id, (id, vec![]), Actor::job("test"))
            .await
            .unwrap()
            .unwrap();
        let batch = format!("/staff/boreal/letters/{id}");
        let ids = [one, two].map(|id| id.to_string());
        let sheet = browser.get(&batch).await;
        let csrf = sheet.csrf();
        sheet.shows(&["2 lettres", "44000 NANTES", "imprimée"]);
        let wrong = [
            ("csrf", csrf.as_str()),
            ("deed", "post"),
            ("m", ids[0].as_str()),
            ("on", "2026-11-19"),
        ];
        let refused = browser.post(&batch, &wrong).await;
        assert_eq!(refused.status, 422);
        refused.shows(&["entre l’impression et aujourd’hui", "href=\"#on\""]);
        let right = [wrong[0], wrong[1], wrong[2], ("on", TODAY)];
        for _ in 0..2 {
            assert_eq!(browser.post(&batch, &right).await.status, 303);
        }
        assert_eq!(state(world, &boreal, one).await, MessageState::Sent);
        let held = [wrong[0], ("deed", "hold"), ("m", ids[1].as_str())];
        assert_eq!(browser.post(&batch, &held).await.status, 303);
        assert_eq!(state(world, &boreal, two).await, MessageState::Retry);
        let waits = browser.get("/staff/boreal/letters").await;
        waits.shows(&["Société C2"]);
        assert!(!waits.text.contains("Société C1"));
        let customer = format!("/staff/boreal/debtors/{}", first.id);
        let customer = browser.get(&customer).await;
        customer.shows(&["(lettre)", "postée", ".pdf", "44000 NANTES"]);
        let copy = browser.get(&format!("/staff/messages/{one}")).await;
        assert_eq!(copy.header("content-type"), "application/pdf");
        assert!(copy.header("content-disposition").ends_with(".pdf\""));
        let ocean = world.supplier("ocean").await;
        let stranger = site
            .enter("compta@ocean.example", &ocean, StaffRole::Admin)
            .await;
        for path in [&batch, &format!("{batch}/file")] {
            let theirs = path.replace("boreal", "ocean");
            assert_eq!(stranger.get(path).await.status, 404);
            assert_eq!(stranger.get(&theirs).await.status, 404);
        }
    }
}
