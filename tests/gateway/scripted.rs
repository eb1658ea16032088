//! Fourteen ways in which a mail server answers, each for many messages at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use acquit::app::App;
use acquit::flows::deliver;
use domain::Moment;

use super::server::Server;
use super::{LIMIT, Stand, fill, listed, stands};
use crate::support::databases::backends;
use crate::support::world::{World, paris};

/// Messages of each script.
const EACH: usize = 200;

/// A server's behaviour, and what must become of a message.
struct Script {
    mailbox: &'static str,
    what: &'static str,
    /// The state it ends in.
    ends: &'static str,
    /// How often the server has all of it.
    kept: usize,
    /// How often it was tried.
    attempts: usize,
}

const fn script(
    mailbox: &'static str,
    what: &'static str,
    (ends, kept, attempts): (&'static str, usize, usize),
) -> Script {
    Script {
        mailbox,
        what,
        ends,
        kept,
        attempts,
    }
}

const SCRIPTS: [Script; 14] = [
    script("s01", "250", ("sent", 1, 1)),
    script("s02", "421 at the recipient, then 250", ("sent", 1, 2)),
    script("s03", "450 at the recipient, then 250", ("sent", 1, 2)),
    script("s04", "451 at DATA, then 250", ("sent", 1, 2)),
    script("s05", "452 at the dot, then 250", ("sent", 1, 2)),
    script("s06", "550 at the recipient", ("failed", 0, 1)),
    script("s07", "552 at the dot", ("failed", 0, 1)),
    script("s08", "550 at the dot", ("failed", 0, 1)),
    script(SILENT, "silence after the dot", ("unknown", 1, 1)),
    script("s10", "closed after the dot", ("unknown", 1, 1)),
    script("s11", "half a 250, then closed", ("unknown", 1, 1)),
    script("s12", "250, then closed", ("sent", 1, 1)),
    script("s13", "reset after the dot", ("unknown", 1, 1)),
    script("s14", "reset within the text", ("unknown", 0, 1)),
];

/// The script that needs a limit to its silence, and so a mailer of its own.
const SILENT: &str = "s09";

const SHORT: Duration = Duration::from_millis(150);

#[actix_web::test]
async fn fourteen_answers_two_hundred_times_each() {
    for backend in backends() {
        let server = Server::start();
        let start = paris("2026-03-02", 10);
        let world = World::new(backend, start);
        let supplier = world.supplier("four").await;
        let later = start.plus_days(2);
        let mut orders = Vec::new();
        for number in 0..EACH {
            for script in &SCRIPTS {
                let due = if script.mailbox == SILENT {
                    later
                } else {
                    start
                };
                let mailbox = format!("{}.{number}@scripted.example", script.mailbox);
                orders.push((mailbox, due));
            }
        }
        fill(&world, &supplier, &orders).await;
        let quick = world.node(server.mailer(LIMIT));
        until_settled(&world, &quick, start).await;
        let impatient = world.node(server.mailer(SHORT));
        world.go_to(later);
        until_settled(&world, &impatient, later).await;
        judge(
            backend,
            &server,
            &stands(&world),
            &listed(&world, &supplier),
        );
    }
}

/// Sends, and goes on to the next try of what was put off, until none waits.
async fn until_settled(world: &World, node: &Arc<App>, start: Moment) {
    let mut now = start;
    for _ in 0..20 {
        deliver::run(node).await.unwrap();
        let waits = stands(world).into_values().any(|one| one.state == "retry");
        if !waits {
            return;
        }
        now = now.plus_minutes(15);
        world.go_to(now);
    }
    panic!("messages still wait after twenty tries");
}

fn judge(backend: &str, server: &Server, stands: &BTreeMap<String, Stand>, listed: &[String]) {
    let kept = server.kept();
    let heard = server.count("rcpt");
    let listed: BTreeSet<&String> = listed.iter().collect();
    println!("{backend}: script, messages, tries, taken, twice, lost");
    let mut wrong = Vec::new();
    for script in &SCRIPTS {
        let (mut tries, mut taken, mut twice, mut lost) = (0, 0, 0, 0);
        for number in 0..EACH {
            let mailbox = format!("{}.{number}@scripted.example", script.mailbox);
            let copies = kept.get(&mailbox).copied().unwrap_or_default();
            let stand = &stands[&mailbox];
            tries += heard.get(&mailbox).copied().unwrap_or_default();
            taken += copies;
            twice += usize::from(copies > 1);
            let told = stand.state == "sent" || listed.contains(&mailbox);
            lost += usize::from(!told || (stand.state == "sent" && copies == 0));
            let slow = script.mailbox == SILENT && stand.attempts >= script.attempts;
            let tried = stand.attempts == script.attempts || slow;
            if stand.state != script.ends || copies != script.kept || !tried {
                wrong.push(format!("{mailbox}: {stand:?}, taken {copies} times"));
            }
        }
        let what = script.what;
        println!("  {what:32} {EACH:4} {tries:4} {taken:4} {twice:4} {lost:4}");
        assert_eq!((twice, lost), (0, 0), "{backend}: {what}");
    }
    assert!(
        wrong.is_empty(),
        "{backend}: {} messages: {:?}",
        wrong.len(),
        &wrong[..wrong.len().min(5)]
    );
    one_id_each(server);
}

/// Whatever was tried twice went under one Message-ID, and no two messages under the same.
fn one_id_each(server: &Server) {
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for event in server.events().into_iter().filter(|one| one.what == "kept") {
        ids.entry(event.message_id).or_default().insert(event.to);
    }
    let shared = ids.values().filter(|mailboxes| mailboxes.len() > 1).count();
    assert_eq!((shared, ids.contains_key("-")), (0, false));
}
