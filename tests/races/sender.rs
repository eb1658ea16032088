//! Payments, disputes and promises against the sender of the reminder they silence.
//!
//! Seen from outside: a text whose recipient was only named after the silencing had been answered
//! was wrong. Seen from inside: so was one that was let go under the epoch of the silencing, or
//! whose letting go was committed when the epoch had moved on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use acquit::app::App;
use acquit::clock::new_id;
use acquit::flows::dispute::{Declaration, declare};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::settle::{Receipt, settle};
use acquit::flows::{Actor, FlowError, deliver};
use acquit::store::outbox::{self, NewMessage};
use acquit::store::{self, Across, Backend, Conn};
use domain::dispute::Reason;
use domain::invoice::Share;
use domain::ledger::Account;
use domain::message::MessageKind;
use domain::party::Contact;
use domain::payment::{Method, Payment, PaymentState};
use domain::{Moment, Money, PaymentId};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{Nodes, Party, TOTAL, all, on_threads};
use crate::support::databases::backends;
use crate::support::mail_sink::{Answer, MailSink};

/// Reminders and what silences them, on each database: as many as `tests/run gateway` asks for.
fn rounds() -> usize {
    let asked = std::env::var("ACQUIT_PAIRS").ok();
    asked.map_or(1_500, |pairs| pairs.parse().unwrap())
}

/// How many recipients earlier a third of the silencings starts: before its message is composed.
const AHEAD: usize = 10;

/// Where reminders go, after the round's number; what confirms the silencing goes elsewhere.
const REMINDED: &str = "@reminded.example";

/// Notes the epoch once more as the letting go of a text is committed, and takes its time about it.
/// On SQLite nobody else can write meanwhile; on PostgreSQL only the guard's lock prevents it.
const WATCH: [&str; 2] = [
    "CREATE TABLE watched (message_id TEXT, epoch BIGINT);
     CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       PERFORM pg_sleep(0.002);
       INSERT INTO watched SELECT NEW.message_id, d.epoch FROM debtor d WHERE d.id = NEW.debtor_id;
       RETURN NULL;
     END $$;
     CREATE CONSTRAINT TRIGGER watch AFTER INSERT ON link DEFERRABLE INITIALLY DEFERRED
     FOR EACH ROW EXECUTE FUNCTION watch();",
    "SELECT m.debtor_id || ' ' || MAX(w.epoch) AS value FROM watched w
     JOIN message m ON m.id = w.message_id WHERE m.kind = 'reminder_1' GROUP BY m.debtor_id",
];

/// What was seen of each round from outside, in the order of one counter.
struct Seen {
    order: AtomicUsize,
    /// When the recipient was last named.
    named: Vec<AtomicUsize>,
    /// When the silencing was known to be committed.
    silenced: Vec<AtomicUsize>,
    /// Told which rounds to silence now.
    start: OnceLock<UnboundedSender<usize>>,
}

impl Seen {
    fn new() -> Self {
        let none = || (0..rounds()).map(|_| AtomicUsize::new(0)).collect();
        Self {
            order: AtomicUsize::new(1),
            named: none(),
            silenced: none(),
            start: OnceLock::new(),
        }
    }

    fn note(&self, of: &AtomicUsize) {
        of.store(self.order.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
    }

    /// The server hears a recipient: the moment before the sender may mark the message.
    fn hear(&self, to: &str) {
        let Some(number) = to.strip_suffix(REMINDED) else {
            return;
        };
        let round: usize = number.parse().unwrap();
        self.note(&self.named[round]);
        let start = self.start.get().unwrap();
        for due in [round, round + AHEAD] {
            if due < rounds() && (due % 3 == 0) == (due != round) {
                start.send(due).unwrap();
            }
        }
    }
}

/// A reminder that is due and a transfer that may arrive, for each round.
async fn reminders(nodes: &Nodes, parties: &[Party]) -> Vec<PaymentId> {
    let now = nodes.world.app.now();
    let mut transfers = Vec::new();
    let numbered: Vec<(usize, &Party)> = parties.iter().enumerate().collect();
    for some in numbered.chunks(100) {
        let row = |(round, party): &(usize, &Party)| reminder(*round, party, now);
        let rows: Vec<_> = some.iter().map(row).collect();
        transfers.extend(rows.iter().map(|(.., payment)| payment.id));
        let insert = move |conn: &mut Conn| -> Result<(), FlowError> {
            for (contact, message, payment) in &rows {
                let contacts = std::slice::from_ref(contact);
                store::contact::insert_many(conn, message.supplier, contacts)?;
                outbox::enqueue(conn, message)?;
                store::payment::insert(conn, payment, None)?;
            }
            Ok(())
        };
        nodes.world.write(insert).await;
    }
    transfers
}

fn reminder(round: usize, party: &Party, due_at: Moment) -> (Contact, NewMessage, Payment) {
    let contact = Contact {
        id: new_id(),
        debtor: party.visitor.debtor,
        name: None,
        email: Some(format!("{round}{REMINDED}")),
        phone: None,
        language: None,
        state: domain::party::ContactState::Active,
    };
    let message = NewMessage {
        id: new_id(),
        supplier: party.visitor.supplier,
        debtor: party.visitor.debtor,
        contact: contact.id,
        kind: MessageKind::Reminder1,
        channel: domain::scenario::Channel::Email,
        dedup: format!("reminder_1:{}", party.visitor.debtor),
        due_at,
        about: String::new(),
        invoices: vec![party.invoice.id],
    };
    (contact, message, transfer(party))
}

fn transfer(party: &Party) -> Payment {
    Payment {
        id: new_id(),
        supplier: party.visitor.supplier,
        debtor: party.visitor.debtor,
        method: Method::Transfer,
        state: PaymentState::Created,
        amount: Money::eur(TOTAL),
        provider_ref: None,
        created_at: Moment::from_seconds(0),
        expires_at: None,
        effective_on: None,
        shares: shares(party),
        credits: Vec::new(),
        charges: Vec::new(),
    }
}

fn shares(party: &Party) -> Vec<Share> {
    vec![Share {
        invoice: party.invoice.id,
        amount: Money::eur(TOTAL),
    }]
}

/// Pays, disputes or promises all of the invoice.
async fn silence(app: &App, party: &Party, transfer: PaymentId, round: usize) {
    let key = format!("form-{round}");
    match round / 3 % 3 {
        0 => {
            let (supplier, now) = (party.visitor.supplier, app.now());
            let receipt = Receipt {
                payment: transfer,
                amount: Money::eur(TOTAL),
                on: "2026-03-02".parse().unwrap(),
                account: Account::Bank,
                actor: Actor::job("race"),
            };
            let pay = move |conn: &mut Conn| settle(conn, supplier, &receipt, now);
            app.store.write(Across::Inspection, pay).await.map(drop)
        }
        1 => {
            let declaration = Declaration {
                invoice: party.invoice.id,
                reason: Reason::Price,
                amount: None,
                lines: Vec::new(),
                text: String::new(),
                key,
            };
            declare(app, party.visitor, declaration).await.map(drop)
        }
        _ => {
            let pledge = Pledge {
                shares: shares(party),
                due_on: "2026-03-12".parse().unwrap(),
                key,
            };
            make(app, party.visitor, pledge).await.map(drop)
        }
    }
    .unwrap();
}

#[test]
fn no_reminder_leaves_after_what_silences_it() {
    for backend in backends() {
        on_threads(race(backend));
    }
}

async fn race(backend: &str) {
    let seen = Arc::new(Seen::new());
    let heard = Arc::clone(&seen);
    let sink = MailSink::start(move |to| {
        heard.hear(to);
        Answer::Accept
    })
    .await;
    let nodes = Nodes::start(backend, [sink.mailer(), sink.mailer()]).await;
    let parties = nodes.parties(rounds()).await;
    let transfers = reminders(&nodes, &parties).await;
    if nodes.world.app.store.backend() == Backend::Postgres {
        nodes.world.conn().run_sql(WATCH[0]).unwrap();
    }

    let (start, due) = unbounded_channel();
    seen.start.set(start).unwrap();
    let silencing = silence_all(&nodes, &parties, &transfers, &seen, due);
    let sender = |app: &Arc<App>| {
        let app = Arc::clone(app);
        tokio::spawn(async move { deliver::run(&app).await.unwrap() })
    };
    let senders = all(nodes.nodes.iter().map(sender).collect());
    futures_util::future::join(silencing, senders).await;
    judge(backend, &nodes, &parties, &seen, &sink);
}

/// Silences each round when it is told to, on both nodes, until all are.
async fn silence_all(
    nodes: &Nodes,
    parties: &[Party],
    transfers: &[PaymentId],
    seen: &Arc<Seen>,
    mut due: UnboundedReceiver<usize>,
) {
    let mut tasks = Vec::new();
    let mut waiting: BTreeSet<usize> = (0..rounds()).collect();
    while !waiting.is_empty() {
        let told = due.recv().await.unwrap();
        // The first few have nobody before them who would start them.
        let first = waiting.range(..AHEAD).copied().filter(|one| one % 3 == 0);
        let now: Vec<usize> = first.chain([told]).collect();
        for round in now.into_iter().filter(|round| waiting.remove(round)) {
            let (app, party) = (nodes.node(round), parties[round].clone());
            let (seen, transfer) = (Arc::clone(seen), transfers[round]);
            tasks.push(tokio::spawn(async move {
                silence(&app, &party, transfer, round).await;
                seen.note(&seen.silenced[round]);
            }));
        }
    }
    all(tasks).await;
}

fn judge(backend: &str, nodes: &Nodes, parties: &[Party], seen: &Seen, sink: &MailSink) {
    let rounds = rounds();
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    for text in sink.texts() {
        *texts.entry(text.to).or_default() += 1;
    }
    let reminders = |what: &str| {
        nodes.numbers(&format!(
            "SELECT debtor_id || ' ' || {what} AS value FROM message WHERE kind = 'reminder_1'"
        ))
    };
    let marked = reminders("COALESCE(guard_epoch, -1)");
    let ended = reminders("CASE state WHEN 'sent' THEN 1 WHEN 'cancelled' THEN 0 ELSE 2 END");
    let watched = match nodes.world.app.store.backend() {
        Backend::Postgres => nodes.numbers(WATCH[1]),
        Backend::Sqlite => BTreeMap::new(),
    };
    let epochs = nodes.numbers("SELECT id || ' ' || epoch AS value FROM debtor");
    let (mut late, mut stale, mut sent) = (0, 0, 0);
    for (round, party) in parties.iter().enumerate() {
        let debtor = party.visitor.debtor.to_string();
        assert_eq!(epochs[&debtor], 1, "one silencing raises the epoch once");
        let named = seen.named[round].load(Ordering::SeqCst);
        let silenced = seen.silenced[round].load(Ordering::SeqCst);
        let left = texts.contains_key(&format!("{round}{REMINDED}"));
        assert_eq!(ended[&debtor], i64::from(left), "{backend} {round}");
        late += usize::from(left && silenced < named);
        let at_commit = watched.get(&debtor).copied().unwrap_or_default();
        stale += usize::from(marked[&debtor].max(at_commit) >= 1);
        sent += usize::from(left);
    }
    println!("{backend}: {rounds} rounds, {sent} sent before, {late} late, {stale} stale");
    assert_eq!((late, stale), (0, 0), "{backend}");
    assert!(
        texts.values().all(|count| *count == 1),
        "{backend}: a text twice"
    );
    assert!(
        sent > rounds / 20 && sent < rounds * 19 / 20,
        "{sent} rounds were sent"
    );
}
