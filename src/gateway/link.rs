//! Signed links: short enough for one SMS, opaque, revocable (design §6).
//!
//! A token is a key id followed by base64url of 16 random bytes and the first 8 bytes of their
//! HMAC-SHA256. The code turns guesses away before any database query; what the link may do is
//! in the database, under the token's SHA-256. Nothing here stores, logs or reads a clock.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

const CONTEXT: &[u8] = b"link.v1";
const RANDOM: usize = 16;
const CODE: usize = 8;
/// Characters of a token: the key id and 24 bytes in base64url.
pub const TOKEN_CHARS: usize = 33;

/// Why a text is not a link of ours. The page shown is the same for all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LinkError {
    /// Not 33 characters of the alphabet.
    #[error("the link is incomplete or has foreign characters")]
    Form,
    /// Signed with a key that was withdrawn or never existed.
    #[error("the link's key is not in use")]
    Key,
    /// The code does not fit: mistyped or guessed.
    #[error("the link's code does not fit")]
    Code,
}

/// Why a set of keys cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LinkKeyError {
    /// Links cannot be signed without a key.
    #[error("there is no link key: give at least one")]
    None,
    /// A key id must fit into a URL.
    #[error("'{0}' cannot name a link key: use one letter or digit")]
    Id(char),
    /// Two keys under one id.
    #[error("two link keys are named '{0}': give each its own letter or digit")]
    Twice(char),
}

/// A verified or freshly made token. Whoever has it can open the link, so `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken(String);

impl LinkToken {
    /// SHA-256 of the 33 characters: what is stored and looked up. A plain hash is enough for
    /// 128 random bits (OWASP ASVS 5.0, 6.5.2).
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Display for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkToken(…)")
    }
}

struct LinkKey {
    id: char,
    mac: Hmac<Sha256>,
}

impl LinkKey {
    fn mac(&self, random: &[u8]) -> Hmac<Sha256> {
        self.mac.clone().chain_update(CONTEXT).chain_update(random)
    }
}

/// The keys that links are signed with: the newest signs, all of them verify.
///
/// Dropping a key revokes every link it signed.
pub struct LinkKeys {
    newest: LinkKey,
    older: Vec<LinkKey>,
}

impl fmt::Debug for LinkKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.all().map(|key| key.id))
            .finish()
    }
}

impl LinkKeys {
    /// From `(id, key)` pairs, the newest first; an id is one letter or digit, a key 32 bytes.
    pub fn new(keys: &[(char, [u8; 32])]) -> Result<Self, LinkKeyError> {
        let mut ready: Vec<LinkKey> = Vec::with_capacity(keys.len());
        for (id, key) in keys {
            if !id.is_ascii_alphanumeric() {
                return Err(LinkKeyError::Id(*id));
            }
            if ready.iter().any(|known| known.id == *id) {
                return Err(LinkKeyError::Twice(*id));
            }
            // HMAC takes keys of any length: the error cannot occur.
            let mac = Hmac::new_from_slice(key).map_err(|_| LinkKeyError::Id(*id))?;
            ready.push(LinkKey { id: *id, mac });
        }
        let mut ready = ready.into_iter();
        let newest = ready.next().ok_or(LinkKeyError::None)?;
        Ok(Self {
            newest,
            older: ready.collect(),
        })
    }

    fn all(&self) -> impl Iterator<Item = &LinkKey> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    /// Signs 16 bytes from a cryptographic source of randomness.
    #[must_use]
    pub fn mint(&self, random: [u8; RANDOM]) -> LinkToken {
        let code = self.newest.mac(&random).finalize().into_bytes();
        let signed: Vec<u8> = random
            .iter()
            .chain(code.iter().take(CODE))
            .copied()
            .collect();
        let mut text = String::with_capacity(TOKEN_CHARS);
        text.push(self.newest.id);
        URL_SAFE_NO_PAD.encode_string(signed, &mut text);
        LinkToken(text)
    }

    /// Accepts a token one of the keys signed; compares in constant time, looks nothing up.
    pub fn verify(&self, text: &str) -> Result<LinkToken, LinkError> {
        if text.len() != TOKEN_CHARS {
            return Err(LinkError::Form);
        }
        let mut letters = text.chars();
        let id = letters.next().ok_or(LinkError::Form)?;
        let signed = URL_SAFE_NO_PAD
            .decode(letters.as_str())
            .map_err(|_| LinkError::Form)?;
        let (random, code) = signed.split_at_checked(RANDOM).ok_or(LinkError::Form)?;
        if code.len() != CODE {
            return Err(LinkError::Form);
        }
        let key = self.all().find(|key| key.id == id).ok_or(LinkError::Key)?;
        key.mac(random)
            .verify_truncated_left(code)
            .map_err(|_| LinkError::Code)?;
        Ok(LinkToken(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys(ids: &str) -> LinkKeys {
        let pairs: Vec<_> = ids
            .chars()
            .map(|id| (id, [u8::try_from(id).unwrap(); 32]))
            .collect();
        LinkKeys::new(&pairs).unwrap()
    }

    /// Computed apart, with Python's hmac and base64.
    #[test]
    fn the_form_is_fixed() {
        let token = keys("a").mint([7; 16]);
        assert_eq!(token.to_string(), GOLDEN);
        assert_eq!(token.to_string().len(), TOKEN_CHARS);
    }
    const GOLDEN: &str = "aBwcHBwcHBwcHBwcHBwcHB0Kbcx7tPBYB";

    #[test]
    fn the_newest_key_signs_and_the_older_still_verify() {
        let old = keys("a").mint([1; 16]).to_string();
        let rotated = keys("ba");
        assert!(rotated.verify(&old).is_ok());
        assert!(rotated.mint([1; 16]).to_string().starts_with('b'));
        assert_eq!(keys("b").verify(&old), Err(LinkError::Key));
    }

    #[test]
    fn foreign_texts_are_refused_by_kind() {
        let good = keys("a").mint([9; 16]).to_string();
        let (short, _) = good.split_at(32);
        let (shorter, _) = good.split_at(31);
        let (_, tail) = good.split_at(1);
        for (text, expected) in [
            (String::new(), LinkError::Form),
            (short.to_owned(), LinkError::Form),
            (format!("{good}A"), LinkError::Form),
            (format!("{short}="), LinkError::Form),
            (format!("{short}+"), LinkError::Form),
            (format!("é{shorter}"), LinkError::Form),
            (format!("z{tail}"), LinkError::Key),
            (format!("b{tail}"), LinkError::Code),
        ] {
            assert_eq!(keys("ab").verify(&text), Err(expected), "{text}");
        }
    }

    #[test]
    fn bad_key_sets_are_refused() {
        assert_eq!(LinkKeys::new(&[]).unwrap_err(), LinkKeyError::None);
        let slash = LinkKeys::new(&[('/', [0; 32])]).unwrap_err();
        assert_eq!(slash, LinkKeyError::Id('/'));
        let twice = LinkKeys::new(&[('a', [0; 32]), ('a', [1; 32])]).unwrap_err();
        assert_eq!(twice, LinkKeyError::Twice('a'));
    }

    #[test]
    fn neither_token_nor_keys_show_in_debug() {
        let token = keys("a").mint([3; 16]);
        assert_eq!(format!("{token:?}"), "LinkToken(…)");
        assert_eq!(format!("{:?}", keys("ab")), "['a', 'b']");
    }

    proptest! {
        #[test]
        fn what_is_signed_verifies_and_one_changed_letter_does_not(
            random: [u8; 16],
            place in 0_usize..TOKEN_CHARS,
            letter in "[A-Za-z0-9_-]",
        ) {
            let keys = keys("a");
            let token = keys.mint(random);
            let text = token.to_string();
            prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
            let verified = keys.verify(&text);
            prop_assert_eq!(verified.as_ref().map(LinkToken::hash), Ok(token.hash()));
            let mut changed = text.clone();
            changed.replace_range(place..=place, &letter);
            prop_assert_eq!(keys.verify(&changed).is_ok(), changed == text);
        }
    }
}
