//! Which column of a file holds what: recognised from titles, or chosen and saved as a profile.
//!
//! A saved profile goes by titles, so that a column that moved is still found.

use std::fmt;
use std::str::FromStr;

use super::field::{Column, Field};
use super::titles::{TITLES, fold};

/// Titles that mean the open amount when no other column does.
const LONE_TOTALS: &[&str] = &["total", "montant", "amount"];

fn tells_paid(title: &str) -> bool {
    title.split(' ').any(|word| {
        [
            "regle",
            "regles",
            "reglement",
            "paye",
            "payes",
            "paid",
            "payments",
        ]
        .contains(&word)
    })
}

/// Why a set of columns cannot be read as a balance.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MappingError {
    /// Columns that every balance must have, or that the profile names, are not there.
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
pub struct Mapping {
    columns: Vec<(Field, Column)>,
}

impl Mapping {
    /// A mapping chosen by hand; refuses one that lacks the number, the due date or the amount.
    pub fn new(columns: impl IntoIterator<Item = (Field, Column)>) -> Result<Self, MappingError> {
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
    pub(super) fn guess(headers: &[String]) -> Self {
        let folded: Vec<String> = headers.iter().map(|title| fold(title)).collect();
        let mut mapping = Self {
            columns: Vec::new(),
        };
        for (field, titles) in TITLES {
            if mapping.has(*field) || mapping.pays_twice(*field) {
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
        mapping.settle_amounts(&folded);
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
                None => missing.push(format!("'{}' ({})", column.title, field.as_str())),
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
    pub fn column(&self, field: Field) -> Option<&Column> {
        let found = self.columns.iter().find(|(known, _)| *known == field);
        found.map(|(_, column)| column)
    }

    /// Every column that is used, in the order of [`Field`].
    pub fn columns(&self) -> impl Iterator<Item = (Field, &Column)> {
        self.columns.iter().map(|(field, column)| (*field, column))
    }

    /// Whether no column tells the customer, who then stands on a line of his own above his items.
    #[must_use]
    pub fn customer_above(&self) -> bool {
        ![Field::Code, Field::Siren, Field::Name]
            .into_iter()
            .any(|field| self.has(field))
    }

    fn has(&self, field: Field) -> bool {
        self.column(field).is_some()
    }

    fn uses(&self, index: usize) -> bool {
        self.columns.iter().any(|(_, column)| column.index == index)
    }

    /// Beside debit and credit, a weaker open column is a running balance: never taken.
    fn pays_twice(&self, field: Field) -> bool {
        field == Field::Open && self.has(Field::Debit) && self.has(Field::Credit)
    }

    /// Keeps one way of telling the amount; a lone total is the open amount, unless another column
    /// tells what was paid of it.
    fn settle_amounts(&mut self, folded: &[String]) {
        if self.has(Field::Open) {
            self.columns
                .retain(|(field, _)| !matches!(field, Field::Debit | Field::Credit));
        } else if !self.has(Field::Debit) && !folded.iter().any(|title| tells_paid(title)) {
            for (field, column) in &mut self.columns {
                let title = folded.get(column.index).map_or("", String::as_str);
                if *field == Field::Total && LONE_TOTALS.contains(&title) {
                    *field = Field::Open;
                }
            }
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

    fn missing(&self) -> Vec<String> {
        let pair = self.has(Field::Debit) && self.has(Field::Credit);
        let needs = [
            (self.has(Field::Number), "the document number"),
            (self.has(Field::Due), "the due date"),
            (
                self.has(Field::Open) || pair,
                "the open amount (or debit and credit)",
            ),
        ];
        let missing = needs.into_iter().filter(|(there, _)| !there);
        missing.map(|(_, name)| name.to_owned()).collect()
    }
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (field, column) in &self.columns {
            writeln!(f, "{}\t{}\t{}", field.as_str(), column.index, column.title)?;
        }
        Ok(())
    }
}

impl FromStr for Mapping {
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

fn profile_line(line: &str) -> Option<(Field, Column)> {
    let mut parts = line.splitn(3, '\t');
    let name = parts.next()?;
    let index = parts.next()?.parse().ok()?;
    let title = parts.next()?.to_owned();
    let (field, _) = Field::ALL.iter().find(|(_, known)| *known == name)?;
    Some((*field, Column { title, index }))
}

#[cfg(test)]
mod tests;
