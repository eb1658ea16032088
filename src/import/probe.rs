//! Looks at a file's beginning: how it separates and quotes, and where its column titles stand.

use super::cells::Cells;
use super::field::{Mapping, customer_above};
use super::lines::opens_with_customer;
use crate::tables::{Layout, MappingError, Sample, layout, tidy};

/// How many lines the column titles may be below the top.
const TITLE_LINES: usize = 60;

/// What the beginning tells.
pub(super) struct Found {
    /// Separator and quoting.
    pub layout: Layout,
    /// Which column holds what.
    pub mapping: Mapping,
    /// The column titles as the file has them, spaces collapsed.
    pub headers: Vec<String>,
    /// How many records stand above the column titles.
    pub above: usize,
    /// Their first cells, where filled.
    pub titles: Vec<String>,
}

type Tried = Result<Found, MappingError>;

/// Finds the column titles in a sample, with the saved profile or by their known names.
///
/// The separator is the one that gives the most columns that are known; the error is that of the
/// line that came nearest.
pub(super) fn probe(sample: &str, last: bool, profile: Option<&Mapping>) -> Tried {
    let separators = [b';', b'\t', b','].into_iter();
    let tried = separators.map(|separator| {
        let layout = layout(sample, last, separator);
        find_titles(Sample::new(sample, last, layout), profile)
    });
    tried.reduce(better).unwrap_or_else(|| Err(nothing_seen()))
}

fn find_titles(mut records: Sample<'_>, profile: Option<&Mapping>) -> Tried {
    let mut nearest: Tried = Err(nothing_seen());
    let mut titles = Vec::new();
    for above in 0..TITLE_LINES {
        let Some(record) = records.advance() else {
            break;
        };
        let headers: Vec<String> = record.cells().map(tidy).collect();
        let mapping = match profile {
            Some(profile) => profile.locate(&headers),
            None => Mapping::recognise(&headers),
        };
        match mapping.and_then(|mapping| with_customer(&records, mapping, &headers)) {
            Ok(mapping) => {
                return Ok(Found {
                    layout: records.layout,
                    mapping,
                    headers,
                    above,
                    titles,
                });
            }
            Err(error) => nearest = better(nearest, Err(error)),
        }
        titles.extend(headers.into_iter().next().filter(|title| !title.is_empty()));
    }
    nearest
}

fn better(one: Tried, other: Tried) -> Tried {
    if rank(&other) > rank(&one) {
        other
    } else {
        one
    }
}

/// Orders attempts: success by columns known, then failure by least missing and columns seen.
fn rank(tried: &Tried) -> (usize, usize, usize) {
    match tried {
        Ok(found) => (found.mapping.columns().count(), 0, 0),
        Err(MappingError::Missing { missing, headers }) if !headers.is_empty() => {
            (0, usize::MAX.saturating_sub(missing.len()), headers.len())
        }
        Err(_) => (0, 0, 0),
    }
}

fn nothing_seen() -> MappingError {
    MappingError::Missing {
        missing: vec!["any field".to_owned()],
        headers: Vec::new(),
    }
}

/// Where no column tells the customer, the next line that is not blank must.
fn with_customer(
    records: &Sample<'_>,
    mapping: Mapping,
    headers: &[String],
) -> Result<Mapping, MappingError> {
    if !customer_above(&mapping) {
        return Ok(mapping);
    }
    let mut ahead = records.clone();
    while let Some(record) = ahead.advance() {
        if record.cells().any(|cell| !cell.is_empty()) {
            let cells = Cells {
                record,
                mapping: &mapping,
            };
            if opens_with_customer(&cells) {
                return Ok(mapping);
            }
            break;
        }
    }
    Err(MappingError::Missing {
        missing: vec!["the customer (code, SIREN or name)".to_owned()],
        headers: headers.to_vec(),
    })
}
