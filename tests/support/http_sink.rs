//! A provider of text messages in the test's own process: records what it is asked, answers by
//! script.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A request, as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// `POST /sms/jobs`.
    pub line: String,
    /// Headers in their order, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Asked {
    /// A header of the request.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        let found = all.find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Its body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// What the provider does with a request it has read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// Answers.
    Say(u16, String),
    /// Answers in part, and closes.
    Half(u16),
    /// Closes without a word.
    Cut,
    /// Says nothing, for ever.
    Wait,
}

impl Reply {
    pub fn say(status: u16, body: &str) -> Self {
        Self::Say(status, body.to_owned())
    }
}

type Script = dyn Fn(&Asked) -> Reply + Send + Sync;

/// A running provider; it ends with the test's runtime.
pub struct HttpSink {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl HttpSink {
    /// Starts on a free loopback port.
    pub async fn start(script: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let (kept, script): (_, Arc<Script>) = (Arc::clone(&asked), Arc::new(script));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (kept, script) = (Arc::clone(&kept), Arc::clone(&script));
                tokio::spawn(async move { serve(stream, &kept, &*script).await });
            }
        });
        Self { port, asked }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What it was asked, in order.
    pub fn asked(&self) -> Vec<Asked> {
        lock(&self.asked).clone()
    }
}

fn lock(asked: &Mutex<Vec<Asked>>) -> MutexGuard<'_, Vec<Asked>> {
    asked.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(stream: TcpStream, kept: &Mutex<Vec<Asked>>, script: &Script) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await.ok()?;
    let line = line.trim().trim_end_matches(" HTTP/1.1").to_owned();
    let mut headers = Vec::new();
    loop {
        let mut text = String::new();
        stream.read_line(&mut text).await.ok()?;
        let Some((name, value)) = text.trim().split_once(':') else {
            break;
        };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let body = String::from_utf8(body).unwrap();
    let asked = Asked {
        line,
        headers,
        body,
    };
    lock(kept).push(asked.clone());
    let (status, body, said) = match script(&asked) {
        Reply::Say(status, body) => (status, body.clone(), body),
        Reply::Half(status) => (status, "x".repeat(10_000), "x".to_owned()),
        Reply::Cut => return None,
        Reply::Wait => {
            std::future::pending::<()>().await;
            return None;
        }
    };
    let head = format!(
        "HTTP/1.1 {status} -\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{said}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.flush().await.ok()
}
