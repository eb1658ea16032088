//! The stage of the main job: a served portal, a real SMTP server, a fake Stripe, a balance file.

use std::sync::{Arc, Mutex};

use acquit::flows::import_balance::{self, ImportOrder, Imported};
use acquit::flows::{Actor, batch};
use acquit::jobs;
use acquit::payments::stripe::StripeGateway;
use acquit::store::Across;
use acquit::{store, web};
use domain::BatchId;
use domain::party::{Debtor, Supplier};
use domain::payment::{Method, Payment, PaymentState};

use crate::support::fake_stripe::{FakeStripe, Plan};
use crate::support::site::{Browser, Page};
use crate::support::smtp::{Mail, SmtpSink};
use crate::support::world::{WEBHOOK_SECRET, Ways, World, paris};

/// Windows-1252, semicolons, one row without amount, one credit note, a subtotal: a balance as
/// accounting software writes it. All of it is due on 2026-03-10.
const BALANCE: &str = "\
Code client;Nom;E-mail;Type;N° document;Date;Date d'échéance;Montant TTC;Reste dû
C001;Thés du Monde;compta@c001.example;FA;F-1;08/02/2026;10/03/2026;1 200,00;1 200,00
C001;Thés du Monde;compta@c001.example;FA;F-2;08/02/2026;10/03/2026;89,90;89,90
C001;Thés du Monde;compta@c001.example;AV;A-1;08/02/2026;08/02/2026;-10,00;-10,00
C002;Épicerie du Canal;compta@c002.example;FA;F-3;08/02/2026;10/03/2026;300,50;300,50
C002;Épicerie du Canal;compta@c002.example;FA;F-9;08/02/2026;10/03/2026;;
C003;Café & Cie;compta@c003.example;FA;F-4;08/02/2026;10/03/2026;640,00;640,00
;Total;;;;;;2 220,40;2 220,40
";

/// Everything the main job needs.
pub struct Stage {
    pub world: World,
    pub supplier: Supplier,
    origin: String,
    sink: SmtpSink,
    stripe: FakeStripe,
    seen: Mutex<usize>,
    _server: actix_web::dev::ServerHandle,
}

/// The debtors the import made.
pub struct Debtors {
    pub all: Vec<Debtor>,
}

impl Stage {
    /// Sets it on a day.
    pub async fn set(backend: &str, day: &str) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (sink, stripe) = (SmtpSink::start(), FakeStripe::start());
        let ways = Ways {
            mailer: sink.mailer(),
            cards: Arc::new(StripeGateway::new(Some(stripe.base_url()))),
            origin: origin.clone(),
            ..Ways::default()
        };
        let world = World::with(backend, paris(day, 9), ways);
        stripe.set_now(world.app.now());
        let supplier = world.supplier("thes").await;
        let server = web::serve(Arc::clone(&world.app), listener, web::Extras::default()).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let seen = Mutex::new(0);
        Self {
            world,
            supplier,
            origin,
            sink,
            stripe,
            seen,
            _server: handle,
        }
    }

    /// Moves the clock to nine o'clock of a day.
    pub fn go_to(&self, day: &str) {
        self.world.go_to(paris(day, 9));
        self.stripe.set_now(self.world.app.now());
    }

    /// Loads the balance as of a day.
    pub async fn import(&self, day: &str) -> Imported {
        let order = ImportOrder {
            supplier: self.supplier.id,
            file_name: "balance.csv".into(),
            as_of: day.parse().unwrap(),
            complete: false,
            mapping: None,
        };
        let bytes = windows_1252(BALANCE);
        import_balance::run(&self.world.app, order, std::io::Cursor::new(bytes))
            .await
            .unwrap()
    }

    /// Does what is due; gives the mails that arrived by it, by recipient.
    pub async fn tick(&self) -> Vec<Mail> {
        jobs::tick(&self.world.app).await.unwrap();
        let mails = self.sink.mails();
        let mut seen = self.seen.lock().unwrap();
        let mut fresh = mails[*seen..].to_vec();
        *seen = mails.len();
        fresh.sort_by(|a, b| a.to.cmp(&b.to));
        fresh
    }

    /// The debtors, by name.
    pub async fn debtors(&self) -> Debtors {
        let id = self.supplier.id;
        let page = move |conn: &mut store::Conn| store::debtor::page(conn, id, "", None, 10);
        Debtors {
            all: self
                .world
                .app
                .store
                .read(Across::Inspection, page)
                .await
                .unwrap(),
        }
    }

    /// Follows a mail's link to the account.
    async fn enter(&self, mail: &Mail) -> (Browser, Page) {
        let browser = Browser::new(&self.origin);
        let landing = browser.get(&format!("/l/{}", mail.token())).await;
        landing.shows(200, &["Fournisseur thes"]);
        let account = browser.submit(&landing.form(0)).await;
        let page = browser.follow(&account).await;
        page.shows(200, &[]);
        (browser, page)
    }

    /// The pay page of everything the account offers to pay.
    async fn pay_page(&self, mail: &Mail) -> (Browser, Page) {
        let (browser, account) = self.enter(mail).await;
        let boxes = account.text.split("name=\"i\" value=\"").skip(1);
        let all: Vec<&str> = boxes.filter_map(|rest| rest.split('"').next()).collect();
        let page = browser.get(&format!("/pay?i={}", all.join("&i="))).await;
        page.shows(200, &[]);
        (browser, page)
    }

    /// A second person approves a file of debits, and it is taken out.
    pub async fn hand_in(&self, file: BatchId) {
        let (app, supplier) = (&self.world.app, self.supplier.id);
        let second = || Actor::staff("direction@thes.example");
        batch::approve(app, supplier, file, second()).await.unwrap();
        batch::export(app, supplier, file, second()).await.unwrap();
    }

    /// Signs a mandate and has everything debited on a day.
    pub async fn sign_and_debit(&self, mail: &Mail, day: &str) {
        let (browser, pay) = self.pay_page(mail).await;
        let order = pay
            .form_to("/pay")
            .with("method", "debit")
            .with("debit_on", day);
        let mandate = self
            .land(&browser, browser.submit(&order.step("pay")).await)
            .await;
        let form = mandate.form_to("/mandate");
        let wrong = form
            .clone()
            .with("holder", "EPICERIE DU CANAL")
            .with("iban", "FR14 2004 1010 0505 0001 3M02 607")
            .with("usage", "recurring")
            .with("signatory", "Service comptabilité")
            .with("place", "Nantes")
            .with("consent", "yes");
        let refused = browser.submit(&wrong.clone().step("check")).await;
        refused.shows(422, &["EPICERIE DU CANAL"]);
        let right = wrong.with("iban", "FR14 2004 1010 0505 0001 3M02 606");
        let check = browser.submit(&right.step("check")).await;
        check.shows(200, &["FR72ZZZ123456"]);
        let signed = browser
            .submit(&check.form_to("/mandate").step("confirm"))
            .await;
        // A code goes to the mailbox of the link; without it nothing is signed.
        let sent = self.tick().await;
        let first = sent[0].decoded();
        let code = first.split("code\u{a0}: ").nth(1).unwrap();
        let code: String = code.chars().filter(char::is_ascii_digit).take(6).collect();
        let confirm = signed.form_to("/mandate").with("code", &code);
        let signed = browser.submit(&confirm.step("confirm")).await;
        signed.shows(200, &["•••• 2606"]);
        let next = signed.text.split("href=\"/pay?").nth(1).unwrap();
        let next = next.split('"').next().unwrap().replace("&amp;", "&");
        let order = browser.get(&format!("/pay?{next}")).await.form_to("/pay");
        let check = browser.submit(&order.step("pay")).await;
        check.shows(200, &["16/03/2026", "•••• 2606"]);
        let ordered = browser.submit(&check.form_to("/pay").step("confirm")).await;
        self.land(&browser, ordered).await;
    }

    /// Chooses to transfer what the account offers to pay.
    pub async fn announce_transfer(&self, mail: &Mail) {
        let (browser, pay) = self.pay_page(mail).await;
        let order = pay.form_to("/pay").with("method", "transfer").step("pay");
        let page = self.land(&browser, browser.submit(&order).await).await;
        page.shows(200, &["FOURNISSEUR THES", "<svg"]);
    }

    /// Pays everything by card; Stripe's events come five times each, the last first.
    pub async fn pay_by_card(&self, mail: &Mail) {
        let (browser, pay) = self.pay_page(mail).await;
        let order = pay.form_to("/pay").with("method", "card").step("pay");
        let sent_away = browser.submit(&order).await;
        assert_eq!(sent_away.status, 303, "{}", sent_away.text);
        let payment = self.last_payment(Method::Card).await;
        let session = payment
            .provider_ref
            .clone()
            .unwrap_or_else(|| panic!("{payment:?} {:?}", sent_away.headers));
        assert!(self.stripe.pay_session(&session));
        let hook = format!("{}/hooks/stripe/{}", self.origin, self.supplier.id);
        let events = self.stripe.event_kinds().len();
        let plan = Plan {
            events: (0..events).rev().collect(),
            times: 5,
            secret: WEBHOOK_SECRET.into(),
            at: self.world.app.now(),
        };
        let statuses = self.stripe.deliver(&hook, &plan).await;
        assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
        let forged = Plan {
            secret: "whsec_forged".into(),
            events: vec![0],
            ..plan
        };
        assert_eq!(self.stripe.deliver(&hook, &forged).await, vec![400; 5]);
        assert_eq!(self.stripe.charges(payment.id), 1);
        acquit::flows::hooks::read_waiting(&self.world.app)
            .await
            .unwrap();
        assert_eq!(
            self.last_payment(Method::Card).await.state,
            PaymentState::Succeeded
        );
    }

    /// The newest payment of a method.
    pub async fn last_payment(&self, method: Method) -> Payment {
        let id = self.supplier.id;
        let all = move |conn: &mut store::Conn| {
            store::payment::in_states(conn, id, (PaymentState::ALL, Method::ALL), 100)
        };
        let payments = self
            .world
            .app
            .store
            .read(Across::Inspection, all)
            .await
            .unwrap();
        payments
            .into_iter()
            .find(|payment| payment.method == method)
            .unwrap()
    }

    /// Follows redirects on our own site until a page is shown.
    async fn land(&self, browser: &Browser, mut page: Page) -> Page {
        for _ in 0..5 {
            if page.status != 303 {
                break;
            }
            page = browser.follow(&page).await;
        }
        assert_eq!(page.status, 200, "{}", page.text);
        page
    }
}

/// The text in Windows-1252; it holds nothing that encoding lacks.
fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |letter: char| u8::try_from(u32::from(letter)).unwrap();
    text.replace('\n', "\r\n").chars().map(byte).collect()
}
