//! Which column of a file holds what: recognised from titles, or chosen and saved as a profile.
//!
//! A saved profile goes by titles, so that a column that moved is still found.

use std::fmt;
use std::str::FromStr;

use super::cell::fold;

/// A column: its title as the file has it and its place, from 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Title, spaces collapsed.
    pub title: String,
    /// Place in the line, from 0.
    pub index: usize,
}

/// What the columns of a kind of file may hold.
pub trait Holds: Copy + Ord + fmt::Debug + 'static {
    /// Everything a column may hold, with its stable name, as profiles have it.
    const NAMED: &'static [(Self, &'static str)];

    /// Titles of each, folded (see [`fold`]), with `, ` between. Earlier entries win: they are the
    /// surer ones.
    const TITLES: &'static [(Self, &'static str)];

    /// What is lacking without which nothing can be read, in English words.
    fn missing(has: &dyn Fn(Self) -> bool) -> Vec<String>;

    /// Whether it may be taken from a title beside what is known already.
    fn fits(self, _has: &dyn Fn(Self) -> bool) -> bool {
        true
    }

    /// Puts right what titles alone gave; `folded` are all of the file's.
    fn settle(_columns: &mut Vec<(Self, Column)>, _folded: &[String]) {}

    /// The stable name.
    fn name(self) -> &'static str {
        let found = Self::NAMED.iter().find(|(one, _)| *one == self);
        found.map_or("", |(_, name)| name)
    }

    /// What goes by this stable name.
    fn named(name: &str) -> Option<Self> {
        let found = Self::NAMED.iter().find(|(_, known)| *known == name);
        found.map(|(one, _)| *one)
    }
}

/// Why a set of columns cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MappingError {
    /// Columns that such a file must have, or that the profile names, are not there.
    #[error(
        "no column for {}; the columns seen are: {}; name the missing ones in the file or choose \
         them in the import profile", .missing.join(", "), .headers.join(" | ")
    )]
    Missing {
        /// What is missing, in English words or as the profile's titles.
        missing: Vec<String>,
        /// The titles that were found.
        headers: Vec<String>,
    },
    /// A line of a saved profile that cannot be read.
    #[error(
        "profile line {line}: '{text}' is not 'field<tab>place<tab>title', for example \
         'due<tab>7<tab>Date échéance'"
    )]
    BadProfile {
        /// Line of the profile, from 1.
        line: usize,
        /// What it says.
        text: String,
    },
}

/// Which column holds which field. As text: one line a column, `field<tab>place<tab>title`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mapping<H> {
    columns: Vec<(H, Column)>,
}

impl<H: Holds> Mapping<H> {
    /// A mapping chosen by hand; refuses one that lacks what such a file must have.
    pub fn new(columns: impl IntoIterator<Item = (H, Column)>) -> Result<Self, MappingError> {
        let mut columns: Vec<_> = columns.into_iter().collect();
        columns.sort_by_key(|(field, _)| *field);
        columns.dedup_by_key(|(field, _)| *field);
        let mapping = Self { columns };
        let missing = mapping.missing();
        if missing.is_empty() {
            return Ok(mapping);
        }
        let titles = mapping.columns.into_iter().map(|(_, column)| column.title);
        Err(MappingError::Missing {
            missing,
            headers: titles.collect(),
        })
    }

    /// Recognises the columns from their titles; `Err` names what is missing.
    pub fn recognise(headers: &[String]) -> Result<Self, MappingError> {
        Self::guess(headers).complete(headers)
    }

    /// The columns that are recognised from their titles, though something may lack.
    pub fn guess(headers: &[String]) -> Self {
        let folded: Vec<String> = headers.iter().map(|title| fold(title)).collect();
        let mut mapping = Self {
            columns: Vec::new(),
        };
        for (field, titles) in H::TITLES {
            if mapping.has(*field) || !field.fits(&|one| mapping.has(one)) {
                continue;
            }
            let free = |title: &str| {
                let index = folded.iter().position(|folded| folded == title)?;
                (!mapping.uses(index)).then_some(index)
            };
            if let Some(index) = titles.split(", ").find_map(free) {
                let title = headers.get(index).cloned().unwrap_or_default();
                mapping.columns.push((*field, Column { title, index }));
            }
        }
        H::settle(&mut mapping.columns, &folded);
        mapping.columns.sort_by_key(|(field, _)| *field);
        mapping
    }

    /// This mapping on a file with these titles: each column is looked up by its title, first at
    /// the place it had.
    pub fn locate(&self, headers: &[String]) -> Result<Self, MappingError> {
        let folded: Vec<String> = headers.iter().map(|title| fold(title)).collect();
        let mut missing = Vec::new();
        let mut columns = Vec::new();
        for (field, column) in &self.columns {
            let wanted = fold(&column.title);
            let same_place = folded.get(column.index) == Some(&wanted);
            let moved = || folded.iter().position(|title| *title == wanted);
            let place = same_place.then_some(column.index).or_else(moved);
            match place.and_then(|index| Some((index, headers.get(index)?))) {
                Some((index, title)) => columns.push((
                    *field,
                    Column {
                        title: title.clone(),
                        index,
                    },
                )),
                None => missing.push(format!("'{}' ({})", column.title, field.name())),
            }
        }
        if missing.is_empty() {
            return Ok(Self { columns });
        }
        Err(MappingError::Missing {
            missing,
            headers: headers.to_vec(),
        })
    }

    /// The column that holds this field.
    #[must_use]
    pub fn column(&self, field: H) -> Option<&Column> {
        let found = self.columns.iter().find(|(known, _)| *known == field);
        found.map(|(_, column)| column)
    }

    /// Every column that is used, in the order of what they hold.
    pub fn columns(&self) -> impl Iterator<Item = (H, &Column)> {
        self.columns.iter().map(|(field, column)| (*field, column))
    }

    /// Whether some column holds this.
    #[must_use]
    pub fn has(&self, field: H) -> bool {
        self.column(field).is_some()
    }

    /// Whether the column at this place is used.
    #[must_use]
    pub fn uses(&self, index: usize) -> bool {
        self.columns.iter().any(|(_, column)| column.index == index)
    }

    /// Adds what a column holds, unless another holds it.
    pub fn add(&mut self, field: H, column: Column) {
        if !self.has(field) {
            self.columns.push((field, column));
            self.columns.sort_by_key(|(field, _)| *field);
        }
    }

    fn complete(self, headers: &[String]) -> Result<Self, MappingError> {
        let missing = self.missing();
        if missing.is_empty() {
            return Ok(self);
        }
        Err(MappingError::Missing {
            missing,
            headers: headers.to_vec(),
        })
    }

    /// What is lacking, in English words.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        H::missing(&|field| self.has(field))
    }
}

impl<H: Holds> fmt::Display for Mapping<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (field, column) in &self.columns {
            writeln!(f, "{}\t{}\t{}", field.name(), column.index, column.title)?;
        }
        Ok(())
    }
}

impl<H: Holds> FromStr for Mapping<H> {
    type Err = MappingError;

    fn from_str(text: &str) -> Result<Self, MappingError> {
        let lines = text.lines().enumerate();
        let columns = lines.map(|(at, line)| {
            profile_line(line).ok_or_else(|| MappingError::BadProfile {
                line: at + 1,
                text: line.chars().take(80).collect(),
            })
        });
        Self::new(columns.collect::<Result<Vec<_>, _>>()?)
    }
}

fn profile_line<H: Holds>(line: &str) -> Option<(H, Column)> {
    let mut parts = line.splitn(3, '\t');
    let name = parts.next()?;
    let index = parts.next()?.parse().ok()?;
    let title = parts.next()?.to_owned();
    Some((H::named(name)?, Column { title, index }))
}
