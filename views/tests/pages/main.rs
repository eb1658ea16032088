//! Pages as they are sent, compared with the copies in `tests/golden/pages`.
//!
//! `ACQUIT_WRITE=1 cargo test -p acquit-views` writes the copies anew; read the difference before
//! committing it. `ACQUIT_PREVIEW=<folder>` writes whole pages there, to be looked at in a browser.

#[cfg(test)]
mod account;
#[cfg(test)]
mod bank;
#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod debits;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod mandates;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod pay;
#[cfg(test)]
mod people;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod portal;
#[cfg(test)]
mod reminders;
mod returned;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod staff_disputes;
mod staff_today;
#[cfg(test)]
mod texts;
