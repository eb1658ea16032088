//! DKIM (RFC 6376, RFC 8463): a supplier's domain vouches for the messages sent in its name.
//!
//! Written here on ring rather than taken from lettre: that signs with RSA 200 times a second where
//! ring signs 1,500 times, reads no PKCS#8 (what `openssl genrsa` writes), and stamps signatures
//! with the machine's clock. Header and body are canonicalised `relaxed/relaxed`.

mod key;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Moment;
use ring::digest::{SHA256, digest};
use secrecy::SecretString;

use key::Private;

/// What is signed; names that a message lacks are signed as absent, so nobody can add them.
const SIGNED: [&str; 12] = [
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "In-Reply-To",
    "References",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
];

/// Columns of a folded header line.
const COLUMNS: usize = 76;

/// A private key for signing.
#[derive(Clone, Debug)]
pub enum DkimKey {
    /// RSA of 2048 bits or more, in PEM (PKCS#1 or PKCS#8); every receiver verifies it.
    Rsa(SecretString),
    /// Ed25519 (RFC 8463), the 32-byte seed in base64; not every receiver verifies it.
    Ed25519(SecretString),
}

/// Why a signing key cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DkimError {
    /// Domain and selector make up the DNS name the public key is found under.
    #[error("'{0}' is no DNS name: write the selector as acquit1 and the domain as example.org")]
    Name(String),
    /// Not an RSA key, or a short one.
    #[error("the RSA key cannot be read: make it with `openssl genrsa 2048`")]
    Rsa,
    /// Not an Ed25519 seed.
    #[error("the Ed25519 key cannot be read: it is 32 bytes in base64, `openssl rand -base64 32`")]
    Ed25519,
}

/// Signs messages for one domain.
pub struct DkimSigner {
    domain: String,
    selector: String,
    key: Private,
}

impl fmt::Debug for DkimSigner {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DkimSigner(…)")
    }
}

impl DkimSigner {
    /// For the public key at `<selector>._domainkey.<domain>`. The domain must be the sender's or
    /// above it, or DMARC does not count the signature.
    pub fn new(domain: &str, selector: &str, key: &DkimKey) -> Result<Self, DkimError> {
        for name in [domain, selector] {
            if !is_dns_name(name) {
                return Err(DkimError::Name(name.escape_debug().to_string()));
            }
        }
        Ok(Self {
            domain: domain.to_owned(),
            selector: selector.to_owned(),
            key: Private::read(key)?,
        })
    }

    /// The domain that vouches.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The name in DNS that the public key is to be found under.
    #[must_use]
    pub fn record_name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// The text that is to stand there.
    #[must_use]
    pub fn record(&self) -> String {
        let public = STANDARD.encode(self.key.public());
        format!("v=DKIM1; k={}; p={public}", self.key.record_kind())
    }

    /// The public key, as its record says it.
    #[must_use]
    pub fn public_key(&self) -> String {
        STANDARD.encode(self.key.public())
    }

    /// The header that signs a whole message, with its line end; none when the key fails.
    pub(super) fn header(&self, message: &str, at: Moment) -> Option<String> {
        let (head, body) = message.split_once("\r\n\r\n").unwrap_or((message, ""));
        let body_hash = STANDARD.encode(digest(&SHA256, relaxed_body(body).as_bytes()));
        let names: Vec<String> = SIGNED.iter().map(|name| name.to_lowercase()).collect();
        let unsigned = format!(
            "v=1; a={}; c=relaxed/relaxed; d={}; s={}; t={}; h={}; bh={body_hash}; b=",
            self.key.algorithm(),
            self.domain,
            self.selector,
            at.seconds(),
            names.join(":"),
        );
        let mut signed = String::new();
        for name in &names {
            if let Some(value) = last_header(head, name) {
                signed.push_str(&format!("{name}:{}\r\n", relaxed_value(&value)));
            }
        }
        signed.push_str(&format!("dkim-signature:{}", relaxed_value(&unsigned)));
        let signature = STANDARD.encode(self.key.sign(signed.as_bytes())?);
        Some(folded(&unsigned, &signature))
    }
}

/// The value of the last header of this name, still folded: signers count from the bottom.
fn last_header(head: &str, name: &str) -> Option<String> {
    let mut found = None;
    let mut current: Option<String> = None;
    for line in head.split("\r\n") {
        if line.starts_with([' ', '\t']) {
            if let Some(value) = &mut current {
                value.push_str(line);
            }
            continue;
        }
        found = current.take().or(found);
        if let Some((own, value)) = line.split_once(':')
            && own.trim_end().eq_ignore_ascii_case(name)
        {
            current = Some(value.to_owned());
        }
    }
    current.or(found)
}

/// RFC 6376 §3.4.2: on one line, one space where there were several, none at the ends.
fn relaxed_value(value: &str) -> String {
    let words = value
        .split([' ', '\t', '\r', '\n'])
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// RFC 6376 §3.4.4: one space where there were several, none at line ends, no empty lines at the
/// end.
fn relaxed_body(body: &str) -> String {
    let mut text = String::with_capacity(body.len() + 2);
    for line in body.split("\r\n") {
        let mut blank = false;
        for letter in line.trim_end_matches([' ', '\t']).chars() {
            if matches!(letter, ' ' | '\t') {
                blank = true;
                continue;
            }
            if blank {
                text.push(' ');
                blank = false;
            }
            text.push(letter);
        }
        text.push_str("\r\n");
    }
    let kept = text.trim_end_matches("\r\n").len();
    text.truncate(kept);
    if !text.is_empty() {
        text.push_str("\r\n");
    }
    text
}

/// The header in lines of some length: tags are parted at their blanks, the signature anywhere.
fn folded(unsigned: &str, signature: &str) -> String {
    let mut header = String::from("DKIM-Signature:");
    let mut column = header.len();
    for word in unsigned.split(' ') {
        if column + 1 + word.len() > COLUMNS {
            header.push_str("\r\n");
            column = 0;
        }
        header.push(' ');
        header.push_str(word);
        column += 1 + word.len();
    }
    for letter in signature.chars() {
        if column >= COLUMNS {
            header.push_str("\r\n ");
            column = 1;
        }
        header.push(letter);
        column += 1;
    }
    header.push_str("\r\n");
    header
}

fn is_dns_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=253).contains(&text.len()) && text.bytes().all(fits)
}

#[cfg(test)]
mod tests;
