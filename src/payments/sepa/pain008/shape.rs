//! Elements that debits and blocks have in common.

use domain::bank::{Bic, Iban};
use serde::Serialize;

/// `Nm` alone: addresses are left out whole (`sepa.md` §1).
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Name {
    nm: String,
}

impl Name {
    /// From a converted name.
    pub(super) const fn new(nm: String) -> Self {
        Self { nm }
    }
}

/// A code from an ISO list.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Code<'a> {
    pub(super) cd: &'a str,
}

/// An account.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Account<'a> {
    id: AccountId<'a>,
}

#[derive(Serialize)]
struct AccountId<'a> {
    #[serde(rename = "IBAN")]
    iban: &'a str,
}

impl<'a> Account<'a> {
    pub(super) fn new(iban: &'a Iban) -> Self {
        let iban = iban.as_str();
        Self {
            id: AccountId { iban },
        }
    }
}

/// A bank: its BIC, or the marker that says it was not provided. The element is mandatory, and
/// banks refuse it empty or with the marker in the BIC's place.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Agent<'a> {
    fin_instn_id: Choice<Institution<'a>>,
}

/// An element that holds one of several; the enum inside names which.
#[derive(Serialize)]
pub(super) struct Choice<T> {
    #[serde(rename = "$value")]
    pub(super) one: T,
}

#[derive(Serialize)]
enum Institution<'a> {
    #[serde(rename = "BICFI")]
    Bic(&'a str),
    #[serde(rename = "Othr")]
    NotProvided(Id<&'static str>),
}

/// `Id` around anything.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Id<T> {
    pub(super) id: T,
}

impl<'a> Agent<'a> {
    pub(super) fn new(bic: Option<&'a Bic>) -> Self {
        let one = match bic {
            Some(bic) => Institution::Bic(bic.as_str()),
            None => Institution::NotProvided(Id { id: "NOTPROVIDED" }),
        };
        Self {
            fin_instn_id: Choice { one },
        }
    }
}
