//! What a balance file changes in what is known.
