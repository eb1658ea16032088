//! camt.053, camt.052 and camt.054, read entry by entry (`sepa.md` §8).
//!
//! Only booked entries come out, with amounts the bank wrote: one that cannot be read refuses the
//! file. Versions 02 to 08 agree in all that is read here; of others it is read what is
//! understood, and a person says whether that is right.

mod entry;
mod events;
mod fields;
mod pull;
mod reader;
mod run;
mod statement;
mod transaction;

pub(super) use reader::Camt;
