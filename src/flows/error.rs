//! Why a flow did not do what was asked. Nothing was changed then.

use domain::designation::DesignationError;
use domain::dispute::lines::LinesError;
use domain::ledger::LedgerError;
use domain::machine::Refused;
use domain::payment::Method;
use domain::plan::PlanError;
use domain::promise::OutsideLimits;
use domain::{CollectionId, Day, InvoiceId, Money, MoneyError, PlanId};

use crate::documents::DocumentError;
use crate::payments::card::CardError;
use crate::store::StoreError;
use crate::vault::VaultError;

/// Why a flow did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// The storage.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The state does not admit it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// An amount out of range or two currencies in one sum.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// An entry that does not balance: a fault in the program.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A promised day outside the supplier's limits.
    #[error(transparent)]
    OutsideLimits(#[from] OutsideLimits),
    /// No random bytes, or a sealed value that does not open.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Nothing was chosen, or nothing of it is open.
    #[error("nothing of this is left to pay")]
    NothingOpen,
    /// More than is left of an invoice.
    #[error("only {left} is left of {invoice}")]
    TooMuch {
        /// Which invoice.
        invoice: InvoiceId,
        /// What can still be taken.
        left: Money,
    },
    /// Less than this is left of a credit note.
    #[error("only {0} is left of the credit note")]
    CreditSpent(Money),
    /// Lines that do not explain what is disputed.
    #[error(transparent)]
    Lines(#[from] LinesError),
    /// A payment in part of less than the supplier's minimum.
    #[error("a payment in part comes to at least {0}")]
    BelowMinimum(Money),
    /// It says nothing without words.
    #[error("words are missing")]
    WordsMissing,
    /// Too long ago to be opened again.
    #[error("this cannot be opened again")]
    ClosedForGood,
    /// The supplier does not offer this way of paying.
    #[error("this supplier takes no payment by {0}")]
    NotOffered(Method),
    /// A debit on a day the bank cannot do.
    #[error("the first possible day is {0}")]
    TooEarly(Day),
    /// An instalment's amounts are changed with its plan, not by a promise.
    #[error("these invoices are on the plan {0}")]
    OnPlan(PlanId),
    /// Instalments that make no plan.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The debit is in a file for the bank already.
    #[error("the bank has this debit already")]
    TooLate,
    /// Whoever made a file cannot approve it.
    #[error("a second person has to approve this")]
    SamePerson,
    /// A debit of a file that was overtaken by other money, or whose mandate is gone.
    #[error("the debit {0} is no longer wanted: call the file off and make another")]
    Unwanted(CollectionId),
    /// Another mandate has this reference.
    #[error("another mandate has this reference")]
    ReferenceTaken,
    /// The provider said no, or nothing.
    #[error(transparent)]
    Card(#[from] CardError),
    /// A code whose time is over.
    #[error("the code can no longer be typed")]
    CodeEnded,
    /// A document that could not be made.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// So many messages would leave today that a person says the number first.
    #[error("{0} messages would leave today: say the number to confirm")]
    Many(usize),
    /// A file or setting that cannot be used, and why.
    #[error("{0}")]
    Unusable(String),
}

impl From<DesignationError> for FlowError {
    fn from(why: DesignationError) -> Self {
        match why {
            DesignationError::Empty
            | DesignationError::Covered(_)
            | DesignationError::Uncovered(_) => Self::NothingOpen,
            DesignationError::BelowMinimum(least) => Self::BelowMinimum(least),
            DesignationError::Money(why) => Self::Money(why),
        }
    }
}

impl FlowError {
    /// Whether the cause is a change by somebody else, so that a fresh look helps.
    #[must_use]
    pub const fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Store(StoreError::Conflict) | Self::TooMuch { .. } | Self::NothingOpen
        )
    }
}
