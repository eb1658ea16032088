//! RSA signatures by the key of a certificate.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, UnparsedPublicKey};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, SignatureVerificationAlgorithm, alg_id,
};
use webpki::EndEntityCert;
use webpki::ring::RSA_PKCS1_2048_8192_SHA256;

/// How a message is signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Version {
    /// SHA-1: what topics begin with.
    One,
    /// SHA-256.
    Two,
}

impl Version {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "1" => Some(Self::One),
            "2" => Some(Self::Two),
            _ => None,
        }
    }

    fn algorithm(self) -> &'static dyn SignatureVerificationAlgorithm {
        match self {
            Self::One => &RsaSha1,
            Self::Two => RSA_PKCS1_2048_8192_SHA256,
        }
    }
}

/// What certificates are no longer signed by, and messages of SNS still are.
#[derive(Debug)]
struct RsaSha1;

impl SignatureVerificationAlgorithm for RsaSha1 {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, public_key)
            .verify(message, signature)
            .map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::RSA_ENCRYPTION
    }

    /// `sha1WithRSAEncryption`.
    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        AlgorithmIdentifier::from_slice(&[
            0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x05, 0x05, 0x00,
        ])
    }
}

/// A certificate that was fetched.
#[derive(Debug)]
pub(super) struct Certificate(CertificateDer<'static>);

impl Certificate {
    /// Reads it from PEM.
    pub(super) fn read(pem: &[u8]) -> Result<Self, String> {
        let der = CertificateDer::from_pem_slice(pem).map_err(|why| why.to_string())?;
        EndEntityCert::try_from(&der).map_err(|why| why.to_string())?;
        Ok(Self(der))
    }

    /// Whether its key made this signature, in base64, of a text.
    pub(super) fn holds(&self, version: Version, text: &str, signature: &str) -> bool {
        let (Ok(signature), Ok(certificate)) =
            (STANDARD.decode(signature), EndEntityCert::try_from(&self.0))
        else {
            return false;
        };
        let verified =
            certificate.verify_signature(version.algorithm(), text.as_bytes(), &signature);
        verified.is_ok()
    }
}
