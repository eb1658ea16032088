//! A whole Acquit on a throw-away database, with a clock that stands still.

use std::sync::Arc;

use acquit::app::App;
use acquit::clock::{Clock, new_id};
use acquit::flows::{FlowError, Visitor};
use acquit::gateway::email::Mailer;
use acquit::gateway::link::{LinkKeys, LinkToken};
use acquit::gateway::mail_events::sns::Sns;
use acquit::payments::card::CardGateway;
use acquit::payments::sandbox::SandboxGateway;
use acquit::store::asserted::NewItem;
use acquit::store::link::Link;
use acquit::store::{self, Across, Conn};
use acquit::vault::Vault;
use domain::import::BalanceRow;
use domain::invoice::{Invoice, ItemKind};
use domain::ledger::{Account, Entry, Line, TxKind};
use domain::party::{Accent, BankAccount, Contact, Debtor, Language, LegalMode, Supplier};
use domain::{Day, Moment, Money, Zone};

use super::databases::Database;

/// The origin links are made with.
pub const ORIGIN: &str = "http://127.0.0.1:9";

/// What the webhooks of the test's card account are signed with.
pub const WEBHOOK_SECRET: &str = "whsec_test";

/// A running application and the database under it.
pub struct World {
    pub app: Arc<App>,
    pub database: Database,
    pub vault: Arc<Vault>,
}

/// How a world differs from the usual one.
pub struct Ways {
    pub mailer: Mailer,
    pub sns: Sns,
    pub cards: Arc<dyn CardGateway>,
    pub origin: String,
}

impl Default for Ways {
    fn default() -> Self {
        Self {
            mailer: Mailer::Mailbox,
            sns: Sns::default(),
            cards: Arc::new(SandboxGateway::new(
                ORIGIN.into(),
                WEBHOOK_SECRET.to_owned().into(),
            )),
            origin: ORIGIN.into(),
        }
    }
}

/// An instant of a day in Paris.
pub fn paris(day: &str, hour: u32) -> Moment {
    Zone::PARIS.at_hour(day.parse::<Day>().unwrap(), hour)
}

impl World {
    /// The usual world at an instant.
    pub fn new(backend: &str, at: Moment) -> Self {
        Self::with(backend, at, Ways::default())
    }

    /// A world with other ways out.
    pub fn with(backend: &str, at: Moment, ways: Ways) -> Self {
        let vault = Arc::new(Vault::new([7; 32]));
        let database = Database::migrated(backend, &vault);
        let app = App {
            store: database.store(&vault),
            clock: Clock::fixed(at),
            mailer: ways.mailer,
            outlets: acquit::gateway::outlet::Outlets::default(),
            sns: ways.sns,
            cards: ways.cards,
            links: LinkKeys::new(&[('a', vault.key("link.v1"))]).unwrap(),
            vault: Arc::clone(&vault),
            origin: ways.origin,
        };
        Self {
            app: Arc::new(app),
            database,
            vault,
        }
    }

    /// Another node on the same database and clock, whose messages leave by another way.
    pub fn node(&self, mailer: Mailer) -> Arc<App> {
        Arc::new(App {
            store: self.database.store(&self.vault),
            clock: self.app.clock.clone(),
            mailer,
            outlets: acquit::gateway::outlet::Outlets::default(),
            sns: Sns::default(),
            cards: Arc::clone(&self.app.cards),
            links: LinkKeys::new(&[('a', self.vault.key("link.v1"))]).unwrap(),
            vault: Arc::clone(&self.vault),
            origin: self.app.origin.clone(),
        })
    }

    /// A connection of its own, for looking at what is stored.
    pub fn conn(&self) -> Conn {
        Conn::open(
            &self.database.url,
            Arc::clone(&self.vault),
            store::Role::Writer,
            Across::Inspection,
        )
        .unwrap()
    }

    /// Moves the clock.
    pub fn go_to(&self, at: Moment) {
        self.app.clock.set(at);
    }

    /// Adds a supplier that takes all methods of payment.
    pub async fn supplier(&self, code: &str) -> Supplier {
        let supplier = supplier(code);
        let kept = supplier.clone();
        self.write(move |conn| Ok(store::supplier::insert(conn, &kept)?))
            .await;
        let settings = acquit::flows::card_account::CardSettings {
            secret_key: "sk_test_fake".into(),
            connected: None,
            webhook_secrets: vec![WEBHOOK_SECRET.into()],
            debits: true,
        };
        acquit::flows::card_account::set(&self.app, supplier.id, &settings)
            .await
            .unwrap();
        supplier
    }

    /// Adds a debtor with one contact.
    pub async fn debtor(&self, supplier: &Supplier, code: &str) -> (Debtor, Contact) {
        let debtor = Debtor {
            id: new_id(),
            supplier: supplier.id,
            code: code.into(),
            name: format!("Société {code}"),
            language: None,
        };
        let contact = Contact {
            id: new_id(),
            debtor: debtor.id,
            name: None,
            email: Some(format!("compta@{}.example", code.to_lowercase())),
            phone: None,
            language: None,
            state: domain::party::ContactState::Active,
        };
        let reference = acquit::flows::pay_by_transfer::reference(debtor.id).unwrap();
        let (today, kept) = (
            supplier.zone.day(self.app.now()),
            (debtor.clone(), contact.clone()),
        );
        self.write(move |conn| {
            let (debtor, contact) = kept.clone();
            let supplier = debtor.supplier;
            store::debtor::insert_many(conn, &[(debtor, reference.clone())], today)?;
            Ok(store::contact::insert_many(conn, supplier, &[contact])?)
        })
        .await;
        (debtor, contact)
    }

    /// Adds an open invoice in euros, as an import would: in the ledger too.
    pub async fn invoice(
        &self,
        debtor: &Debtor,
        number: &str,
        cents: i64,
        due_on: &str,
    ) -> Invoice {
        let of = (ItemKind::Invoice, number);
        self.item(debtor, of, cents, due_on).await
    }

    /// Adds an open item of any kind in euros.
    pub async fn item(
        &self,
        debtor: &Debtor,
        (kind, number): (ItemKind, &str),
        cents: i64,
        due_on: &str,
    ) -> Invoice {
        let due_on: Day = due_on.parse().unwrap();
        let amount = Money::eur(cents);
        let none = Money::eur(0);
        let invoice = Invoice {
            id: new_id(),
            supplier: debtor.supplier,
            debtor: debtor.id,
            kind,
            number: number.into(),
            order_ref: None,
            issued_on: due_on.plus_days(-30),
            due_on,
            total: amount,
            open: amount,
            reserved: none,
            disputed: none,
            promised: none,
        };
        let line = |account, amount| Line {
            account,
            invoice: None,
            debtor: None,
            amount,
        };
        let owed = kind.signed(amount).unwrap();
        let entry = Entry {
            supplier: debtor.supplier,
            kind: TxKind::Import,
            source: invoice.id.to_string(),
            effective_on: due_on,
            lines: vec![
                line(Account::Receivable, owed),
                line(Account::Books, owed.checked_neg().unwrap()),
            ],
        };
        let (kept, now) = (invoice.clone(), self.app.now());
        self.write(move |conn| {
            insert_invoice(conn, &kept)?;
            Ok(store::ledger::post(conn, new_id(), &entry, now)?)
        })
        .await;
        invoice
    }

    /// Gives a debtor's contact a link, as a message would.
    pub async fn link(&self, debtor: &Debtor, contact: &Contact) -> (LinkToken, Visitor) {
        let token = self.app.links.mint(acquit::vault::random().unwrap());
        let (now, hash) = (self.app.now(), token.hash());
        let link = Link {
            id: new_id(),
            supplier: debtor.supplier,
            debtor: debtor.id,
            contact: contact.id,
            message: None,
            created_at: now,
            expires_at: now.plus_days(90),
            revoked: false,
            scope: domain::party::Scope::Act,
            forward: None,
        };
        let visitor = Visitor {
            supplier: debtor.supplier,
            debtor: debtor.id,
            contact: contact.id,
            link: link.id,
            forward: None,
            call: None,
        };
        self.write(move |conn| Ok(store::link::insert(conn, &hash, &link)?))
            .await;
        (token, visitor)
    }

    /// Sends what is due, and reads the newest code as the demonstration's mailbox shows it.
    pub async fn code(&self) -> String {
        acquit::flows::deliver::run(&self.app).await.unwrap();
        let (kept, _) = acquit::flows::mailbox::list(&self.app, None).await.unwrap();
        let newest = kept.iter().find(|one| one.subject.contains("code"));
        let id = newest.expect("a code was sent").id;
        let (_, read) = acquit::flows::mailbox::open(&self.app, id).await.unwrap();
        let first = read.text.lines().next().unwrap();
        first.chars().filter(char::is_ascii_digit).collect()
    }

    /// Writes to the storage directly, for set-up only.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Conn) -> Result<T, FlowError> + Send + 'static,
    ) -> T {
        self.app
            .store
            .write(Across::Inspection, work)
            .await
            .unwrap()
    }
}

fn supplier(code: &str) -> Supplier {
    Supplier {
        id: new_id(),
        code: code.into(),
        name: format!("Fournisseur {code}"),
        address: "1 rue de l'Exemple, 75001 Paris".into(),
        accent: Accent { rgb: [31, 78, 140] },
        sender: format!("compta@{code}.example"),
        contact_email: format!("bonjour@{code}.example"),
        contact_phone: "01 99 00 00 00".into(),
        language: Language::Fr,
        zone: Zone::PARIS,
        legal_mode: LegalMode::OwnAccount,
        bank: Some(BankAccount {
            holder: format!("FOURNISSEUR {}", code.to_uppercase()),
            iban: "FR7630006000011234567890189".parse().unwrap(),
            bic: Some("AGRIFRPP".parse().unwrap()),
            creditor_id: Some("FR72ZZZ123456".parse().unwrap()),
            debits: domain::batch::DebitProfile::default(),
        }),
        promise_days_max: 30,
        data_age_days_max: 10,
        data_as_of: None,
    }
}

/// Stores an open item as an import would, without its ledger entry.
pub fn insert_invoice(conn: &mut Conn, invoice: &Invoice) -> Result<(), FlowError> {
    let row = BalanceRow {
        line: 1,
        debtor_code: String::new(),
        debtor_name: String::new(),
        email: None,
        phone: None,
        postal: None,
        kind: invoice.kind,
        number: invoice.number.clone(),
        order_ref: None,
        issued_on: invoice.issued_on,
        due_on: invoice.due_on,
        total: invoice.total,
        open: invoice.open,
    };
    let new = NewItem {
        id: invoice.id,
        debtor: invoice.debtor,
        twin: 0,
        row: &row,
    };
    Ok(store::asserted::insert_many(
        conn,
        invoice.supplier,
        &[new],
    )?)
}
