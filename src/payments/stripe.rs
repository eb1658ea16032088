//! Stripe Checkout through async-stripe.
