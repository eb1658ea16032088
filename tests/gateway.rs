//! The way out of messages against real mail servers, senders that are killed or stopped, and what
//! comes back: nothing twice, nothing lost in silence. Prints what it counted.

mod doctor;
mod kills;
mod opensmtpd;
mod scripted;
mod server;
mod signed;
mod stopped;
mod tls;

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use acquit::clock::new_id;
use acquit::flows::{FlowError, pay_by_transfer};
use acquit::store::outbox::{self, NewMessage};
use acquit::store::{self, Conn};
use domain::message::MessageKind;
use domain::party::{Contact, ContactState, Debtor, Supplier};
use domain::{Moment, SupplierId};

use crate::support::world::{ORIGIN, World};

/// How long any server may take; RFC 5321's ten minutes are a setting like another.
const LIMIT: Duration = Duration::from_secs(60);

/// One message of an account of its own, to this mailbox, not before this instant.
type Order = (String, Moment);

/// Puts messages in the outbox, each to a debtor of its own: links asked for anew, which nothing on
/// an account silences.
async fn fill(world: &World, supplier: &Supplier, orders: &[Order]) {
    let today = supplier.zone.day(world.app.now());
    for some in orders.chunks(200) {
        let owner = supplier.id;
        let rows: Vec<_> = some.iter().map(|order| row(owner, order)).collect();
        let insert = move |conn: &mut Conn| -> Result<(), FlowError> {
            for (debtor, contact, message) in &rows {
                let reference = pay_by_transfer::reference(debtor.id)?;
                store::debtor::insert_many(conn, &[(debtor.clone(), reference)], today)?;
                store::contact::insert_many(conn, owner, std::slice::from_ref(contact))?;
                outbox::enqueue(conn, message)?;
            }
            Ok(())
        };
        world.write(insert).await;
    }
}

fn row(supplier: SupplierId, (mailbox, due_at): &Order) -> (Debtor, Contact, NewMessage) {
    let debtor = Debtor {
        id: new_id(),
        supplier,
        code: mailbox.clone(),
        name: "Client".into(),
        language: None,
    };
    let contact = Contact {
        id: new_id(),
        debtor: debtor.id,
        name: None,
        email: Some(mailbox.clone()),
        phone: None,
        language: None,
        state: ContactState::Active,
    };
    let message = NewMessage {
        id: new_id(),
        supplier,
        debtor: debtor.id,
        contact: contact.id,
        kind: MessageKind::FreshLink,
        channel: domain::scenario::Channel::Email,
        dedup: format!("fresh_link:{mailbox}"),
        due_at: *due_at,
        about: String::new(),
        invoices: Vec::new(),
    };
    (debtor, contact, message)
}

/// How a message stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stand {
    state: String,
    attempts: usize,
}

/// How each message stands, by its mailbox.
fn stands(world: &World) -> BTreeMap<String, Stand> {
    let rows = world
        .conn()
        .read_sql(
            "SELECT c.email || ' ' || m.state || ' ' || m.attempts AS value
             FROM message m
             JOIN contact c ON c.supplier_id = m.supplier_id AND c.id = m.contact_id",
        )
        .unwrap();
    let stand = |row: &String| {
        let words: Vec<&str> = row.split(' ').collect();
        let stand = Stand {
            state: words[1].to_owned(),
            attempts: words[2].parse().unwrap(),
        };
        (words[0].to_owned(), stand)
    };
    rows.iter().map(stand).collect()
}

/// The mailboxes of the messages that staff is asked to decide on.
fn listed(world: &World, supplier: &Supplier) -> Vec<String> {
    let listed = store::report::messages_to_decide(&mut world.conn(), &[supplier.id], 100_000);
    let listed = listed.unwrap().into_iter();
    listed.map(|one| one.to.unwrap_or_default()).collect()
}

/// The program on the world's database, with its secret.
fn program(world: &World) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_acquit"));
    command
        .env("ACQUIT_DATABASE_URL", &world.database.url)
        .env("ACQUIT_SECRET", "07".repeat(32))
        .env("ACQUIT_ORIGIN", ORIGIN)
        .env("ACQUIT_LOG", "off");
    command
}

/// A node of its own: the program, sending what is due at an instant until nothing is, to the mail
/// server on this port.
fn node(world: &World, port: u16, at: Moment) -> Child {
    program(world)
        .args(["tick", "--at", &at.seconds().to_string()])
        .env("ACQUIT_SMTP_HOST", "localhost")
        .env("ACQUIT_SMTP_PORT", port.to_string())
        .env("ACQUIT_SMTP_SECURITY", "plain")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}
