//! Imports that are cut short, killed, or overtaken by another.

use std::io::{self, Cursor, Read};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::*;

/// More rows than fit in one chunk, ten a customer.
fn long_file(rows: usize, open: &str) -> String {
    let lines = (0..rows).map(|row| {
        let customer = row / 10;
        format!("C{customer:05};N{customer};;FA;F{row:06};01/10/2026;31/10/2026;;50,00;{open}")
    });
    format!("{TITLES}\n{}\n", lines.collect::<Vec<_>>().join("\n"))
}

const ROWS: usize = 17_000;

/// Breaks off with an error after some bytes.
struct Broken<R>(io::Take<R>);

impl<R: Read> Read for Broken<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match self.0.read(room)? {
            0 => Err(io::Error::other("the line went dead")),
            count => Ok(count),
        }
    }
}

#[actix_web::test]
async fn an_import_cut_short_is_completed_by_the_same_file() {
    let text = long_file(ROWS, "50,00");
    let most = u64::try_from(text.len() * 9 / 10).unwrap();
    for (world, supplier) in worlds().await {
        let cut = Broken(Cursor::new(text.clone().into_bytes()).take(most));
        let broken = run(&world.app, order(&supplier, "2026-11-20"), cut).await;
        assert!(
            broken
                .unwrap_err()
                .to_string()
                .contains("the line went dead")
        );
        books_agree(&world, &supplier).await;
        let unfinished = "SELECT CAST(rows_good AS TEXT) AS value FROM import \
                          WHERE finished_at IS NULL";
        assert_eq!(
            rows(&world, unfinished),
            ["8000"],
            "whole chunks are in, and only they"
        );
        assert_eq!(
            data_as_of(&world, &supplier).await,
            None,
            "and do not count yet"
        );
        let done = import(&world, &supplier, &text).await;
        assert_eq!(counts(&done), [9_000, 0, 8_000, 0]);
        assert!(data_as_of(&world, &supplier).await.is_some());
        let before = state(&world);
        assert_eq!(
            counts(&import(&world, &supplier, &text).await),
            [0, 0, 17_000, 0]
        );
        assert_eq!(state(&world), before);
    }
}

/// Gives its first part, tells so, and waits for leave to give the second.
struct Halting {
    parts: [Cursor<Vec<u8>>; 2],
    reached: Sender<()>,
    leave: Receiver<()>,
}

impl Read for Halting {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let [first, second] = &mut self.parts;
        let count = first.read(room)?;
        if count > 0 {
            return Ok(count);
        }
        if second.position() == 0 {
            let _ = self.reached.send(());
            let _ = self.leave.recv();
        }
        second.read(room)
    }
}

#[actix_web::test]
async fn a_newer_import_takes_over_from_one_that_is_still_running() {
    for (world, supplier) in worlds().await {
        let text = long_file(ROWS, "50,00").into_bytes();
        let (first, second) = text.split_at(text.len() * 9 / 10);
        let (reached, at_the_halt) = channel();
        let (let_go, leave) = channel();
        let halting = Halting {
            parts: [Cursor::new(first.to_vec()), Cursor::new(second.to_vec())],
            reached,
            leave,
        };
        let (app, slow) = (world.app.clone(), order(&supplier, "2026-11-20"));
        let slow = actix_web::rt::spawn(async move { run(&app, slow, halting).await });
        let wait = move || at_the_halt.recv();
        actix_web::rt::task::spawn_blocking(wait)
            .await
            .unwrap()
            .unwrap();
        let newer = long_file(100, "20,00");
        import(&world, &supplier, &newer).await;
        let_go.send(()).unwrap();
        let refused = slow.await.unwrap().unwrap_err().to_string();
        assert!(
            refused.starts_with("another import of this supplier"),
            "{refused}"
        );
        let lowered = "SELECT CAST(COUNT(*) AS TEXT) AS value FROM invoice WHERE asserted = 2000";
        assert_eq!(
            rows(&world, lowered),
            ["100"],
            "the older file did not write afterwards"
        );
        books_agree(&world, &supplier).await;
    }
}

#[actix_web::test]
async fn two_at_once_end_as_one() {
    for (world, supplier) in worlds().await {
        let text = long_file(300, "50,00");
        let order = || order(&supplier, "2026-11-20");
        let (one, other) =
            futures_util::join!(take(&world, order(), &text), take(&world, order(), &text));
        assert!(one.is_ok() || other.is_ok(), "{one:?} {other:?}");
        assert_eq!(
            counts(&import(&world, &supplier, &text).await),
            [0, 0, 300, 0]
        );
        assert_eq!(items(&world).len(), 300);
    }
}
