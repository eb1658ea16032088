//! Delivery reports as a real mail server writes them (OpenSMTPD), read by the program itself.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use acquit::flows::deliver;
use acquit::flows::mail_settings;
use acquit::gateway::email::Mailer;
use acquit::gateway::smtp::{SmtpConfig, SmtpMailer};
use acquit::store;
use domain::bounce::Verdict;
use domain::party::{Supplier, TaskKind};

use super::server::{Event, Server};
use super::{LIMIT, fill, program, stands};
use crate::support::databases::backends;
use crate::support::world::{World, paris};

/// An OpenSMTPD that hands all it takes to another server. It must start as root and is the only
/// one on its machine, so tests take turns.
struct Relay {
    keeper: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Relay {
    fn start(next: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let config = folder.path().join("smtpd.conf");
        let lines = format!(
            "listen on 127.0.0.1 port {port}\naction out relay host \"smtp://127.0.0.1:{next}\"\n\
             match from any for any action out\n"
        );
        std::fs::write(&config, lines).unwrap();
        // It stops when our end of its input closes, also when the test is killed.
        let script = format!(
            "/usr/sbin/smtpd -d -f {} >/dev/null 2>&1 & own=$!; cat >/dev/null; kill $own; wait",
            config.display()
        );
        let mut command = Command::new("sh");
        if !is_root() {
            command = Command::new("sudo");
            command.args(["-n", "sh"]);
        }
        let keeper = command.args(["-c", &script]).stdin(Stdio::piped()).spawn();
        let mut relay = Self {
            keeper: keeper.unwrap(),
            port,
            _folder: folder,
        };
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = relay.keeper.try_wait().unwrap();
            assert!(
                ended.is_none(),
                "OpenSMTPD did not start: run tests/run gateway"
            );
            std::thread::yield_now();
        }
        relay
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

fn free_port() -> u16 {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    taken.local_addr().unwrap().port()
}

/// A supplier whose reports come to a mailbox of its own.
async fn with_return_path(world: &World) -> Supplier {
    let supplier = world.supplier("four").await;
    let path = |settings: &mut mail_settings::MailSettings| {
        settings.return_path = Some("rebonds@four.example".into());
    };
    mail_settings::change(&world.app, supplier.id, path)
        .await
        .unwrap();
    supplier
}

/// Waits for a mail to the return path, and gives the file it is in.
fn report(end: &Server) -> Event {
    loop {
        let event = end.next().expect("the server ended");
        if event.what == "kept" && event.to.starts_with("rebonds+") {
            return event;
        }
    }
}

/// Has the program read a mail, from a file or from its input as a mail server's pipe gives it.
fn read(world: &World, mail: &Path, piped: bool) -> String {
    let mut command = program(world);
    command
        .arg("receive")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    if !piped {
        command.arg(mail);
    }
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    if piped {
        input.write_all(&std::fs::read(mail).unwrap()).unwrap();
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[actix_web::test]
async fn a_true_report_fails_the_message_and_asks_for_a_good_address() {
    for backend in backends() {
        let end = Server::start();
        let relay = Relay::start(end.port);
        let start = paris("2026-03-02", 10);
        let world = World::new(backend, start);
        let supplier = with_return_path(&world).await;
        let dead = "s06.achats@client.example";
        fill(&world, &supplier, &[(dead.to_owned(), start)]).await;
        let config = SmtpConfig {
            port: relay.port,
            ..end.config(LIMIT)
        };
        let node = world.node(Mailer::Smtp(SmtpMailer::new(config).unwrap()));
        deliver::run(&node).await.unwrap();
        assert_eq!(
            stands(&world)[dead].state,
            "sent",
            "{backend}: the relay took it"
        );

        let told = report(&end);
        assert_eq!(read(&world, &told.file, true), "-: counted\n");
        assert!(read(&world, &told.file, false).ends_with(": known\n"));
        assert_eq!(stands(&world)[dead].state, "failed", "{backend}");
        let debtor = world
            .conn()
            .read_sql("SELECT id AS value FROM debtor")
            .unwrap();
        let debtor = debtor[0].parse().unwrap();
        let mut conn = world.conn();
        let tasks = store::task::waiting(&mut conn, supplier.id, debtor).unwrap();
        let kinds: Vec<_> = tasks.iter().map(|task| task.kind).collect();
        assert_eq!(kinds, [TaskKind::BadAddress]);
        assert!(tasks[0].detail.contains("5.1.1"), "{}", tasks[0].detail);
        let why = store::bounce::suppressed(&mut conn, supplier.id, dead).unwrap();
        assert_eq!(why.unwrap().verdict, Verdict::Hard);
    }
}
