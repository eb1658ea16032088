//! Providers of money: cards by Stripe on the supplier's own account, SEPA files for its
//! own bank, and the statements that banks hand out.
//!
//! Nothing here touches the database; flows call these between transactions.

pub mod card;
pub mod sandbox;
pub mod sepa;
pub mod statements;
pub mod stripe;
mod stripe_amount;
mod stripe_back;
pub mod stripe_event;
mod stripe_saved;
