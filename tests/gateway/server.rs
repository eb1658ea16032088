//! The scripted mail server (aiosmtpd) in a process of its own, and all that it heard and took.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use acquit::gateway::email::Mailer;
use acquit::gateway::smtp::{Security, SmtpConfig, SmtpMailer};

/// Something the server heard or took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// `rcpt`, `data`, `refused` or `kept`.
    pub what: String,
    /// The recipient.
    pub to: String,
    /// The Message-ID, of what was kept.
    pub message_id: String,
    /// The file its text is in, where texts are kept.
    pub file: PathBuf,
}

/// A running server; it ends with the test.
pub struct Server {
    child: Child,
    stdin: Option<ChildStdin>,
    _folder: tempfile::TempDir,
    pub port: u16,
    events: Arc<Mutex<Vec<Event>>>,
    news: Mutex<Receiver<Event>>,
}

impl Server {
    pub fn start() -> Self {
        Self::launch(&[])
    }

    /// One that asks for STARTTLS, or speaks TLS from the first byte, by this certificate and key.
    pub fn with_tls(security: Security, certificate: &Path, key: &Path) -> Self {
        match security {
            Security::Tls => Self::launch(&[certificate, key, Path::new("implicit")]),
            _ => Self::launch(&[certificate, key]),
        }
    }

    fn launch(files: &[&Path]) -> Self {
        let python = std::env::var("ACQUIT_TEST_PYTHON")
            .expect("ACQUIT_TEST_PYTHON names no Python with aiosmtpd: run tests/run");
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/gateway/scripted.py");
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(python)
            .arg(script)
            .args(files)
            .env("KEEP", folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.next().unwrap().unwrap();
        let port = port.parse().expect("the SMTP server did not start");
        let (events, (tell, news)) = (Arc::<Mutex<Vec<Event>>>::default(), channel());
        let kept = Arc::clone(&events);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let event = event(&line);
                kept.lock().unwrap().push(event.clone());
                let _ = tell.send(event);
            }
        });
        Self {
            child,
            stdin,
            _folder: folder,
            port,
            events,
            news: Mutex::new(news),
        }
    }

    /// A mailer that hands over to it in clear, and gives it this long for a reply.
    pub fn mailer(&self, limit: Duration) -> Mailer {
        Mailer::Smtp(SmtpMailer::new(self.config(limit)).unwrap())
    }

    pub fn config(&self, limit: Duration) -> SmtpConfig {
        SmtpConfig {
            host: "localhost".into(),
            port: self.port,
            security: Security::Plain,
            hello_name: "acquit.example".into(),
            login: None,
            authority: None,
            connections_max: std::num::NonZeroUsize::new(8).unwrap(),
            command_limit: limit,
            final_limit: limit,
        }
    }

    /// Answers those who were held.
    pub fn go(&self) {
        let mut stdin = self.stdin.as_ref().unwrap();
        writeln!(stdin, "go").unwrap();
    }

    /// The next thing it hears or takes; none when it ended.
    pub fn next(&self) -> Option<Event> {
        self.news.lock().unwrap().recv().ok()
    }

    /// What it has heard since the last look, without waiting.
    pub fn skip(&self) {
        while self.news.lock().unwrap().try_recv().is_ok() {}
    }

    /// How often each mailbox's message was taken whole.
    pub fn kept(&self) -> BTreeMap<String, usize> {
        self.count("kept")
    }

    /// How often something happened, by mailbox.
    pub fn count(&self, what: &str) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for event in self.events().into_iter().filter(|one| one.what == what) {
            *counts.entry(event.to).or_default() += 1;
        }
        counts
    }

    pub fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap().clone()
    }
}

fn event(line: &str) -> Event {
    let mut words = line.split(' ').map(str::to_owned);
    let mut word = || words.next().unwrap_or_default();
    Event {
        what: word(),
        to: word(),
        message_id: word(),
        file: word().into(),
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Closing its input asks it to stop; what it still holds keeps it from doing so.
        drop(self.stdin.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
