//! Tables: names with their values, and rows under titles.

use super::font::{Ink, Style};
use super::sheet::{BODY, LEFT, Part, Role, SMALL, STRONG, Sheet, WIDTH};

/// Between the cells of a row.
const GAP: i32 = 80;

/// A column of a table: amounts stand at its right edge.
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) width: i32,
    pub(super) amount: bool,
}

/// A text column.
pub(super) const fn column(title: &'static str, width: i32) -> Column {
    Column {
        title,
        width,
        amount: false,
    }
}

/// A column of amounts.
pub(super) const fn amounts(title: &'static str, width: i32) -> Column {
    Column {
        title,
        width,
        amount: true,
    }
}

/// The titles of a table, repeated where it goes on.
type Titles<'a> = Option<(&'a [Column], &'a [String])>;

impl Sheet {
    /// Names and values.
    pub(super) fn facts(&mut self, rows: &[(&str, String)]) {
        let mut parts = Vec::new();
        for (name, value) in rows {
            let cells = [
                (*name, SMALL, LEFT, 1700, Role::RowHead),
                (value.as_str(), BODY, LEFT + 1800, WIDTH - 1800, Role::Cell),
            ];
            parts.push(self.row(&cells, &[false, false], None));
        }
        self.parts.push(Part::holding(Role::Table, parts));
    }

    /// A table; the first column names the row, and last rows, some in bold, may add it up. They
    /// stay with the row above them.
    pub(super) fn table(
        &mut self,
        columns: &[Column],
        rows: &[Vec<String>],
        sums: &[(bool, Vec<String>)],
    ) {
        let titles: Vec<String> = columns.iter().map(|one| one.title.to_owned()).collect();
        let heads = |at: usize| match at {
            0 => Role::RowHead,
            _ => Role::Cell,
        };
        let [body, strong] = [BODY, STRONG].map(|one| self.at_pace(one));
        let line = body.leading().saturating_add(self.pace.pad);
        let ends = i32::try_from(sums.len()).unwrap_or_default();
        let ends = ends.saturating_mul(line);
        self.need(600);
        let mut parts = vec![self.line_of(columns, &titles, SMALL, |_| Role::ColumnHead, None)];
        for (left, row) in (0..rows.len()).rev().zip(rows) {
            if left == 0 {
                self.turn(line.saturating_add(ends), Some((columns, &titles)));
            }
            parts.push(self.line_of(columns, row, body, heads, Some((columns, &titles))));
        }
        for (bold, row) in sums {
            let style = if *bold { strong } else { body };
            parts.push(self.line_of(columns, row, style, heads, Some((columns, &titles))));
        }
        self.parts.push(Part::holding(Role::Table, parts));
    }

    fn line_of(
        &mut self,
        columns: &[Column],
        texts: &[String],
        style: Style,
        role: impl Fn(usize) -> Role,
        titles: Titles<'_>,
    ) -> Part {
        let mut x = LEFT;
        let mut cells = Vec::new();
        let mut sides = Vec::new();
        for (at, (column, text)) in columns.iter().zip(texts).enumerate() {
            let width = column.width.saturating_sub(GAP);
            cells.push((text.as_str(), style, x, width, role(at)));
            sides.push(column.amount);
            x = x.saturating_add(column.width);
        }
        self.row(&cells, &sides, titles)
    }

    /// Begins a new page if this much does not fit; the titles come first there, as decoration.
    fn turn(&mut self, height: i32, titles: Titles<'_>) {
        if self.need(height)
            && let Some((columns, texts)) = titles
        {
            let from = self.runs.len();
            drop(self.line_of(columns, texts, SMALL, |_| Role::ColumnHead, None));
            for run in self.runs.iter_mut().skip(from) {
                run.again = true;
            }
        }
    }

    /// Sets one row with a thin line under it.
    fn row(
        &mut self,
        cells: &[(&str, Style, i32, i32, Role)],
        right: &[bool],
        titles: Titles<'_>,
    ) -> Part {
        let set: Vec<Vec<String>> = cells
            .iter()
            .map(|(text, style, _, width, _)| {
                let text = self.faces.printable(text);
                self.faces.lines(*style, &text, *width)
            })
            .collect();
        let deepest = set.iter().map(Vec::len).max().unwrap_or(1);
        let leading = cells.iter().map(|(_, style, ..)| style.leading()).max();
        let leading = leading.unwrap_or_default();
        let count = i32::try_from(deepest).unwrap_or(1);
        let height = leading.saturating_mul(count).saturating_add(self.pace.pad);
        self.turn(height, titles);
        let top = self.y;
        let mut parts = Vec::new();
        for (((_, style, x, width, role), lines), right) in cells.iter().zip(set).zip(right) {
            self.y = top;
            let mut runs = Vec::new();
            for line in lines {
                let free = width.saturating_sub(self.faces.width(*style, &line));
                let indent = if *right { free.max(0) } else { 0 };
                self.y = self.y.saturating_add(leading);
                runs.push(self.run(*style, x.saturating_add(indent), line));
            }
            parts.push(Part::of(*role, runs));
        }
        self.y = top.saturating_add(height);
        self.bar(
            LEFT,
            self.y.saturating_sub(self.pace.pad / 3),
            WIDTH,
            5,
            Ink::Line,
        );
        Part::holding(Role::Row, parts)
    }
}
