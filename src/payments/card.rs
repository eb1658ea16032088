//! What Acquit asks of a provider of payment pages, whoever it is: cards, and SEPA direct debits
//! under the provider's own creditor identifier.

use async_trait::async_trait;
use domain::party::Language;
use domain::reversal::Cause;
use domain::saved_card::CardFace;
use domain::{CardId, DebtorId, Moment, Money, PaymentId};
use secrecy::SecretString;

/// The supplier's own account at the provider. Money never passes through Acquit.
#[derive(Clone, Debug)]
pub struct CardAccount {
    /// The API key the requests are made with.
    pub secret_key: SecretString,
    /// The connected account (`acct_…`) for direct charges; none when the key is the supplier's.
    pub connected: Option<String>,
    /// Secrets a webhook may be signed with; two while one is being replaced.
    pub webhook_secrets: Vec<SecretString>,
    /// Whether SEPA direct debits are switched on there.
    pub debits: bool,
}

/// How a page takes the money.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Rail {
    /// By card: the outcome is known at once.
    Card {
        /// The customer to keep the card under, when the debtor wants it kept.
        keep: Option<String>,
    },
    /// By SEPA direct debit (CORE): the debtor gives its IBAN and the mandate there, and the
    /// outcome is known days later.
    SepaDebit,
}

/// One payment to be made on the provider's page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckoutOrder {
    /// Our payment; also the idempotency key.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// What the debtor reads there: the supplier's name and the invoice numbers.
    pub description: String,
    /// Prefilled mailbox for the provider's receipt, when known.
    pub email: Option<String>,
    /// Language of the page.
    pub language: Language,
    /// Where the debtor returns to after paying.
    pub success_url: String,
    /// Where the debtor returns to after giving up.
    pub cancel_url: String,
    /// When the page stops taking money; at least 30 minutes ahead.
    pub expires_at: Moment,
    /// How it is paid there.
    pub rail: Rail,
}

/// One payment with a card that the provider keeps, made while the debtor looks on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedOrder {
    /// Our payment; also the idempotency key.
    pub payment: PaymentId,
    /// Our card.
    pub card: CardId,
    /// The customer it is kept under.
    pub customer: String,
    /// The provider's own id of the card.
    pub method: String,
    /// How much.
    pub amount: Money,
    /// What for.
    pub description: String,
    /// Where the debtor returns to, should the bank want to ask something.
    pub return_url: String,
}

/// What came of a payment with a kept card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Charge {
    /// How it stands.
    pub status: CardStatus,
    /// Where the debtor's bank asks for a confirmation, when it does.
    pub confirm_at: Option<String>,
}

/// A page opened at the provider.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checkout {
    /// The provider's id of the page.
    pub provider_ref: String,
    /// Where to send the debtor.
    pub url: String,
}

/// How a payment stands at the provider.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CardOutcome {
    /// The page is open; nothing was paid.
    Open,
    /// The debtor has acted; the outcome is awaited.
    Processing,
    /// Paid; this much.
    Paid(Money),
    /// The page closed without payment.
    Expired,
    /// The bank said no, for good; of a debit, it may say so days later.
    Declined,
}

/// A payment as the provider knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardStatus {
    /// The provider's id of the page.
    pub provider_ref: String,
    /// Our payment, if the page was opened by us.
    pub payment: Option<PaymentId>,
    /// How it stands.
    pub outcome: CardOutcome,
}

/// How money that goes back stands at the provider.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Going {
    /// Nothing is decided.
    Pending,
    /// It went back.
    Gone,
    /// It stays, or came again.
    Kept,
}

/// A refund, or a payment that its holder contests.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GivenBack {
    /// The provider's own reference.
    pub reference: String,
    /// Why.
    pub cause: Cause,
    /// How much.
    pub amount: Money,
    /// How it stands.
    pub going: Going,
}

/// All that goes back of one payment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Returns {
    /// Our payment, if it was made by us.
    pub payment: Option<PaymentId>,
    /// Each refund and each contest.
    pub all: Vec<GivenBack>,
}

/// Why the provider gave no answer.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CardError {
    /// It refused: asking again will not help until something is mended.
    #[error("the card provider refused: {0}")]
    Refused(String),
    /// It asks for patience (409, 429, 500, timeout): the same request may be made again, under
    /// the same idempotency key. It is not known whether the first one had an effect.
    #[error("the card provider did not answer: {0}")]
    Unknown(String),
}

/// A provider of hosted payment pages.
#[async_trait]
pub trait CardGateway: Send + Sync {
    /// Opens a page; asking twice with the same payment gives the same page.
    async fn checkout(
        &self,
        account: &CardAccount,
        order: &CheckoutOrder,
    ) -> Result<Checkout, CardError>;

    /// How a page stands now.
    async fn fetch(
        &self,
        account: &CardAccount,
        provider_ref: &str,
    ) -> Result<CardStatus, CardError>;

    /// Closes a page so that it takes no money any more.
    async fn expire(&self, account: &CardAccount, provider_ref: &str) -> Result<(), CardError>;

    /// The customer that a debtor's cards are kept under; asking twice gives the same one.
    async fn customer(&self, account: &CardAccount, debtor: DebtorId) -> Result<String, CardError>;

    /// Pays with a kept card; asking twice with the same payment pays once.
    async fn charge(&self, account: &CardAccount, order: &SavedOrder) -> Result<Charge, CardError>;

    /// The payment with a kept card, if the provider ever heard of it: asking changes nothing.
    async fn charged(
        &self,
        account: &CardAccount,
        (customer, payment): (&str, PaymentId),
    ) -> Result<Option<CardStatus>, CardError>;

    /// The card that was kept with the payment on a page, if one was.
    async fn kept(
        &self,
        account: &CardAccount,
        provider_ref: &str,
    ) -> Result<Option<CardFace>, CardError>;

    /// A kept card as it is now; none when the provider does not keep it any more.
    async fn look(
        &self,
        account: &CardAccount,
        card: &CardFace,
    ) -> Result<Option<CardFace>, CardError>;

    /// Has the provider forget a card; one that it does not keep counts as forgotten.
    async fn forget(&self, account: &CardAccount, card: &CardFace) -> Result<(), CardError>;

    /// What went back, or may, of the payment that the provider knows by this id of its own. A
    /// debit that fails after it succeeded goes back, too.
    async fn returns(&self, account: &CardAccount, charge: &str) -> Result<Returns, CardError>;
}
