//! A real SMTP server (aiosmtpd) in a process of its own, and the mails it was given.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use acquit::gateway::email::Mailer;
use acquit::gateway::smtp::{Security, SmtpConfig, SmtpMailer};

/// A mail as the server got it.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The mailbox of the envelope.
    pub to: String,
    /// All of it, line ends as sent.
    pub raw: String,
}

impl Mail {
    /// A header's value, unfolded; encoded words are left as they are.
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self
            .raw
            .split("\r\n\r\n")
            .next()
            .unwrap()
            .replace("\r\n ", " ");
        let start = format!("{name}: ");
        head.lines()
            .find_map(|line| line.strip_prefix(&start).map(str::to_owned))
    }

    /// The body with soft line breaks joined and `=XX` decoded (RFC 2045 §6.7).
    pub fn decoded(&self) -> String {
        let joined = self.raw.replace("=\r\n", "");
        let mut bytes = Vec::new();
        let mut rest = joined.as_bytes();
        while let [first, tail @ ..] = rest {
            let pair = tail
                .get(..2)
                .and_then(|pair| std::str::from_utf8(pair).ok());
            let code = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
            rest = match (first, code) {
                (b'=', Some(code)) => {
                    bytes.push(code);
                    &tail[2..]
                }
                _ => {
                    bytes.push(*first);
                    tail
                }
            };
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The token of the link in it.
    pub fn token(&self) -> String {
        let text = self.decoded();
        let (_, after) = text.split_once("/l/").expect("a link in the mail");
        after.chars().take(33).collect()
    }
}

/// The server and the folder of its mails.
pub struct SmtpSink {
    child: Child,
    folder: tempfile::TempDir,
    port: u16,
}

impl SmtpSink {
    /// Starts it; `tests/run` says which Python has aiosmtpd.
    pub fn start() -> Self {
        let python = std::env::var("ACQUIT_TEST_PYTHON")
            .expect("ACQUIT_TEST_PYTHON names no Python with aiosmtpd: run tests/run");
        let folder = tempfile::tempdir().unwrap();
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/support/smtp_sink.py");
        let mut child = Command::new(python)
            .arg(script)
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let port = line.trim().parse().expect("the SMTP server did not start");
        Self {
            child,
            folder,
            port,
        }
    }

    /// A mailer that hands over to it.
    pub fn mailer(&self) -> Mailer {
        let config = SmtpConfig {
            host: "127.0.0.1".into(),
            port: self.port,
            security: Security::Plain,
            hello_name: "acquit.example".into(),
            login: None,
            authority: None,
            connections_max: std::num::NonZeroUsize::new(4).unwrap(),
            command_limit: Duration::from_secs(30),
            final_limit: Duration::from_secs(30),
        };
        Mailer::Smtp(SmtpMailer::new(config).unwrap())
    }

    /// Every mail so far, in order of arrival.
    pub fn mails(&self) -> Vec<Mail> {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            .collect();
        paths.sort();
        paths.iter().map(read).collect()
    }
}

fn read(path: &PathBuf) -> Mail {
    let raw = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let (first, rest) = raw.split_once("\r\n").unwrap();
    let to = first.strip_prefix("X-Envelope-To: ").unwrap().to_owned();
    Mail {
        to,
        raw: rest.to_owned(),
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        // Closing its input asks it to stop; it is our own child in any case.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
