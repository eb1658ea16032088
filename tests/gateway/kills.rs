//! Senders killed at any moment (SIGKILL), a hundred times while two thousand messages leave.
//!
//! Each life of a node begins when the leases of the one before have ended; it ends some events of
//! the mail server and some microseconds later. On PostgreSQL two nodes live at a time.

use std::collections::BTreeSet;
use std::io::Read;
use std::process::Child;
use std::sync::Arc;
use std::thread::JoinHandle;

use domain::Moment;

use super::server::Server;
use super::{fill, listed, node, stands};
use crate::support::databases::backends;
use crate::support::world::{World, paris};

const MESSAGES: usize = 2_000;
const KILLS: usize = 100;

/// Longer than a lease.
const MINUTES: i64 = 21;

/// Events of the server that a node lives for, at most: three or four for each message.
const EVENTS_MAX: usize = 60;

/// Numbers that look random and are the same in every run.
fn scatter(seed: usize) -> usize {
    let mixed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33
}

#[actix_web::test]
async fn a_hundred_kills_send_nothing_twice_and_lose_nothing_in_silence() {
    for backend in backends() {
        let start = paris("2026-03-02", 10);
        let world = World::new(backend, start);
        let supplier = world.supplier("four").await;
        let mailbox = |n: usize| (format!("k.{n}@scripted.example"), start);
        let orders: Vec<_> = (0..MESSAGES).map(mailbox).collect();
        fill(&world, &supplier, &orders).await;
        let server = Server::start();
        let nodes = if backend == "postgres" { 2 } else { 1 };
        let mut now = start;
        let mut lives = 0;
        let mut kills = 0;
        while kills < KILLS {
            let at_once: Vec<Node> = (0..nodes)
                .map(|_| Node::start(&world, &server, now))
                .collect();
            for one in at_once {
                lives += 1;
                let moment = (1 + scatter(lives) % EVENTS_MAX, scatter(lives * 7) % 3_000);
                kills += usize::from(one.kill(&server, moment));
            }
            now = now.plus_minutes(MINUTES);
            assert!(
                lives < KILLS * 3,
                "{backend}: {kills} of {lives} lives were ended"
            );
        }
        for _ in 0..2 {
            Node::start(&world, &server, now).end();
            now = now.plus_minutes(MINUTES);
        }
        judge(backend, &world, &server, &listed(&world, &supplier), kills);
    }
}

/// A node that lives, and the thread that notices its end.
struct Node {
    child: Child,
    ended: JoinHandle<()>,
    over: Arc<std::sync::atomic::AtomicBool>,
}

impl Node {
    fn start(world: &World, server: &Server, at: Moment) -> Self {
        server.skip();
        let mut child = node(world, server.port, at);
        let mut output = child.stdout.take().unwrap();
        let over = Arc::<std::sync::atomic::AtomicBool>::default();
        let (tell, port) = (Arc::clone(&over), server.port);
        let ended = std::thread::spawn(move || {
            let _ = output.read_to_end(&mut Vec::new());
            tell.store(true, std::sync::atomic::Ordering::SeqCst);
            // The server hears a recipient of its own, so that whoever waits for news gets some.
            nudge(port);
        });
        Self { child, ended, over }
    }

    /// Kills it some events and a moment from now; false when it had ended before.
    fn kill(mut self, server: &Server, (events, turns): (usize, usize)) -> bool {
        let over = |node: &Self| node.over.load(std::sync::atomic::Ordering::SeqCst);
        let mut heard = 0;
        while heard < events && !over(&self) {
            heard += usize::from(server.next().is_some());
        }
        spin(turns);
        let killed = !over(&self);
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.ended.join().unwrap();
        killed
    }

    fn end(mut self) {
        assert!(self.child.wait().unwrap().success());
        self.ended.join().unwrap();
    }
}

/// Names a recipient to the server and leaves.
fn nudge(port: u16) {
    use std::io::{BufRead, BufReader, Write};
    let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", port)) else {
        return;
    };
    let mut replies = BufReader::new(stream.try_clone().unwrap()).lines();
    for line in [
        "EHLO test",
        "MAIL FROM:<a@b.example>",
        "RCPT TO:<nudge@c.example>",
    ] {
        let _ = stream.write_all(format!("{line}\r\n").as_bytes());
    }
    // The greeting, the answers to all three, and nothing after.
    let told =
        |line: &std::io::Result<String>| line.as_ref().is_ok_and(|one| !one.contains("2.1.5"));
    while replies.next().as_ref().is_some_and(told) {}
}

/// Passes some time busily: up to a few milliseconds.
fn spin(turns: usize) {
    for _ in 0..turns * 50 {
        std::hint::spin_loop();
    }
}

fn judge(backend: &str, world: &World, server: &Server, listed: &[String], kills: usize) {
    let (kept, stands) = (server.kept(), stands(world));
    let listed: BTreeSet<&String> = listed.iter().collect();
    let (mut twice, mut lost, mut unknown, mut arrived) = (0, 0, 0, 0);
    for (mailbox, stand) in &stands {
        let copies = kept.get(mailbox).copied().unwrap_or_default();
        twice += usize::from(copies > 1);
        match stand.state.as_str() {
            "sent" => lost += usize::from(copies == 0),
            "unknown" => {
                unknown += 1;
                arrived += usize::from(copies == 1);
                lost += usize::from(!listed.contains(mailbox));
            }
            _ => lost += 1,
        }
    }
    let sent = stands.len() - unknown;
    println!(
        "{backend}: {kills} kills, {sent} sent, {unknown} unknown and listed ({arrived} arrived), \
         {twice} twice, {lost} lost"
    );
    assert_eq!(stands.len(), MESSAGES);
    assert_eq!((twice, lost), (0, 0), "{backend}");
    assert!(sent > MESSAGES / 3, "{backend}: most were cut off");
}
