//! Every address of the staff, tried by everybody: each role, another supplier's admin, nobody.

use acquit::flows::attach::{self, Given};
use acquit::flows::dispute::{self, Declaration};
use acquit::flows::documents::{self, Paper};
use acquit::flows::{Visitor, plan};
use acquit::store::task::ContactTask;
use acquit::store::user::StaffRole::{Accountant, Admin, Agent, Viewer};
use acquit::store::{self, Across};
use domain::designation::Designation;
use domain::dispute::Reason;
use domain::document::DocumentKind;
use domain::invoice::{Invoice, ItemKind, Share};
use domain::mandate::Usage;
use domain::party::{Contact, ContactState, Debtor, TaskKind};
use domain::plan::Part;
use domain::scenario::Recipe;
use domain::{DisputeId, DocumentId, PaymentId, PlanId, ScenarioId};

use super::routes::{ROUTES, Who};
use super::*;
use crate::support::files::pdf;
use crate::support::source::root;
use crate::support::world::World;

/// What stands for the parts of a pattern, all of supplier Boréal.
struct Parts {
    debtor: String,
    dispute: String,
    file: String,
    plan: String,
    message: String,
    import: String,
    invoice: String,
    document: String,
    contact: String,
    task: String,
    batch: String,
    recall: String,
    mandate: String,
    payment: String,
    change: String,
    scenario: String,
    statement: String,
    letters: String,
    letter: String,
    call: String,
}

impl Parts {
    fn fill(&self, pattern: &str) -> String {
        pattern
            .replace("{supplier}", "boreal")
            .replace("{debtor}", &self.debtor)
            .replace("{dispute}", &self.dispute)
            .replace("{file}", &self.file)
            .replace("{plan}", &self.plan)
            .replace("{message}", &self.message)
            .replace("{import}", &self.import)
            .replace("{invoice}", &self.invoice)
            .replace("{document}", &self.document)
            .replace("{statement}", &self.statement)
            .replace("{change}", &self.change)
            .replace("{scenario}", &self.scenario)
            .replace("{text}", "reminder_1.fr.email")
            .replace("{contact}", &self.contact)
            .replace("{task}", &self.task)
            .replace("{batch}", &self.batch)
            .replace("{recall}", &self.recall)
            .replace("{mandate}", &self.mandate)
            // Nobody need have an event: who may decide is asked first.
            .replace("{event}", "evt_00000000000000000000000001")
            .replace("{letters}", &self.letters)
            .replace("{letter}", &self.letter)
            .replace("{call}", &self.call)
            .replace("{payment}", &self.payment)
    }
}

async fn ask(browser: &Browser, method: &str, path: &str, csrf: &str) -> u16 {
    let page = match method {
        "GET" => browser.get(path).await,
        "UPLOAD" => browser.upload(path, csrf, ("a.csv", FILE.to_vec())).await,
        _ => browser.post(path, &[("csrf", csrf)]).await,
    };
    page.status
}

const FILE: &[u8] = b"Code;Nom;Piece;Echeance;Solde\nC1;A;FA-1;02/12/2026;10,00\n";

/// A supplier with a debtor, a dispute, a message that failed with its copy, and a waiting file.
async fn furnished(site: &StaffSite, admin: &Browser, boreal: &domain::party::Supplier) -> Parts {
    let world = &site.world;
    let (debtor, contact) = world.debtor(boreal, "C1").await;
    let (_, visitor) = world.link(&debtor, &contact).await;
    let invoice = world.invoice(&debtor, "FA-1", 100_000, "2026-11-02").await;
    let payment = set_off(world, visitor, &debtor).await;
    let (dispute, plan) = claims(world, visitor, &invoice).await;
    crate::portal::debits::sign(&world.app, visitor, Usage::Recurring).await;
    let mandate = world.conn().read_sql("SELECT id AS value FROM mandate");
    acquit::flows::deliver::run(&world.app).await.unwrap();
    world
        .conn()
        .run_sql("UPDATE message SET state = 'failed'")
        .unwrap();
    let (supplier, id) = (boreal.id, debtor.id);
    let sent = world.app.store.read(Across::Inspection, move |conn| {
        let sent = store::outbox::of_debtor(conn, supplier, id, 1)?;
        Ok(sent[0].message.id.to_string())
    });
    let token = csrf(admin).await;
    let answer = admin
        .upload("/staff/boreal/imports", &token, ("a.csv", FILE.to_vec()))
        .await;
    let import = answer
        .to()
        .rsplit('/')
        .next()
        .unwrap()
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let file = world.conn().read_sql("SELECT id AS value FROM attachment");
    let document = document(world, &invoice).await;
    let (person, task) = asked_about(world, boreal, debtor.id).await;
    let batch = debits::taken_out(world, boreal).await;
    let recall = recalls::out(world, boreal, batch).await;
    let table = b"Date;Libelle;Montant\n20/11/2026;x;1,00\n".to_vec();
    let statement = acquit::flows::bank_file::run(&world.app, boreal.id, "t.csv", table);
    let statement = statement.await.unwrap().file.to_string();
    let (letters, letter) = letters::proved(world, boreal).await;
    let call = calls::to_make(world, boreal, "C8").await.0;
    Parts {
        statement,
        letters: letters.to_string(),
        letter: letter.to_string(),
        call: call.to_string(),
        recall: recall.to_string(),
        scenario: scenario(world, boreal).await.to_string(),
        change: account::asked(world, boreal).await.to_string(),
        batch: batch.to_string(),
        file: file.unwrap().remove(0),
        invoice: invoice.id.to_string(),
        document: document.to_string(),
        contact: person,
        task,
        mandate: mandate.unwrap().remove(0),
        payment: payment.to_string(),
        debtor: debtor.id.to_string(),
        dispute: dispute.to_string(),
        plan: plan.to_string(),
        message: sent.await.unwrap(),
        import,
    }
}

/// An invoice that a credit note settled.
async fn set_off(world: &World, visitor: Visitor, debtor: &Debtor) -> PaymentId {
    let invoice = world.invoice(debtor, "FA-2", 1_000, "2026-11-02").await;
    let of = (ItemKind::CreditNote, "AV-2");
    let note = world.item(debtor, of, 1_000, "2026-11-02").await;
    let whole = |item: &Invoice| Share {
        invoice: item.id,
        amount: item.open,
    };
    let what = Designation {
        shares: vec![whole(&invoice)],
        credits: vec![whole(&note)],
        charges: Vec::new(),
    };
    let booked = acquit::flows::set_off::book(&world.app, visitor, what, "set off".into());
    booked.await.unwrap()
}

/// A dispute with a file, and a request for time.
async fn claims(world: &World, visitor: Visitor, invoice: &Invoice) -> (DisputeId, PlanId) {
    let given = Given {
        name: "bon.pdf".into(),
        body: Ok(pdf()),
    };
    attach::keep(&world.app, visitor, "k", vec![given])
        .await
        .unwrap();
    let declaration = Declaration {
        invoice: invoice.id,
        reason: Reason::Price,
        amount: None,
        lines: Vec::new(),
        text: String::new(),
        key: "k".into(),
    };
    let dispute = dispute::declare(&world.app, visitor, declaration)
        .await
        .unwrap();
    let request = plan::Request {
        shares: vec![Share {
            invoice: invoice.id,
            amount: invoice.open,
        }],
        parts: vec![Part {
            due_on: "2027-03-01".parse().unwrap(),
            amount: invoice.open,
        }],
        mandate: None,
        reason: String::new(),
        terms: "…".into(),
        key: "p".into(),
    };
    let plan = plan::ask(&world.app, visitor, request).await.unwrap();
    (dispute, plan)
}

/// A scenario.
async fn scenario(world: &World, boreal: &domain::party::Supplier) -> ScenarioId {
    let id = acquit::clock::new_id();
    let new = (id, "Ferme".to_owned(), Recipe::Firm);
    let job = acquit::flows::Actor::job("test");
    acquit::flows::scenario::create(&world.app, boreal.id, new, job)
        .await
        .unwrap();
    id
}

/// A document of the invoice.
async fn document(world: &World, invoice: &Invoice) -> DocumentId {
    let (supplier, invoice) = (invoice.supplier, invoice.id);
    let paper = Paper {
        kind: DocumentKind::Invoice,
        file_name: "FA-1.pdf".into(),
        bytes: b"%PDF-1.4".to_vec(),
    };
    let job = acquit::flows::Actor::job("test");
    documents::attach(&world.app, supplier, invoice, paper, job)
        .await
        .unwrap();
    let read = move |conn: &mut store::Conn| {
        Ok(store::document::of_invoice(conn, supplier, invoice)?[0].id)
    };
    world
        .app
        .store
        .read(Across::Inspection, read)
        .await
        .unwrap()
}

/// A contact that the debtor named, and a task.
async fn asked_about(
    world: &World,
    boreal: &domain::party::Supplier,
    debtor: domain::DebtorId,
) -> (String, String) {
    let (supplier, at) = (boreal.id, world.app.now());
    let person = Contact {
        id: acquit::clock::new_id(),
        debtor,
        name: None,
        email: Some("achats@c1.example".into()),
        phone: None,
        language: None,
        state: ContactState::Proposed,
    };
    let task = ContactTask {
        id: acquit::clock::new_id(),
        debtor,
        contact: None,
        kind: TaskKind::WrongPerson,
        detail: String::new(),
        made_at: at,
    };
    let names = (person.id.to_string(), task.id.to_string());
    world
        .write(move |conn| {
            store::contact::propose(conn, supplier, &person, at)?;
            Ok(store::task::insert(conn, supplier, &task)?)
        })
        .await;
    names
}

#[actix_web::test]
async fn each_role_gets_through_where_it_may_and_nowhere_else() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let ocean = site.world.supplier("ocean").await;
        let admin = site.enter("admin@boreal.example", &boreal, Admin).await;
        let parts = furnished(&site, &admin, &boreal).await;
        let mut visitors = vec![("admin", Some(Admin), admin)];
        for (name, role) in [
            ("viewer", Viewer),
            ("agent", Agent),
            ("accountant", Accountant),
        ] {
            let browser = site
                .enter(&format!("{name}@boreal.example"), &boreal, role)
                .await;
            visitors.push((name, Some(role), browser));
        }
        let stranger = site.enter("admin@ocean.example", &ocean, Admin).await;
        visitors.push(("another supplier's admin", None, stranger));
        for (name, role, browser) in &visitors {
            let token = csrf(browser).await;
            for (pattern, method, who) in ROUTES {
                // Signing out would spoil the rest; it has a test of its own.
                if *pattern == "/staff/sign-out" {
                    continue;
                }
                let status = ask(browser, method, &parts.fill(pattern), &token).await;
                let expected: &[u16] = match (who, role) {
                    (Who::Anybody | Who::Staff, _) => &[200],
                    (_, None) => &[404],
                    (Who::Readers, _) => &[200],
                    (Who::Writers, Some(role)) if role.may_write() => &[200, 303, 422],
                    (Who::Callers, Some(role)) if role.may_call() => &[200, 303, 422],
                    (Who::Writers | Who::Callers, _) => &[403],
                };
                assert!(
                    expected.contains(&status),
                    "{name}: {method} {pattern}: {status}"
                );
            }
        }
    }
}

#[actix_web::test]
async fn nobody_gets_in_without_a_session_and_no_form_counts_without_its_token() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let admin = site.enter("admin@boreal.example", &boreal, Admin).await;
        let parts = furnished(&site, &admin, &boreal).await;
        let nobody = site.browser();
        for (pattern, method, who) in ROUTES {
            let path = parts.fill(pattern);
            let status = ask(&nobody, method, &path, "").await;
            let expected = if *who == Who::Anybody { 200 } else { 303 };
            assert_eq!(status, expected, "nobody: {method} {pattern}");
            if *method != "GET" {
                let status = ask(&admin, method, &path, "").await;
                assert_eq!(status, 403, "without token: {method} {pattern}");
            }
        }
    }
}

#[test]
fn every_address_has_its_row() {
    let map = std::fs::read_to_string(root().join("src/web/staff/mod.rs")).unwrap();
    let literals = map
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|text| text.starts_with("/staff"));
    let named = [
        ("paths::SIGN_IN", views::paths::SIGN_IN),
        ("paths::SIGN_OUT", views::paths::SIGN_OUT),
        ("paths::TODAY", views::paths::TODAY),
        ("paths::MESSAGES", views::paths::MESSAGES),
        ("paths::MAILBOX", views::paths::MAILBOX),
    ];
    let count = map.matches("paths::").count();
    assert_eq!(count, named.len() + 1, "one more for the style");
    let all: Vec<&str> = literals.chain(named.map(|(_, path)| path)).collect();
    for path in &all {
        let row = ROUTES.iter().any(|(pattern, ..)| pattern == path);
        assert!(row, "{path} has no row in ROUTES");
    }
    let mut patterns: Vec<&str> = ROUTES.iter().map(|(pattern, ..)| *pattern).collect();
    patterns.dedup();
    assert_eq!(patterns.len(), all.len());
}
