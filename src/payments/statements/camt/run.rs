//! Entries whose bytes are at hand, read by several threads at once: each takes a run of them.
//!
//! A file's bytes must be cut before they are read, and an entry's end is looked for as it is
//! usually written. A cut that was wrong, or anything that is not plain, gives nothing: the entries
//! are then read one by one, which says what is wrong and where.

use memchr::memmem;

use domain::Money;

use super::entry::{Parts, amount, collect, entry};
use super::events::Inside;
use super::pull::Pull;
use crate::payments::statements::model::Entry;

/// Bytes for which a thread is worth its start.
const WORTH: usize = 16 * 1024;

/// Threads beyond which the file is not there fast enough.
const THREADS_MAX: usize = 4;

/// How an entry's end is usually written.
const END: &[u8] = b"</Ntry>";

/// An entry, not yet counted among those of its statement.
pub(super) struct Found {
    /// Its amount and direction, booked or not.
    pub(super) amount: Option<(Money, bool)>,
    /// None when it is not booked.
    pub(super) entry: Option<Entry>,
}

/// Threads that can run at the same time.
pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |most| most.get().min(THREADS_MAX))
}

/// Where the entries are.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// Their statement's id.
    pub(super) statement: &'a str,
    /// Its element.
    pub(super) element: &'a str,
    /// How deep it stands.
    pub(super) depth: usize,
}

/// The whole entries that these bytes begin with, and how many bytes they take. The bytes follow
/// the end of an entry.
pub(super) fn read(bytes: &[u8], place: Place<'_>, threads: usize) -> Option<(Vec<Found>, usize)> {
    if threads < 2 {
        return None;
    }
    let over = format!("</{}>", place.element);
    let over = memmem::find(bytes, over.as_bytes()).unwrap_or(bytes.len());
    let bytes = bytes.get(..over)?;
    if bytes.len() < threads.saturating_mul(WORTH) {
        return None;
    }
    let end = memmem::rfind(bytes, END)? + END.len();
    let bytes = bytes.get(..end)?;
    // In a comment, a CDATA section or an instruction may stand what looks like an end.
    if memmem::find(bytes, b"<!").is_some() || memmem::find(bytes, b"<?").is_some() {
        return None;
    }
    let runs = cut(bytes, threads)?;
    let (first, others) = runs.split_first()?;
    let all = std::thread::scope(|scope| {
        let others: Vec<_> = others
            .iter()
            .map(|run| scope.spawn(move || entries(run, place)))
            .collect();
        let mut all = entries(first, place);
        for other in others {
            let other = other.join().ok().flatten();
            all = all.zip(other).map(|(mut all, other)| {
                all.extend(other);
                all
            });
        }
        all
    })?;
    Some((all, end))
}

/// Runs of about the same length, each up to an entry's end.
fn cut(mut bytes: &[u8], threads: usize) -> Option<Vec<&[u8]>> {
    let about = bytes.len() / threads;
    let mut runs = Vec::with_capacity(threads);
    while runs.len() + 1 < threads {
        let Some(found) = memmem::find(bytes.get(about..).unwrap_or_default(), END) else {
            break;
        };
        let (run, rest) = bytes.split_at_checked(about + found + END.len())?;
        runs.push(run);
        bytes = rest;
    }
    runs.push(bytes);
    Some(runs)
}

/// The entries of a run, if it holds nothing else and each can be read.
fn entries(run: &[u8], place: Place<'_>) -> Option<Vec<Found>> {
    let mut pull = Pull::from(Inside::new(run), place.depth);
    let (mut parts, mut found) = (Parts::default(), Vec::new());
    loop {
        match pull.child() {
            Ok(true) if pull.name() == "Ntry" => collect(&mut pull, &mut parts).ok()?,
            Ok(_) => return None,
            // The bytes are over within the statement, as they must be.
            Err(_) => return pull.is_read_to(place.depth).then_some(found),
        }
        found.push(Found {
            amount: amount(&parts).ok(),
            entry: entry(&parts, place.statement, 0).ok()?,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, read};

    const PLAIN: &str = "<Ntry><Amt Ccy=\"EUR\">12.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
        <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry>\n";

    fn many(entry: &str) -> String {
        entry.repeat(100_000 / entry.len())
    }

    fn count(bytes: &str, threads: usize) -> Option<(usize, usize)> {
        let place = Place {
            statement: "S",
            element: "Stmt",
            depth: 3,
        };
        let found = read(bytes.as_bytes(), place, threads);
        found.map(|(entries, end)| (entries.len(), end))
    }

    #[test]
    fn all_whole_entries_are_read_whatever_the_number_of_threads() {
        let text = many(PLAIN);
        let whole = text.len() / PLAIN.len();
        for threads in 2..=4 {
            let cut_off = format!("{text}<Ntry><Amt Ccy=\"EUR\">1");
            let end = text.len() - 1;
            assert_eq!(count(&cut_off, threads), Some((whole, end)), "{threads}");
        }
        assert_eq!(count(&text, 1), None);
        assert_eq!(count(PLAIN, 2), None);
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_slow_way() {
        let text = many(PLAIN);
        for odd in [
            "<!-- </Ntry> -->",
            "<Ntry><![CDATA[</Ntry>]]></Ntry>",
            "<?x </Ntry>?>",
            "<Bal></Bal>",
            "<Ntry><Amt Ccy=\"EUR\">x</Amt></Ntry>",
            "</ Stmt><Stmt>",
            "<Ntry></Amt></Ntry>",
            "<Ntry a=\"</Ntry>",
            "</Ntry>",
        ] {
            let (before, after) = text.split_at(text.len() / PLAIN.len() / 2 * PLAIN.len());
            let with = format!("{before}{odd}{after}");
            assert!(with.ends_with("</Ntry>\n") && with.contains(odd));
            assert_eq!(count(&with, 2), None, "{odd}");
        }
    }

    #[test]
    fn what_follows_the_statement_is_not_looked_at() {
        let text = many(PLAIN);
        let two = format!("{text}</Stmt><Stmt><Id>2</Id>{text}");
        let whole = text.len() / PLAIN.len();
        assert_eq!(count(&two, 2), Some((whole, text.len() - 1)));
    }
}
