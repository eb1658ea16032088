//! A stateful fake of the few Stripe endpoints Acquit uses, on a loopback port.
//!
//! Written against the public reference of the API version the client pins. It keeps pages,
//! payments, refunds and idempotency keys per account, refuses what Stripe refuses, loses answers
//! on demand and counts what it charged. Time stands still until a test moves it.

mod answer;
mod books;
mod contest;
mod form;
mod intent;
mod keys;
mod server;
mod session;
mod vaulted;
mod webhook;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::dev::ServerHandle;
use domain::{Moment, PaymentId};
use tokio::sync::watch;

use books::Books;
pub use books::{Endpoint, Fault};
pub use webhook::Plan;

/// The API version async-stripe 1.0.0-rc.10 sends; another one is a change to be looked at.
pub const VERSION: &str = "2026-09-30.endive";
/// The only key the fake knows.
pub const SECRET_KEY: &str = "sk_test_fake";
/// The time the fake starts at.
pub const START: Moment = Moment::from_seconds(1_790_000_000);

/// What the requests and the test share.
struct Shared {
    books: Mutex<Books>,
    /// How many answers were held back so far.
    held: watch::Sender<usize>,
    /// Moves when held answers may go.
    released: watch::Sender<usize>,
}

impl Shared {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running fake; stops when dropped.
pub struct FakeStripe {
    shared: Arc<Shared>,
    server: ServerHandle,
    base_url: String,
}

impl FakeStripe {
    /// Starts on a free loopback port.
    pub fn start() -> Self {
        let shared = Arc::new(Shared {
            books: Mutex::new(Books::new(START)),
            held: watch::Sender::new(0),
            released: watch::Sender::new(0),
        });
        let (server, port) = server::start(&shared);
        Self {
            shared,
            server,
            base_url: format!("http://127.0.0.1:{port}/"),
        }
    }

    /// What to give the gateway as its address.
    pub fn base_url(&self) -> String {
        self.base_url.clone()
    }

    /// Lets the key act for this connected account.
    pub fn connect(&self, account: &str) {
        self.shared.books().connect(account);
    }

    /// Moves the clock; pages whose time has come expire.
    pub fn set_now(&self, now: Moment) {
        self.shared.books().set_now(now);
    }

    /// Forgets all idempotency keys, as Stripe may after 24 hours.
    pub fn forget_keys(&self) {
        self.shared.books().keys.forget();
    }

    /// The next request there meets this; several wait in line.
    pub fn fault(&self, endpoint: Endpoint, fault: Fault) {
        self.shared.books().fault(endpoint, fault);
    }

    /// So many requests there are answered, the next one meets this.
    pub fn skip(&self, endpoint: Endpoint, count: usize, fault: Fault) {
        let mut books = self.shared.books();
        (0..count).for_each(|_| books.no_fault(endpoint));
        books.fault(endpoint, fault);
    }

    /// As if the key were of another account now: no customer is known.
    pub fn forget_customers(&self) {
        for known in self.shared.books().accounts.values_mut() {
            known.customers.clear();
        }
    }

    /// Waits until this many answers were held back by [`Fault::Hold`].
    pub async fn until_held(&self, count: usize) {
        let mut held = self.shared.held.subscribe();
        held.wait_for(|so_far| *so_far >= count).await.unwrap();
    }

    /// Lets held answers go; from now on their keys replay.
    pub fn release(&self) {
        self.shared.books().keys.finish_all();
        self.shared.released.send_modify(|times| *times += 1);
    }

    /// The customer pays on the page; false when the page takes no money any more.
    pub fn pay_session(&self, id: &str) -> bool {
        self.pay_session_with(id, "4242424242424242")
    }

    /// The same with a card of this number.
    pub fn pay_session_with(&self, id: &str, number: &str) -> bool {
        self.shared.books().pay_session(id, true, number)
    }

    /// The debtor answers its bank; false when nothing is asked any more.
    pub fn confirm(&self, intent: &str, approve: bool) -> bool {
        self.shared.books().confirm_intent(intent, approve)
    }

    /// The payments with a kept card, or behind a page, that were made for ours.
    pub fn intents(&self, payment: PaymentId) -> Vec<String> {
        self.shared.books().intents_for(&payment.to_string())
    }

    /// All money that was ever taken, in cents.
    pub fn taken(&self) -> i64 {
        self.shared.books().taken()
    }

    /// How many customers there are.
    pub fn customers(&self) -> usize {
        self.shared.books().customers()
    }

    /// The cards that are kept for some customer.
    pub fn attached(&self) -> Vec<String> {
        self.shared.books().attached()
    }

    /// Somebody detaches a card on Stripe's own pages.
    pub fn detach(&self, method: &str) {
        let done = self.shared.books().detach_method("", method);
        done.unwrap_or_else(|refused| panic!("{}", refused.body));
    }

    /// The bank gives a card another year and month.
    pub fn renew(&self, method: &str, expires: (i64, i64)) {
        self.shared.books().renew(method, expires);
    }

    /// The customer pays by a method whose outcome is still awaited.
    pub fn pay_session_later(&self, id: &str) -> bool {
        self.shared
            .books()
            .pay_session(id, false, "4242424242424242")
    }

    /// The bank answers a debit that was agreed to on a page; false when none waits.
    pub fn answer_debit(&self, session: &str, pays: bool) -> bool {
        self.shared.books().answer_debit(session, pays)
    }

    /// The bank takes back a debit that had succeeded; gives the dispute that Stripe makes of it.
    pub fn take_back(&self, intent: &str, reason: &str) -> String {
        self.shared.books().take_back(intent, reason)
    }

    /// How often money was taken for our payment.
    pub fn charges(&self, payment: PaymentId) -> usize {
        self.shared.books().charges(&payment.to_string())
    }

    /// The pages opened for our payment, on whatever account.
    pub fn sessions(&self, payment: PaymentId) -> BTreeSet<String> {
        self.shared.books().sessions_for(&payment.to_string())
    }

    /// What the page was ordered with under this parameter name.
    pub fn ordered(&self, session: &str, name: &str) -> Option<String> {
        self.shared.books().ordered(session, name)
    }

    /// The supplier refunds part of a payment, as on Stripe's own pages; gives the refund.
    pub fn refund(&self, intent: &str, amount: i64) -> String {
        let form = format!("payment_intent={intent}&amount={amount}");
        let form = form::Form::parse(&form).expect("a form");
        let made = self.shared.books().create_refund("", &form);
        let made = made.unwrap_or_else(|refused| panic!("{}", refused.body));
        made["id"].as_str().expect("an id").to_owned()
    }

    /// A refund fails at the cardholder's bank.
    pub fn fail_refund(&self, id: &str) {
        self.shared.books().fail_refund(id);
    }

    /// The cardholder contests this much of a payment in euros; gives the dispute.
    pub fn contest(&self, intent: &str, cents: i64) -> String {
        self.shared.books().contest(intent, cents, "eur")
    }

    /// The bank decides a dispute: `lost` or `won`, seen from the supplier.
    pub fn decide(&self, dispute: &str, status: &str) {
        self.shared.books().decide(dispute, status);
    }

    /// The payment behind a paid page.
    pub fn intent_of(&self, session: &str) -> Option<String> {
        self.shared.books().intent_of(session)
    }
}

impl Drop for FakeStripe {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}
