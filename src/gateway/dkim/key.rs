//! Private keys that sign, and the public ones that receivers look up.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair as RsaKeyPair;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256};
use secrecy::{ExposeSecret, SecretString};

use super::{DkimError, DkimKey};

/// The algorithm of an RSA public key (`rsaEncryption`), as DER.
const RSA_ALGORITHM: [u8; 15] = [
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];

/// Types of DER values.
const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;

pub(super) enum Private {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
}

impl Private {
    pub(super) fn read(key: &DkimKey) -> Result<Self, DkimError> {
        match key {
            DkimKey::Rsa(pem) => rsa(pem).map(|pair| Self::Rsa(Box::new(pair))),
            DkimKey::Ed25519(seed) => ed25519(seed).map(|pair| Self::Ed25519(Box::new(pair))),
        }
    }

    pub(super) const fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    pub(super) const fn record_kind(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa",
            Self::Ed25519(_) => "ed25519",
        }
    }

    /// The public key as DNS gives it: RSA with its algorithm around it, Ed25519 bare.
    pub(super) fn public(&self) -> Vec<u8> {
        match self {
            Self::Rsa(pair) => {
                let bits = [&[0], pair.public().as_ref()].concat();
                let parts = [RSA_ALGORITHM.to_vec(), der(BIT_STRING, &bits)].concat();
                der(SEQUENCE, &parts)
            }
            Self::Ed25519(pair) => pair.public_key().as_ref().to_vec(),
        }
    }

    /// Signs the text; Ed25519 signs its hash (RFC 8463 §3).
    pub(super) fn sign(&self, text: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                let random = SystemRandom::new();
                pair.sign(&RSA_PKCS1_SHA256, &random, text, &mut signature)
                    .ok()?;
                Some(signature)
            }
            Self::Ed25519(pair) => {
                let hash = digest(&SHA256, text);
                Some(pair.sign(hash.as_ref()).as_ref().to_vec())
            }
        }
    }
}

/// A value with its type and length before it.
fn der(kind: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let used = length
        .iter()
        .position(|byte| *byte != 0)
        .unwrap_or(length.len());
    let length = length.get(used..).unwrap_or_default();
    let mut bytes = vec![kind];
    match length {
        [] => bytes.push(0),
        [short] if *short < 0x80 => bytes.push(*short),
        long => {
            bytes.push(0x80 | u8::try_from(long.len()).unwrap_or_default());
            bytes.extend(long);
        }
    }
    bytes.extend(value);
    bytes
}

fn rsa(pem: &SecretString) -> Result<RsaKeyPair, DkimError> {
    let text = pem.expose_secret().trim();
    let body = |label: &str| {
        let inner = text.strip_prefix(&format!("-----BEGIN {label}-----"))?;
        let inner = inner.strip_suffix(&format!("-----END {label}-----"))?;
        let base64: String = inner.split_whitespace().collect();
        STANDARD.decode(base64).ok()
    };
    let pair = if let Some(pkcs1) = body("RSA PRIVATE KEY") {
        RsaKeyPair::from_der(&pkcs1)
    } else if let Some(pkcs8) = body("PRIVATE KEY") {
        RsaKeyPair::from_pkcs8(&pkcs8)
    } else {
        return Err(DkimError::Rsa);
    };
    pair.map_err(|_| DkimError::Rsa)
}

fn ed25519(seed: &SecretString) -> Result<Ed25519KeyPair, DkimError> {
    let bytes = STANDARD
        .decode(seed.expose_secret().trim())
        .map_err(|_| DkimError::Ed25519)?;
    Ed25519KeyPair::from_seed_unchecked(&bytes).map_err(|_| DkimError::Ed25519)
}
