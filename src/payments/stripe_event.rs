//! Stripe webhooks: signature first, then a tolerant reading.
