//! DKIM (RFC 6376): a supplier's domain vouches for the messages sent in its name.
//!
//! lettre signs and stamps the signature with the machine's clock; every other byte of a message
//! depends on its inputs alone.

use std::fmt;

use lettre::Message;
use lettre::message::dkim::{
    DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm,
    DkimSigningKey,
};
use lettre::message::header::HeaderName;
use secrecy::{ExposeSecret, SecretString};

/// What is signed; names that a message lacks are signed as absent, so nobody can add them.
const SIGNED: [&str; 10] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
];

/// A private key for signing.
#[derive(Clone, Debug)]
pub enum DkimKey {
    /// RSA in PKCS#1 PEM; every receiver verifies it. Signing takes about 5 ms.
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
    /// Not an RSA key in the form lettre reads.
    #[error("the RSA key cannot be read: make it with `openssl genrsa -traditional 2048`")]
    Rsa,
    /// Not an Ed25519 seed.
    #[error("the Ed25519 key cannot be read: it is 32 bytes in base64")]
    Ed25519,
}

/// Signs messages for one domain.
pub struct DkimSigner(DkimConfig);

impl fmt::Debug for DkimSigner {
    /// Without the key, which lettre's own `Debug` shows.
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
        let relaxed = DkimCanonicalization {
            header: DkimCanonicalizationType::Relaxed,
            body: DkimCanonicalizationType::Relaxed,
        };
        Ok(Self(DkimConfig::new(
            selector.to_owned(),
            domain.to_owned(),
            read(key)?,
            SIGNED.map(HeaderName::new_from_ascii_str).into(),
            relaxed,
        )))
    }

    pub(super) fn sign(&self, message: &mut Message) {
        message.sign(&self.0);
    }
}

fn read(key: &DkimKey) -> Result<DkimSigningKey, DkimError> {
    match key {
        DkimKey::Rsa(pem) => {
            DkimSigningKey::new(pem.expose_secret().trim(), DkimSigningAlgorithm::Rsa)
                .map_err(|_| DkimError::Rsa)
        }
        DkimKey::Ed25519(seed) => {
            DkimSigningKey::new(seed.expose_secret().trim(), DkimSigningAlgorithm::Ed25519)
                .map_err(|_| DkimError::Ed25519)
        }
    }
}

fn is_dns_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=253).contains(&text.len()) && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unusable_keys_and_names_are_refused_in_words() {
        let seed = DkimKey::Ed25519("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n".into());
        assert!(DkimSigner::new("boreal.test", "acquit1", &seed).is_ok());
        let error = DkimSigner::new("boreal.test; h=", "acquit1", &seed).unwrap_err();
        assert_eq!(error, DkimError::Name("boreal.test; h=".to_owned()));
        let short = DkimKey::Ed25519("BwcH".into());
        let error = DkimSigner::new("boreal.test", "acquit1", &short).unwrap_err();
        assert_eq!(error, DkimError::Ed25519);
        let pkcs8 = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----";
        let error = DkimSigner::new("boreal.test", "acquit1", &DkimKey::Rsa(pkcs8.into()));
        assert_eq!(error.unwrap_err(), DkimError::Rsa);
    }
}
