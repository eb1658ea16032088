//! Letters: addresses, batches, what proves that they left.

use acquit::flows::letters::{self as flow, Proof};
use acquit::flows::{Actor, by_hand, dispute, postal};
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

async fn reminded(
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

async fn file(world: &World, supplier: &Supplier, batch: LetterBatchId) -> Vec<u8> {
    let supplier = supplier.id;
    let read = move |conn: &mut store::Conn| store::letter::file(conn, supplier, batch);
    let read = world.app.store.read(Across::Inspection, read);
    read.await.unwrap()
}

#[actix_web::test]
async fn letters_are_printed_once_posted_or_held_and_what_is_disputed_is_left_out() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (first, _, _, one) = reminded(world, &boreal, ("C1", MessageKind::Reminder1)).await;
        let (_, _, _, two) = reminded(world, &boreal, ("C2", MessageKind::Reminder2)).await;
        let (third, contact, disputed, three) =
            reminded(world, &boreal, ("C3", MessageKind::Reminder1)).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let page = browser.get("/staff/boreal/letters").await;
        page.shows(&["Société C1", "Société C2", "Société C3", "1\u{202f}200,00"]);
        let (csrf, key) = (page.csrf(), page.field("key"));
        let (_, visitor) = world.link(&third, &contact).await;
        let declared = dispute::Declaration {
            invoice: disputed.id,
            reason: Reason::Price,
            amount: None,
            lines: Vec::new(),
            text: String::new(),
            key: "0123456789abcdef".into(),
        };
        dispute::declare(&world.app, visitor, declared)
            .await
            .unwrap();
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
        let paper = Pdf::of(&bytes);
        let text = paper.text();
        for wanted in [
            "Société C1",
            "8 rue de la Gare",
            "44000 NANTES",
            "FA-C2",
            "Deuxième rappel",
            "/l/",
            "1 200,00 €",
        ] {
            assert!(text.contains(wanted), "no “{wanted}” in\n{text}");
        }
        assert!(!text.contains("Société C3"), "{text}");
        assert!(!text.contains("FR76"), "no account is named in a letter");
        // Printed links work, and a delivery afterwards does not send them again.
        acquit::flows::deliver::run(&world.app).await.unwrap();
        assert_eq!(state(world, &boreal, one).await, MessageState::Data);
        let file = format!("{batch}/file");
        let (got, same) = (browser.get(&file).await, browser.get(&file).await);
        assert_eq!(got.header("content-type"), "application/pdf");
        assert!(got.text == same.text && got.text.starts_with("%PDF"));
        let sheet = browser.get(&batch).await;
        sheet.shows(&["2 lettres", "44000 NANTES", "imprimée"]);
        let wrong = [
            ("csrf", csrf.as_str()),
            ("deed", "post"),
            ("m", &ids[0]),
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
        let held = [wrong[0], ("deed", "hold"), ("m", &ids[1])];
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
        for path in [&batch, &file] {
            let theirs = path.replace("boreal", "ocean");
            assert_eq!(stranger.get(path).await.status, 404);
            assert_eq!(stranger.get(&theirs).await.status, 404);
        }
    }
}

#[actix_web::test]
async fn a_formal_notice_counts_as_sent_only_with_its_tracking_number_and_day() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let terms = domain::late::Terms {
            interest: true,
            indemnity: true,
            contract: None,
            country: domain::late::country("FR"),
            added: domain::late::Added::default(),
        };
        acquit::flows::late::set_terms(&world.app, boreal.id, terms)
            .await
            .unwrap();
        let (debtor, _, _, id) = reminded(world, &boreal, ("C1", MessageKind::FormalNotice)).await;
        let batch: LetterBatchId = acquit::clock::new_id();
        flow::print(&world.app, boreal.id, (batch, vec![]), Actor::job("test"))
            .await
            .unwrap()
            .unwrap();
        let text = Pdf::of(&file(world, &boreal, batch).await).text();
        for wanted in [
            "Mise en demeure de payer",
            "Décompte",
            "40,00 €",
            "Intérêts de retard",
            "L441-10",
            "28/11/2026",
        ] {
            assert!(text.contains(wanted), "no “{wanted}” in\n{text}");
        }
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let path = format!("/staff/boreal/letters/{batch}");
        let page = browser.get(&path).await;
        let (csrf, reference) = (page.csrf(), domain::letter::reference(id));
        page.shows(&["recommandée", &reference]);
        let post = [
            ("csrf", csrf.as_str()),
            ("deed", "post"),
            ("on", TODAY),
            ("m", &id.to_string()),
        ];
        assert_eq!(browser.post(&path, &post).await.status, 303);
        assert_eq!(state(world, &boreal, id).await, MessageState::Data);
        let folder = browser.get(&format!("{path}/folder")).await;
        assert!(folder.text.starts_with("PK"));
        folder.shows(&[
            "manifest.csv",
            &format!("{reference}-formal-notice.pdf;yes"),
        ]);
        let fields = [("csrf", csrf.as_str()), ("deed", "track")];
        for (table, why) in [
            (
                "reference;tracking;day\nL0000000000;1A23456789012;2026-11-20\n",
                "L0000000000",
            ),
            (&*format!("a;b;c\n{reference};12;2026-11-20\n"), "line 2"),
            (
                &*format!("a;b;c\n{reference};1A23456789012;2026-11-31\n"),
                "line 2",
            ),
            (
                &*format!("a;b;c\n{reference};1A23456789012;2026-11-25\n"),
                "between",
            ),
        ] {
            let bytes = table.as_bytes().to_vec();
            let refused = browser
                .post_files(&path, &fields, &[("retour.csv", bytes)])
                .await;
            assert_eq!(refused.status, 422, "{table}");
            refused.shows(&["n’est pas enregistré", why]);
            assert_eq!(state(world, &boreal, id).await, MessageState::Data);
        }
        let table = format!("a;b;c\n{reference};1A 234 567 8901 2;20/11/2026\n");
        let proof = format!("{reference}-depot.pdf");
        let files = [("retour.csv", table.into_bytes()), (proof.as_str(), pdf())];
        for _ in 0..2 {
            let taken = browser.post_files(&path, &fields, &files).await;
            assert_eq!(taken.status, 303, "{}", taken.text);
        }
        assert_eq!(state(world, &boreal, id).await, MessageState::Sent);
        browser
            .get(&path)
            .await
            .shows(&["1A23456789012", "Preuve de dépôt", "postée"]);
        let kept = browser.get(&format!("{path}/proof/{id}")).await;
        assert_eq!(kept.header("content-type"), "application/pdf");
        let trail = world.conn().read_sql(&format!(
            "SELECT detail AS value FROM audit WHERE action = 'letter.posted'
             AND debtor_id = '{}'",
            debtor.id
        ));
        assert_eq!(trail.unwrap(), ["posted on 2026-11-20 as 1A23456789012"]);
    }
}

#[actix_web::test]
async fn what_waits_for_staff_is_called_off_once_nothing_is_left_to_ask_for() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact, invoice, letter) =
            reminded(world, &boreal, ("C1", MessageKind::Reminder1)).await;
        let of = (&debtor, &contact);
        let kind = (MessageKind::Reminder1, Channel::Call);
        let call = due(world, of, kind, &[&invoice]).await;
        let look = || by_hand::silence(&world.app, boreal.id);
        assert_eq!(look().await.unwrap(), 0);
        let (_, visitor) = world.link(&debtor, &contact).await;
        let pledge = acquit::flows::promise::Pledge {
            shares: vec![domain::invoice::Share {
                invoice: invoice.id,
                amount: invoice.open,
            }],
            due_on: "2026-11-27".parse().unwrap(),
            key: "0123456789abcdef".into(),
        };
        acquit::flows::promise::make(&world.app, visitor, pledge)
            .await
            .unwrap();
        assert_eq!(look().await.unwrap(), 2);
        assert_eq!(look().await.unwrap(), 0);
        for id in [letter, call] {
            assert_eq!(state(world, &boreal, id).await, MessageState::Cancelled);
        }
    }
}

#[actix_web::test]
async fn staff_writes_an_address_that_no_import_overwrites() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let books = |street: &str| {
            format!(
                "Code;Nom;Adresse;Code postal;Ville;Pays;Piece;Echeance;Solde\n\
                 C1;Delmas;{street};1000;Bruxelles;Belgique;FA-1;02/10/2026;10,00\n"
            )
        };
        let import = async |text: String, day: &str| {
            let order = acquit::flows::import_balance::ImportOrder {
                supplier: boreal.id,
                file_name: "a.csv".into(),
                as_of: day.parse().unwrap(),
                complete: false,
                mapping: None,
            };
            let source = std::io::Cursor::new(text.into_bytes());
            acquit::flows::import_balance::run(&world.app, order, source)
                .await
                .unwrap();
        };
        import(books("12 rue Haute"), "2026-11-18").await;
        let ids = world.conn().read_sql("SELECT id AS value FROM debtor");
        let debtor = format!("/staff/boreal/debtors/{}", ids.unwrap()[0]);
        let path = format!("{debtor}/address");
        browser.get(&debtor).await.shows(&[
            "12 rue Haute",
            "1000 BRUXELLES",
            "BELGIQUE",
            "balance importée",
        ]);
        import(books("14 rue Haute"), "2026-11-19").await;
        let page = browser.get(&path).await;
        page.shows(&["14 rue Haute"]);
        let csrf = page.csrf();
        let typed = [
            ("csrf", csrf.as_str()),
            ("deed", "save"),
            ("street", "1 place du Marché\nBP 7"),
            ("postcode", "1000"),
            ("town", ""),
            ("country", "BE"),
        ];
        let refused = browser.post(&path, &typed).await;
        assert_eq!(refused.status, 422);
        refused.shows(&["Indiquez la ville", "href=\"#town\"", "1 place du Marché"]);
        let mut right = typed;
        right[4] = ("town", "Bruxelles");
        assert_eq!(browser.post(&path, &right).await.status, 303);
        import(books("16 rue Haute"), "2026-11-20").await;
        browser
            .get(&debtor)
            .await
            .shows(&["1 place du Marché", "BP 7", "saisie par l’équipe"]);
        let trail = world
            .conn()
            .read_sql("SELECT detail AS value FROM audit WHERE action = 'debtor.postal'");
        assert!(trail.unwrap()[0].contains("BRUXELLES"), "{backend}");
        let forget = [("csrf", csrf.as_str()), ("deed", "forget")];
        assert_eq!(browser.post(&path, &forget).await.status, 303);
        browser
            .get(&debtor)
            .await
            .shows(&["Aucune adresse postale"]);
    }
}
