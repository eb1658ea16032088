//! A record seen through a mapping: its cells by what they hold, and blame for the bad ones.

use domain::import::{RowError, RowReason};

use super::field::{Field, Mapping};
use crate::tables::{Record, shortened};

/// A record and the columns that are used of it.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    /// The record.
    pub record: Record<'a>,
    /// Which column holds what.
    pub mapping: &'a Mapping,
}

impl<'a> Cells<'a> {
    /// The cell of this field; empty when the file has no such column.
    pub(super) fn get(&self, field: Field) -> &'a str {
        let column = self.mapping.column(field);
        column.map_or("", |column| self.record.cell(column.index))
    }

    /// Whether any of these cells is filled.
    pub(super) fn any(&self, fields: &[Field]) -> bool {
        fields.iter().any(|field| !self.get(*field).is_empty())
    }

    /// Whether this file has such a column.
    pub(super) fn has(&self, field: Field) -> bool {
        self.mapping.column(field).is_some()
    }

    /// Whether the file's bytes were no text here.
    pub(super) fn damaged(&self) -> bool {
        damaged(self.record.whole())
    }

    /// Refuses the row for the cell of this field.
    pub(super) fn blame(&self, field: Field, reason: RowReason) -> RowError {
        RowError {
            line: self.record.line,
            column: self
                .mapping
                .column(field)
                .map(|column| column.title.clone()),
            value: shortened(self.get(field)),
            reason,
        }
    }

    /// Refuses the row for no cell of its own.
    pub(super) fn blame_line(&self, reason: RowReason) -> RowError {
        RowError {
            line: self.record.line,
            column: None,
            value: shortened(self.record.whole()),
            reason,
        }
    }

    /// Refuses the row for bytes that are no text, naming the first column that holds some.
    pub(super) fn blame_bytes(&self) -> RowError {
        let fields = self.mapping.columns().map(|(field, _)| field);
        let hurt = fields.into_iter().find(|field| damaged(self.get(*field)));
        hurt.map_or_else(
            || self.blame_line(RowReason::BadBytes),
            |field| self.blame(field, RowReason::BadBytes),
        )
    }
}

/// U+FFFD stands for bytes that could not be decoded; NUL is never text.
fn damaged(text: &str) -> bool {
    text.contains('\u{fffd}') || text.contains('\0')
}
