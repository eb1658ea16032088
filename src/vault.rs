//! The vault: keys outside the database seal what must not be read in a stolen backup.
//!
//! One 32-byte secret is given at start; separate keys are derived from it for sealing columns,
//! signing links and signing sessions.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// Bytes of a nonce.
const NONCE: usize = 12;

/// Why a sealed value could not be made or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The operating system gave no random bytes.
    #[error("no random bytes: {0}")]
    Random(String),
    /// Not sealed with this key, for this purpose, or altered.
    #[error("the sealed value cannot be opened: is the secret file the one it was sealed with?")]
    Unopenable,
    /// The secret is not 32 bytes in hexadecimal.
    #[error("the secret must be 64 hexadecimal digits, for example from `openssl rand -hex 32`")]
    Secret,
}

/// The installation's secret and what is derived from it.
pub struct Vault {
    secret: [u8; 32],
    cipher: ChaCha20Poly1305,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

/// 16 or 32 bytes from the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|why| VaultError::Random(why.to_string()))?;
    Ok(bytes)
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 of a text or file, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

impl Vault {
    /// From the secret.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        let key = derive(&secret, "column.v1");
        Self {
            secret,
            cipher: ChaCha20Poly1305::new(&key.into()),
        }
    }

    /// From the secret as 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Result<Self, VaultError> {
        let digits = text.trim().as_bytes();
        if digits.len() != 64 {
            return Err(VaultError::Secret);
        }
        let mut secret = [0_u8; 32];
        for (byte, pair) in secret.iter_mut().zip(digits.chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| VaultError::Secret)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| VaultError::Secret)?;
        }
        Ok(Self::new(secret))
    }

    /// A key for one purpose, from which neither the secret nor another key can be found.
    #[must_use]
    pub fn key(&self, purpose: &str) -> [u8; 32] {
        derive(&self.secret, purpose)
    }

    /// A keyed hash of a text for one purpose.
    #[must_use]
    pub fn mac(&self, purpose: &str, text: &str) -> [u8; 32] {
        derive(&self.key(purpose), text)
    }

    /// Whether this is the keyed hash of the text; takes as long whatever differs.
    #[must_use]
    pub fn mac_fits(&self, purpose: &str, text: &str, mac: &[u8]) -> bool {
        let Ok(mut keyed) = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.key(purpose)) else {
            return false;
        };
        keyed.update(text.as_bytes());
        keyed.verify_slice(mac).is_ok()
    }

    /// Seals a text for one purpose, such as `mandate.iban`.
    pub fn seal(&self, purpose: &str, text: &str) -> Result<Vec<u8>, VaultError> {
        let nonce = random::<NONCE>()?;
        let payload = Payload {
            msg: text.as_bytes(),
            aad: purpose.as_bytes(),
        };
        let sealed = self
            .cipher
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_| VaultError::Unopenable)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for the same purpose.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<String, VaultError> {
        let (nonce, rest) = sealed
            .split_first_chunk::<NONCE>()
            .ok_or(VaultError::Unopenable)?;
        let payload = Payload {
            msg: rest,
            aad: purpose.as_bytes(),
        };
        let text = self
            .cipher
            .decrypt(&Nonce::from(*nonce), payload)
            .map_err(|_| VaultError::Unopenable)?;
        String::from_utf8(text).map_err(|_| VaultError::Unopenable)
    }
}

fn derive(secret: &[u8; 32], purpose: &str) -> [u8; 32] {
    // HMAC takes keys of any length, so this cannot fail; the fallback would only seal differently.
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(secret) else {
        return *secret;
    };
    mac.update(purpose.as_bytes());
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_values_open_for_their_purpose_only() {
        let vault = Vault::new([7; 32]);
        let sealed = vault
            .seal("mandate.iban", "FR7630006000011234567890189")
            .unwrap();
        assert_eq!(
            vault.open("mandate.iban", &sealed).unwrap(),
            "FR7630006000011234567890189"
        );
        assert_eq!(
            vault.open("supplier.iban", &sealed),
            Err(VaultError::Unopenable)
        );
        assert_eq!(
            Vault::new([8; 32]).open("mandate.iban", &sealed),
            Err(VaultError::Unopenable)
        );
        let mut altered = sealed;
        altered[20] ^= 1;
        assert_eq!(
            vault.open("mandate.iban", &altered),
            Err(VaultError::Unopenable)
        );
    }

    #[test]
    fn a_keyed_hash_fits_its_text_purpose_and_key_only() {
        let vault = Vault::new([7; 32]);
        let mac = vault.mac("code.v1", "123456");
        assert!(vault.mac_fits("code.v1", "123456", &mac));
        assert!(!vault.mac_fits("code.v1", "123457", &mac));
        assert!(!vault.mac_fits("link.v1", "123456", &mac));
        assert!(!vault.mac_fits("code.v1", "123456", &mac[..31]));
        assert!(!Vault::new([8; 32]).mac_fits("code.v1", "123456", &mac));
    }

    #[test]
    fn secrets_are_64_hexadecimal_digits() {
        assert!(Vault::from_hex(&"0f".repeat(32)).is_ok());
        assert_eq!(Vault::from_hex("0f").unwrap_err(), VaultError::Secret);
        assert_eq!(
            Vault::from_hex(&"xy".repeat(32)).unwrap_err(),
            VaultError::Secret
        );
    }

    #[test]
    fn keys_differ_by_purpose() {
        let vault = Vault::new([7; 32]);
        assert_ne!(vault.key("link.v1"), vault.key("session.v1"));
    }
}
