//! Acquit: the payment and dispute portal behind every payment reminder.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod documents;
pub mod files;
pub mod flows;
pub mod gateway;
pub mod import;
pub mod jobs;
pub mod payments;
pub mod store;
pub mod tables;
pub mod text_templates;
pub mod vault;
pub mod web;

/// An import and a page take and give back memory by the million pieces; the system's own allocator
/// costs a tenth of them. SQLite's pieces come from it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
