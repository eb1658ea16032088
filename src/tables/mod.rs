//! Tables as other programs export them: bytes become text, text becomes records, titles tell what
//! the columns hold, and cells become amounts and days.
//!
//! Reads once, forward, in bounded memory. Knows no kind of file: balances and statements say what
//! their columns may hold ([`Holds`]).

mod amount;
mod cell;
mod dates;
mod decode;
mod mapping;
mod records;
mod sample;
mod scan;

pub use amount::Decimal;
pub(crate) use amount::{parse as amount, parse_as as amount_as};
pub(crate) use cell::{fold, shortened, tidy};
pub use dates::Order;
pub(crate) use dates::{NotADay, parse as day, parse_as as day_as};
#[cfg(test)]
pub(crate) use decode::PIECE;
pub(crate) use decode::Text;
pub use mapping::{Column, Holds, Mapping, MappingError};
pub(crate) use records::{RECORD_MAX, Record, Records, Step};
pub(crate) use sample::{Sample, layout};
pub(crate) use scan::Layout;
