//! Acquit's pages and messages: view model in, markup out.
//!
//! A page is a function of plain data: it reads no clock, no database and no request, and knows
//! nothing but `domain`. The web layer fills the structs that stand next to each page; all wording
//! lives in `text`, in every language Acquit writes in.

pub mod attached;
pub mod brand;
pub mod calendar;
pub mod conversation;
pub mod field;
pub mod format;
pub mod front;
pub mod happening;
pub mod layout;
pub mod mail;
pub mod memo;
pub mod parts;
pub mod paths;
pub mod portal;
pub mod problem;
pub mod sms;
pub mod staff;
pub mod text;
