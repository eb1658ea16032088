//! A mail server in the test's own process: answers by script, records what it is given.
//!
//! Whether a text left is seen here, from outside, and not read from our own rows.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use acquit::gateway::email::Mailer;
use acquit::gateway::smtp::{Security, SmtpConfig, SmtpMailer};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Takes it.
    Accept,
    /// Answers the recipient with this line.
    AtRecipient(&'static str),
    /// Answers the final dot with this line.
    AtDot(&'static str),
    /// Takes the text and closes without a word.
    CutAfterDot,
}

/// A text that came to its final dot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// The recipient.
    pub to: String,
    /// All of it, with its final dot.
    pub text: String,
}

impl Text {
    /// A header of the text; none when it has none of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.text.lines().take_while(|line| !line.is_empty());
        let mut named = lines.filter_map(|line| line.split_once(": "));
        named
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }
}

/// Decides about a message when its recipient is named.
type Script = dyn Fn(&str) -> Answer + Send + Sync;

/// A running mail server; it ends with the test's runtime.
pub struct MailSink {
    port: u16,
    texts: Arc<Mutex<Vec<Text>>>,
}

impl MailSink {
    /// Starts on a free loopback port.
    pub async fn start(script: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (script, texts): (Arc<Script>, _) = (Arc::new(script), Arc::default());
        let kept = Arc::clone(&texts);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).unwrap();
                tokio::spawn(serve(stream, Arc::clone(&script), Arc::clone(&kept)));
            }
        });
        Self { port, texts }
    }

    /// A mailer that hands its messages to this server.
    pub fn mailer(&self) -> Mailer {
        let config = SmtpConfig {
            host: "127.0.0.1".into(),
            port: self.port,
            security: Security::Plain,
            hello_name: "acquit.test".into(),
            login: None,
            authority: None,
            connections_max: NonZeroUsize::new(8).unwrap(),
            command_limit: Duration::from_secs(10),
            final_limit: Duration::from_secs(10),
        };
        Mailer::Smtp(SmtpMailer::new(config).unwrap())
    }

    /// The texts so far, in the order of their final dots.
    pub fn texts(&self) -> Vec<Text> {
        lock(&self.texts).clone()
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Serves one connection until the client leaves or the script cuts it.
async fn serve(stream: TcpStream, script: Arc<Script>, texts: Arc<Mutex<Vec<Text>>>) {
    let mut stream = BufReader::new(stream);
    let mut to = String::new();
    let mut answer = Answer::Accept;
    say(&mut stream, "220 sink").await;
    while let Some(line) = hear(&mut stream).await {
        let verb = line.trim_end().split([' ', ':']).next().unwrap_or_default();
        match verb.to_ascii_uppercase().as_str() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                answer = script(&to);
                match answer {
                    Answer::AtRecipient(reply) => say(&mut stream, reply).await,
                    _ => say(&mut stream, "250 ok").await,
                }
            }
            "DATA" => {
                say(&mut stream, "354 go on").await;
                let Some(text) = text(&mut stream).await else {
                    return;
                };
                let to = to.clone();
                lock(&texts).push(Text { to, text });
                match answer {
                    Answer::CutAfterDot => return,
                    Answer::AtDot(reply) => say(&mut stream, reply).await,
                    _ => say(&mut stream, "250 queued").await,
                }
            }
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "250 ok").await,
        }
    }
}

/// A client that is gone is noticed when the next line is awaited.
async fn say(stream: &mut BufReader<TcpStream>, line: &str) {
    let _ = stream.write_all(format!("{line}\r\n").as_bytes()).await;
}

async fn hear(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then_some(line)
}

async fn text(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut text = String::new();
    while !text.ends_with("\r\n.\r\n") {
        text += &hear(stream).await?;
    }
    Some(text)
}
