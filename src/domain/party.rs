//! Who takes part: the supplier, its debtors and their contacts.

use std::fmt;
use std::str::FromStr;

use crate::bank::{Bic, CreditorId, Iban};
use crate::batch::DebitProfile;
use crate::day::{Day, Zone};
use crate::id::{ContactId, DebtorId, SupplierId};

text_enum! {
    /// A language Acquit writes in.
    pub enum Language {
        /// French.
        Fr = "fr",
        /// English.
        En = "en",
    }
}

text_enum! {
    /// Under which law a supplier's messages are sent (`law.md` §2, white label).
    pub enum LegalMode {
        /// The supplier runs Acquit itself: free wording.
        OwnAccount = "own_account",
        /// An operator writes under the supplier's name: notices and courteous reminders only.
        OutsourcedReminder = "outsourced_reminder",
        /// A mandated collector (CPCE R124-1 to R124-7): its own name and template.
        ThirdParty = "third_party",
    }
}

text_enum! {
    /// How a contact stands.
    pub enum ContactState {
        /// Written to.
        Active = "active",
        /// Named by somebody at the debtor; not written to before staff has looked.
        Proposed = "proposed",
        /// No longer there, or never was the right person.
        Left = "left",
    }
}

text_enum! {
    /// What may be done through a link.
    pub enum Scope {
        /// Looking.
        View = "view",
        /// Everything.
        Act = "act",
    }
}

text_enum! {
    /// What staff has to do about contacts.
    pub enum TaskKind {
        /// A contact is not the right person and named nobody.
        WrongPerson = "wrong_person",
        /// Nobody is left to write to.
        FindContact = "find_contact",
        /// A debtor named somebody.
        VerifyContact = "verify_contact",
        /// Mail to a contact comes back: a good address is to be found.
        BadAddress = "bad_address",
        /// Texts to a contact do not arrive: its number is to be checked.
        BadNumber = "bad_number",
        /// A customer wrote a mail: somebody is to read it.
        Reply = "reply",
        /// A contact calls our mail unwanted: it is written to no more, somebody is to call.
        Complained = "complained",
    }
}

/// A colour as `#rrggbb`: the supplier's one accent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Accent {
    /// Red, green and blue, 0 to 255.
    pub rgb: [u8; 3],
}

/// A text that is no colour.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no colour: write it as #1f4e8c")]
pub struct AccentError(String);

impl FromStr for Accent {
    type Err = AccentError;

    fn from_str(text: &str) -> Result<Self, AccentError> {
        let refused = || AccentError(text.chars().take(20).collect());
        let digits = text
            .strip_prefix('#')
            .filter(|d| d.len() == 6)
            .ok_or_else(refused)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refused());
        }
        let bits = u32::from_str_radix(digits, 16).map_err(|_| refused())?;
        let [_, r, g, b] = bits.to_be_bytes();
        Ok(Self { rgb: [r, g, b] })
    }
}

impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.rgb;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// The account a supplier is paid on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BankAccount {
    /// The exact account-holder name: what the payer's bank compares (verification of payee).
    pub holder: String,
    /// IBAN.
    pub iban: Iban,
    /// BIC, when the bank asks for one.
    pub bic: Option<Bic>,
    /// SEPA creditor identifier; without it no direct debit is offered.
    pub creditor_id: Option<CreditorId>,
    /// What the bank asks of direct debits.
    pub debits: DebitProfile,
}

/// A supplier: the tenant under whose name everything is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Supplier {
    /// Id.
    pub id: SupplierId,
    /// Short name used on the command line and in configuration: `boreal`.
    pub code: String,
    /// Trade name, as debtors know it.
    pub name: String,
    /// Postal address, one line.
    pub address: String,
    /// The colour of its brand.
    pub accent: Accent,
    /// The mailbox its messages come from.
    pub sender: String,
    /// A mailbox that a human reads: the Reply-To of every message.
    pub contact_email: String,
    /// A telephone number that a human answers.
    pub contact_phone: String,
    /// Language of messages to debtors whose own is not known.
    pub language: Language,
    /// Where it is: decides what day it is.
    pub zone: Zone,
    /// Which messages it may send.
    pub legal_mode: LegalMode,
    /// Where it is paid, when set up.
    pub bank: Option<BankAccount>,
    /// How many days ahead a debtor may promise.
    pub promise_days_max: u16,
    /// No reminder goes out when the last import is older than this.
    pub data_age_days_max: u16,
    /// The day of its latest complete import.
    pub data_as_of: Option<Day>,
}

/// One customer account of a supplier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Debtor {
    /// Id.
    pub id: DebtorId,
    /// Whose customer.
    pub supplier: SupplierId,
    /// The account code in the supplier's books.
    pub code: String,
    /// Company name.
    pub name: String,
    /// Language of its messages, when known.
    pub language: Option<Language>,
}

/// A person or mailbox at a debtor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    /// Id.
    pub id: ContactId,
    /// At which debtor.
    pub debtor: DebtorId,
    /// Name, when known.
    pub name: Option<String>,
    /// Mailbox, when known.
    pub email: Option<String>,
    /// Telephone in the form it was given.
    pub phone: Option<String>,
    /// The language it chose, if it did.
    pub language: Option<Language>,
    /// Whether it is written to.
    pub state: ContactState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_written() {
        let accent = "#1F4e8c".parse::<Accent>().unwrap();
        assert_eq!(accent.rgb, [0x1f, 0x4e, 0x8c]);
        assert_eq!(accent.to_string(), "#1f4e8c");
        for text in [
            "", "#", "1f4e8c", "#1f4e8", "#1f4e8cc", "#1f4e8g", "#+f4e8c", "#éé12", "red",
        ] {
            assert_eq!(text.parse::<Accent>(), Err(AccentError(text.to_owned())));
        }
    }
}
