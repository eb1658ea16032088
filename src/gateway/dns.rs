//! Asking the system's name server for texts and mail hosts (RFC 1035), for the doctor.
//!
//! Two kinds of question do not pay for a resolver: it would be the largest package of the program.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};

/// How long the server may take, and how often it is asked.
const PATIENCE: Duration = Duration::from_secs(3);
const TRIES: usize = 3;

const PORT: u16 = 53;
const DATAGRAM_MAX: usize = 4096;

/// Kinds of records.
const MX: u16 = 15;
const TXT: u16 = 16;
const IN: u16 = 1;

/// Labels and jumps within one name: more are a loop.
const LABELS_MAX: usize = 200;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum DnsError {
    /// Not to be found in `/etc/resolv.conf`.
    #[error("no name server is set up in /etc/resolv.conf")]
    NoServer,
    /// No answer.
    #[error("the name server {0} does not answer: {1}")]
    Silent(SocketAddr, String),
    /// Not a name that can be asked for.
    #[error("'{0}' is no DNS name")]
    Name(String),
    /// It answers, but cannot help.
    #[error("the name server {0} says it cannot answer (code {1})")]
    Refused(SocketAddr, u8),
    /// An answer that cannot be read.
    #[error("the answer of the name server cannot be read")]
    Garbled,
}

/// A name server.
#[derive(Clone, Copy, Debug)]
pub struct Resolver {
    server: SocketAddr,
}

impl Resolver {
    /// The first one that the system is set up with.
    pub fn system() -> Result<Self, DnsError> {
        let text = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
        let first = text.lines().find_map(named).ok_or(DnsError::NoServer)?;
        Ok(Self::at(SocketAddr::new(first, PORT)))
    }

    /// The one at this address.
    #[must_use]
    pub const fn at(server: SocketAddr) -> Self {
        Self { server }
    }

    /// The texts at a name; none where the name does not exist.
    pub async fn texts(&self, name: &str) -> Result<Vec<String>, DnsError> {
        let all = self.ask(name, TXT).await?;
        let text = |data: &(Vec<u8>, String)| String::from_utf8_lossy(&data.0).into_owned();
        Ok(all.iter().map(text).collect())
    }

    /// The mail hosts of a domain.
    pub async fn mail_hosts(&self, domain: &str) -> Result<Vec<String>, DnsError> {
        Ok(self
            .ask(domain, MX)
            .await?
            .into_iter()
            .map(|(_, host)| host)
            .collect())
    }

    async fn ask(&self, name: &str, kind: u16) -> Result<Vec<(Vec<u8>, String)>, DnsError> {
        let id = u16::from_be_bytes(unforeseen());
        let query = query(id, name, kind)?;
        let answer = self.exchange(&query).await?;
        let reply = read(&answer, id, kind).ok_or(DnsError::Garbled)?;
        match reply.code {
            // No such name is an answer, too.
            0 | 3 => Ok(reply.records),
            code => Err(DnsError::Refused(self.server, code)),
        }
    }

    /// By datagram, and by a connection where that cuts the answer.
    async fn exchange(&self, query: &[u8]) -> Result<Vec<u8>, DnsError> {
        let mut why = String::from("no answer");
        for _ in 0..TRIES {
            match tokio::time::timeout(PATIENCE, self.datagram(query)).await {
                Ok(Ok(answer)) if is_cut(&answer) => {
                    let all = tokio::time::timeout(PATIENCE, self.connection(query)).await;
                    match all {
                        Ok(Ok(answer)) => return Ok(answer),
                        Ok(Err(error)) => why = error.to_string(),
                        Err(_) => {}
                    }
                }
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(error)) => why = error.to_string(),
                Err(_) => {}
            }
        }
        Err(DnsError::Silent(self.server, why))
    }

    async fn datagram(&self, query: &[u8]) -> std::io::Result<Vec<u8>> {
        let any = if self.server.is_ipv4() {
            "0.0.0.0:0"
        } else {
            "[::]:0"
        };
        let socket = UdpSocket::bind(any).await?;
        socket.connect(self.server).await?;
        socket.send(query).await?;
        let mut answer = vec![0; DATAGRAM_MAX];
        let length = socket.recv(&mut answer).await?;
        answer.truncate(length);
        Ok(answer)
    }

    async fn connection(&self, query: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(self.server).await?;
        let length = u16::try_from(query.len()).unwrap_or_default();
        stream
            .write_all(&[&length.to_be_bytes(), query].concat())
            .await?;
        let length = stream.read_u16().await?;
        let mut answer = vec![0; usize::from(length)];
        stream.read_exact(&mut answer).await?;
        Ok(answer)
    }
}

/// A number that nobody can foresee, for the query.
fn unforeseen() -> [u8; 2] {
    let mut bytes = [0; 2];
    // Without randomness a number of no surprise is still a number.
    let _ = getrandom::fill(&mut bytes);
    bytes
}

fn named(line: &str) -> Option<IpAddr> {
    let address = line.trim().strip_prefix("nameserver")?.trim();
    address.parse().ok()
}

fn is_cut(answer: &[u8]) -> bool {
    answer.get(2).is_some_and(|flags| flags & 0x02 != 0)
}

fn query(id: u16, name: &str, kind: u16) -> Result<Vec<u8>, DnsError> {
    let refused = || DnsError::Name(name.escape_debug().to_string());
    let mut bytes = id.to_be_bytes().to_vec();
    // A question, recursion wanted.
    bytes.extend([0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in name.trim_end_matches('.').split('.') {
        let length = u8::try_from(label.len()).map_err(|_| refused())?;
        if !(1..=63).contains(&length) || !label.is_ascii() {
            return Err(refused());
        }
        bytes.push(length);
        bytes.extend(label.as_bytes());
    }
    bytes.push(0);
    bytes.extend(kind.to_be_bytes());
    bytes.extend(IN.to_be_bytes());
    Ok(bytes)
}

/// What an answer says: its code, and the data of the records that were asked for, as bytes of a
/// text and as a name.
struct Reply {
    code: u8,
    records: Vec<(Vec<u8>, String)>,
}

fn read(answer: &[u8], id: u16, kind: u16) -> Option<Reply> {
    let mut at = Cursor {
        bytes: answer,
        at: 0,
    };
    if at.number()? != id {
        return None;
    }
    let flags = at.number()?;
    let [questions, answers] = [at.number()?, at.number()?];
    at.skip(4)?;
    for _ in 0..questions {
        at.name()?;
        at.skip(4)?;
    }
    let mut records = Vec::new();
    for _ in 0..answers {
        at.name()?;
        let own = at.number()?;
        at.skip(6)?;
        let length = usize::from(at.number()?);
        let start = at.at;
        if own == kind {
            records.push(at.record(kind, length)?);
        }
        at.at = start.checked_add(length)?;
    }
    let code = u8::try_from(flags & 0x0f).unwrap_or_default();
    Some(Reply { code, records })
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.take(count).map(drop)
    }

    fn number(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    /// A text of one or more pieces, or the host of a mail host after its preference.
    fn record(&mut self, kind: u16, length: usize) -> Option<(Vec<u8>, String)> {
        if kind == MX {
            self.number()?;
            return Some((Vec::new(), self.name()?));
        }
        let mut rest = Cursor {
            bytes: self.take(length)?,
            at: 0,
        };
        let mut text = Vec::new();
        while let Some([piece]) = rest.take(1) {
            text.extend(rest.take(usize::from(*piece))?);
        }
        Some((text, String::new()))
    }

    /// A name, which may jump back to one that stood before (RFC 1035 §4.1.4).
    fn name(&mut self) -> Option<String> {
        let mut labels = Vec::new();
        let mut after = None;
        for _ in 0..LABELS_MAX {
            let [length] = self.take(1)? else {
                return None;
            };
            match length {
                0 => {
                    self.at = after.unwrap_or(self.at);
                    return Some(labels.join("."));
                }
                1..=63 => {
                    let label = self.take(usize::from(*length))?;
                    labels.push(String::from_utf8_lossy(label).to_lowercase());
                }
                192.. => {
                    let [low] = self.take(1)? else {
                        return None;
                    };
                    after.get_or_insert(self.at);
                    self.at = usize::from(u16::from_be_bytes([length & 0x3f, *low]));
                }
                _ => return None,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
