//! A mail server that follows a script, one list of acts a connection.

use std::future::Future;
use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::gateway::smtp::{Security, SmtpConfig, SmtpMailer};

#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Writes this line.
    Say(&'static str),
    /// Writes exactly this.
    Raw(&'static str),
    /// Reads a line that starts so.
    Hear(&'static str),
    /// Reads up to the final dot.
    Text,
    /// Reads this many bytes of the text.
    Some(usize),
    /// Ends the connection with RST.
    Reset,
    /// Says nothing until the client goes.
    Hang,
}

use Act::{Hear, Say};

/// Up to the recipient's acceptance.
pub const OPEN: [Act; 7] = [
    Say("220 mx ready"),
    Hear("EHLO acquit.test"),
    Say("250 mx"),
    Hear("MAIL FROM:<billing@boreal.test>"),
    Say("250 ok"),
    Hear("RCPT TO:<ap@durand.test>"),
    Say("250 ok"),
];

/// A whole message on a connection that was used before.
pub const AGAIN: [Act; 10] = [
    Hear("RSET"),
    Say("250 ok"),
    Hear("MAIL"),
    Say("250 ok"),
    Hear("RCPT"),
    Say("250 ok"),
    Hear("DATA"),
    Say("354 go"),
    Act::Text,
    Say("250 queued as 2"),
];

pub const SENT: [Act; 4] = [
    Hear("DATA"),
    Say("354 go"),
    Act::Text,
    Say("250 queued as 1"),
];

pub fn script(parts: &[&[Act]]) -> Vec<Act> {
    parts.concat()
}

pub struct Server {
    port: u16,
    task: JoinHandle<Vec<String>>,
}

impl Server {
    /// Serves the sessions one after the other, then no more.
    pub async fn start(sessions: Vec<Vec<Act>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let task = tokio::spawn(async move {
            let mut texts = Vec::new();
            for session in sessions {
                let (stream, _) = listener.accept().await.unwrap();
                play(stream, &session, &mut texts).await;
            }
            texts
        });
        Self { port, task }
    }

    /// The texts received, once every session was played to its end.
    pub async fn texts(self) -> Vec<String> {
        tokio::time::timeout(Duration::from_secs(10), self.task)
            .await
            .expect("the client did not follow the script")
            .unwrap()
    }

    pub fn config(&self, security: Security) -> SmtpConfig {
        SmtpConfig {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            security,
            hello_name: "acquit.test".to_owned(),
            login: None,
            authority: None,
            connections_max: NonZeroUsize::MIN,
            command_limit: Duration::from_secs(5),
            final_limit: Duration::from_secs(5),
        }
    }

    pub fn mailer(&self) -> SmtpMailer {
        SmtpMailer::new(self.config(Security::Plain)).unwrap()
    }
}

async fn play(stream: TcpStream, session: &[Act], texts: &mut Vec<String>) {
    let mut stream = BufReader::new(stream);
    for act in session {
        match act {
            Say(line) => stream
                .write_all(format!("{line}\r\n").as_bytes())
                .await
                .unwrap(),
            Act::Raw(bytes) => stream.write_all(bytes.as_bytes()).await.unwrap(),
            Hear(start) => {
                let mut line = String::new();
                stream.read_line(&mut line).await.unwrap();
                assert!(line.starts_with(start), "heard {line:?}, not {start:?}");
            }
            Act::Text => texts.push(text(&mut stream).await),
            Act::Some(count) => {
                stream.read_exact(&mut vec![0; *count]).await.unwrap();
            }
            Act::Reset => stream.get_ref().set_zero_linger().unwrap(),
            Act::Hang => {
                let _gone = stream.read_to_end(&mut Vec::new()).await;
            }
        }
    }
}

async fn text(stream: &mut BufReader<TcpStream>) -> String {
    let mut text = String::new();
    while !text.ends_with("\r\n.\r\n") {
        assert!(
            stream.read_line(&mut text).await.unwrap() > 0,
            "cut off: {text:?}"
        );
    }
    text
}

pub fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(test)
}
