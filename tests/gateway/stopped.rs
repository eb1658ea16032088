//! A sender that is stopped (SIGSTOP) and wakes when its lease has gone to another node: what it
//! still holds is fenced off, and nothing is sent twice.

use std::collections::BTreeMap;
use std::process::{Child, Command};

use acquit::flows::deliver;

use super::server::Server;
use super::{LIMIT, fill, listed, node, stands};
use crate::support::databases::backends;
use crate::support::world::{World, paris};

/// Messages the sender has claimed when it is stopped; it claims no more at once.
const CLAIMED: usize = 64;

/// Messages under way at the same time: those are held by the server.
const UNDER_WAY: usize = 8;

/// Minutes after which the lease has ended.
const LEASE_OVER: i64 = 21;

#[actix_web::test]
async fn stopped_before_the_text_another_sends_and_the_sleeper_does_not() {
    for backend in backends() {
        let (states, kept, _) = stopped(backend, "hold-rcpt", "rcpt").await;
        assert_eq!(states, [("sent".to_owned(), CLAIMED)].into());
        assert_eq!(kept, CLAIMED, "{backend}");
    }
}

#[actix_web::test]
async fn stopped_after_the_mark_what_it_held_is_left_to_staff() {
    for backend in backends() {
        let (states, kept, listed) = stopped(backend, "hold-data", "data").await;
        let expected = [
            ("sent".to_owned(), CLAIMED - UNDER_WAY),
            ("unknown".to_owned(), UNDER_WAY),
        ];
        assert_eq!(states, expected.into(), "{backend}");
        // The sleeper goes on with the text it had begun: it arrives, once.
        assert_eq!(kept, CLAIMED, "{backend}");
        assert_eq!(listed, UNDER_WAY, "{backend}");
    }
}

/// Has a node stopped when the server holds all it has under way, lets another one send after the
/// lease, and wakes the first. Gives how many messages ended in which state, were taken, and are
/// listed for staff.
async fn stopped(
    backend: &str,
    script: &'static str,
    held: &str,
) -> (BTreeMap<String, usize>, usize, usize) {
    let start = paris("2026-03-02", 10);
    let world = World::new(backend, start);
    let supplier = world.supplier("four").await;
    // The first are those under way when the server holds them; the others are taken at once.
    let script = |n: usize| if n < UNDER_WAY { script } else { "s01" };
    let mailbox = |n: usize| (format!("{}.{n}@scripted.example", script(n)), start);
    let orders: Vec<_> = (0..CLAIMED).map(mailbox).collect();
    fill(&world, &supplier, &orders).await;
    let server = Server::start();
    let mut sleeper = node(&world, server.port, start);
    while server.count(held).len() < UNDER_WAY {
        server.next().expect("the server ended");
    }
    signal(&sleeper, "STOP");
    let other = world.node(server.mailer(LIMIT));
    world.go_to(start.plus_minutes(LEASE_OVER));
    deliver::run(&other).await.unwrap();
    signal(&sleeper, "CONT");
    server.go();
    sleeper.wait().unwrap();
    let kept = server.kept();
    let twice = kept.values().filter(|copies| **copies > 1).count();
    let mut states = BTreeMap::new();
    for stand in stands(&world).into_values() {
        *states.entry(stand.state).or_default() += 1;
    }
    println!(
        "{backend}, stopped at {held}: {states:?}, {} taken, {twice} twice",
        kept.len()
    );
    assert_eq!(twice, 0, "{backend}");
    (states, kept.len(), listed(&world, &supplier).len())
}

fn signal(child: &Child, name: &str) {
    let command = format!("kill -{name} {}", child.id());
    let done = Command::new("sh").args(["-c", &command]).status().unwrap();
    assert!(done.success(), "{command}");
}
