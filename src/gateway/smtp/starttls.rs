//! The few lines in clear before TLS, written apart from lettre's own STARTTLS.
//!
//! Bytes that arrive in the same packet as the go-ahead would be read later as if they had come
//! encrypted (the STARTTLS injection of 2011 and 2021). Here each reply must end what was read, so
//! the encrypted connection starts with nothing in hand.

use lettre::transport::smtp::extension::ClientId;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::reply::Failure;

const REPLY_MAX: usize = 16 * 1024;

/// Greeting, EHLO, STARTTLS; afterwards the server waits for the TLS handshake.
pub(super) async fn ask(stream: &mut TcpStream, hello: &ClientId) -> Result<(), Failure> {
    expect(220, &reply(stream).await?)?;
    stream
        .write_all(format!("EHLO {hello}\r\n").as_bytes())
        .await?;
    let offer = reply(stream).await?;
    expect(250, &offer)?;
    if !offers_starttls(&offer) {
        let why = "the server offers no STARTTLS and nothing is sent in clear";
        return Err(Failure::Lost(why.to_owned()));
    }
    stream.write_all(b"STARTTLS\r\n").await?;
    expect(220, &reply(stream).await?)
}

fn offers_starttls(offer: &str) -> bool {
    let mut extensions = offer.lines().filter_map(|line| line.get(4..));
    extensions.any(|name| name.trim().eq_ignore_ascii_case("STARTTLS"))
}

fn expect(code: u16, reply: &str) -> Result<(), Failure> {
    let given = reply.get(..3).and_then(|digits| digits.parse().ok());
    match given {
        Some(given) if given == code => Ok(()),
        Some(given) if given >= 400 => Err(Failure::No {
            code: given,
            text: reply.get(4..).unwrap_or_default().trim().to_owned(),
        }),
        _ => Err(Failure::Lost("unexpected reply before TLS".to_owned())),
    }
}

/// One whole reply, and not a byte more.
async fn reply(stream: &mut TcpStream) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while !is_whole(&bytes)? {
        let mut chunk = [0_u8; 1024];
        let count = stream.read(&mut chunk).await?;
        if count == 0 {
            return Err(Failure::Lost("closed before TLS".to_owned()));
        }
        bytes.extend(chunk.iter().take(count));
        if bytes.len() > REPLY_MAX {
            return Err(Failure::Lost("reply too long before TLS".to_owned()));
        }
    }
    String::from_utf8(bytes).map_err(|_| Failure::Lost("reply is no text".to_owned()))
}

/// Whether the bytes end with the last line of a reply (`250 OK`, not `250-OK`).
fn is_whole(bytes: &[u8]) -> Result<bool, Failure> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let last = lines
        .by_ref()
        .position(|line| line.ends_with(b"\n") && line.get(3).is_none_or(|byte| *byte != b'-'));
    match (last, lines.next()) {
        (None, _) => Ok(false),
        (Some(_), None) => Ok(true),
        (Some(_), Some(_)) => Err(Failure::Lost("bytes sent ahead of TLS".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_ends_with_its_last_line_and_nothing_may_follow() {
        for (text, expected) in [
            ("", Ok(false)),
            ("220", Ok(false)),
            ("220 ready", Ok(false)),
            ("220 ready\r\n", Ok(true)),
            ("220\r\n", Ok(true)),
            ("250-one\r\n", Ok(false)),
            ("250-one\r\n250 two\r\n", Ok(true)),
        ] {
            assert_eq!(is_whole(text.as_bytes()), expected, "{text:?}");
        }
        for text in ["220 go\r\n250 x\r\n", "220 go\r\n2", "250-a\r\n250 b\r\n\0"] {
            assert!(is_whole(text.as_bytes()).is_err(), "{text:?}");
        }
    }

    #[test]
    fn only_the_word_itself_offers_starttls() {
        assert!(offers_starttls("250-mx\r\n250-STARTTLS\r\n250 SIZE\r\n"));
        assert!(offers_starttls("250-mx\r\n250 starttls\r\n"));
        assert!(!offers_starttls("250-mx\r\n250 X-STARTTLS\r\n"));
        assert!(!offers_starttls("250 STARTTLSX\r\n"));
    }
}
