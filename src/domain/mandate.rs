//! SEPA direct-debit mandates (`sepa.md` §5).

use crate::bank::{Bic, CreditorId, Iban, MandateRef};
use crate::day::{Day, Moment};
use crate::id::{DebtorId, MandateId, SupplierId};

text_enum! {
    /// The direct-debit scheme.
    pub enum Scheme {
        /// Core: refundable for eight weeks.
        Core = "CORE",
        /// Business to business: no refund, the debtor's bank must know the mandate.
        B2b = "B2B",
    }
}

text_enum! {
    /// How often a mandate may be used.
    pub enum Usage {
        /// Once.
        OneOff = "one_off",
        /// Again and again.
        Recurring = "recurring",
    }
}

text_enum! {
    /// States of a mandate.
    pub enum MandateState {
        /// Shown, not signed.
        Draft = "draft",
        /// Signed by the debtor.
        Signed = "signed",
        /// May be collected under.
        Active = "active",
        /// Held back until something is mended.
        Suspended = "suspended",
        /// Withdrawn by the debtor.
        Revoked = "revoked",
        /// Replaced by another.
        Superseded = "superseded",
        /// Unused for 36 months.
        Expired = "expired",
        /// A one-off mandate that was collected.
        Consumed = "consumed",
        /// Refused when it was checked.
        Refused = "refused",
    }
}

text_enum! {
    /// What can happen to a mandate.
    pub enum MandateEvent {
        /// The debtor signs.
        Sign = "sign",
        /// Nothing more is needed (B2B: the debtor's bank has registered it).
        Activate = "activate",
        /// The check of the mandate fails.
        Refuse = "refuse",
        /// Something is wrong with the account.
        Suspend = "suspend",
        /// It is right again.
        Resume = "resume",
        /// The debtor withdraws it.
        Revoke = "revoke",
        /// Another takes its place.
        Supersede = "supersede",
        /// 36 months without use.
        Lapse = "lapse",
        /// A one-off mandate was collected.
        Consume = "consume",
    }
}

machine!(
    "mandate",
    MandateState,
    MandateEvent,
    [
        (Draft, Sign, Signed),
        (Signed, Activate, Active),
        (Signed, Refuse, Refused),
        (Signed, Revoke, Revoked),
        (Active, Suspend, Suspended),
        (Active, Revoke, Revoked),
        (Active, Supersede, Superseded),
        (Active, Lapse, Expired),
        (Active, Consume, Consumed),
        (Suspended, Resume, Active),
        (Suspended, Revoke, Revoked),
        (Suspended, Supersede, Superseded),
        (Suspended, Lapse, Expired),
    ]
);

/// A mandate and the evidence of its signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mandate {
    /// Id.
    pub id: MandateId,
    /// Who may collect.
    pub supplier: SupplierId,
    /// Who pays.
    pub debtor: DebtorId,
    /// The unique mandate reference (RUM).
    pub reference: MandateRef,
    /// The creditor identifier it was signed for.
    pub creditor_id: CreditorId,
    /// Core or B2B.
    pub scheme: Scheme,
    /// One-off or recurring.
    pub usage: Usage,
    /// Where it stands.
    pub state: MandateState,
    /// The account holder's name.
    pub holder: String,
    /// The account to debit.
    pub iban: Iban,
    /// Its BIC, when given.
    pub bic: Option<Bic>,
    /// The day of signature.
    pub signed_on: Option<Day>,
    /// Who signed, as typed.
    pub signatory: Option<String>,
    /// When it was made.
    pub created_at: Moment,
}
