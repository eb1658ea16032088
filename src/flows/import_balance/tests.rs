//! What rows mean for known items.
