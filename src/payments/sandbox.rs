//! A card page that takes no money, for demonstrations.
