//! Acquit's pages and messages: view model in, markup out.
