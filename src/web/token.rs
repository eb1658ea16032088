//! Signed tokens for cookies and one-shot tickets (RFC 7519, HS256 with a key of its own each).

use domain::Moment;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::vault::Vault;

/// What a token is for: one made for another purpose does not open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// A debtor's session, begun by *Continue*.
    Portal,
    /// A staff session.
    Staff,
    /// A form's protection against requests from other sites.
    Form,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Portal => "portal.v1",
            Self::Staff => "staff.v1",
            Self::Form => "form.v1",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Claims<T> {
    aud: String,
    exp: i64,
    #[serde(flatten)]
    content: T,
}

/// Signs a content until an instant. None only when the content cannot be written as JSON.
pub fn seal<T: Serialize>(
    vault: &Vault,
    purpose: Purpose,
    content: T,
    until: Moment,
) -> Option<String> {
    let claims = Claims {
        aud: purpose.name().to_owned(),
        exp: until.seconds(),
        content,
    };
    let key = EncodingKey::from_secret(&vault.key(purpose.name()));
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).ok()
}

/// Opens a token of this purpose that has not ended by `now`.
pub fn open<T: DeserializeOwned>(
    vault: &Vault,
    purpose: Purpose,
    token: &str,
    now: Moment,
) -> Option<T> {
    let mut rules = Validation::new(Algorithm::HS256);
    // The library would ask the machine's clock: the instant is compared below instead.
    rules.validate_exp = false;
    rules.set_audience(&[purpose.name()]);
    let key = DecodingKey::from_secret(&vault.key(purpose.name()));
    let claims = jsonwebtoken::decode::<Claims<T>>(token, &key, &rules)
        .ok()?
        .claims;
    (now.seconds() < claims.exp).then_some(claims.content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct Who {
        who: String,
    }

    fn at(seconds: i64) -> Moment {
        Moment::from_seconds(seconds)
    }

    #[test]
    fn a_token_opens_for_its_purpose_until_its_end() {
        let vault = Vault::new([1; 32]);
        let who = Who { who: "deb".into() };
        let token = seal(&vault, Purpose::Portal, &who, at(100)).unwrap();
        assert_eq!(open(&vault, Purpose::Portal, &token, at(99)), Some(who));
        assert_eq!(open::<Who>(&vault, Purpose::Portal, &token, at(100)), None);
        assert_eq!(open::<Who>(&vault, Purpose::Staff, &token, at(99)), None);
        assert_eq!(
            open::<Who>(&Vault::new([2; 32]), Purpose::Portal, &token, at(99)),
            None
        );
        let mut altered = token.clone();
        altered.replace_range(
            40..41,
            if token.as_bytes()[40] == b'A' {
                "B"
            } else {
                "A"
            },
        );
        assert_eq!(open::<Who>(&vault, Purpose::Portal, &altered, at(99)), None);
    }
}
