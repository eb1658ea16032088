//! Text set into lines, tables and pages, with what each piece is for those who hear it.
//!
//! All lengths are whole tenths of a point, from the top left corner of an A4 page.

use super::font::{Faces, Ink, Style};
use super::{DocumentError, Letterhead};

/// Width of the page.
pub(super) const PAGE_WIDTH: i32 = 5950;
/// Height of the page.
pub(super) const PAGE_HEIGHT: i32 = 8420;
/// The left margin.
pub(super) const LEFT: i32 = 500;
/// Where text ends on the right.
pub(super) const RIGHT: i32 = 5450;
/// From one margin to the other.
pub(super) const WIDTH: i32 = RIGHT - LEFT;
/// Where text begins on the pages after the first.
const TOP: i32 = 600;
/// Where it ends.
const BOTTOM: i32 = 7700;
/// Between the cells of a row.
const GAP: i32 = 80;

const TITLE: Style = style(200, true, Ink::Dark);
const SECTION: Style = style(130, true, Ink::Dark);
pub(super) const BODY: Style = style(100, false, Ink::Dark);
pub(super) const STRONG: Style = style(100, true, Ink::Dark);
pub(super) const SMALL: Style = style(85, false, Ink::Soft);
pub(super) const NAME: Style = style(150, true, Ink::Accent);

pub(super) const fn style(size: i32, bold: bool, ink: Ink) -> Style {
    Style { size, bold, ink }
}

/// A line of text on a page; `y` is its base line.
pub(super) struct Run {
    pub(super) page: usize,
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) style: Style,
    pub(super) text: String,
    /// Whether it repeats what was said: a table's titles on its next page.
    pub(super) again: bool,
}

/// A filled rectangle that says nothing.
pub(super) struct Bar {
    pub(super) page: usize,
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) ink: Ink,
}

/// What a piece of a document is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    Title,
    Section,
    Text,
    Table,
    Row,
    ColumnHead,
    RowHead,
    Cell,
}

/// A piece of a document, and the lines or pieces it is made of.
pub(super) struct Part {
    pub(super) role: Role,
    pub(super) title: String,
    pub(super) runs: Vec<usize>,
    pub(super) parts: Vec<Part>,
}

impl Part {
    pub(super) const fn of(role: Role, runs: Vec<usize>) -> Self {
        Self {
            role,
            title: String::new(),
            runs,
            parts: Vec::new(),
        }
    }

    const fn holding(role: Role, parts: Vec<Self>) -> Self {
        Self {
            role,
            title: String::new(),
            runs: Vec::new(),
            parts,
        }
    }
}

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

/// A document as it is set.
pub(super) struct Sheet {
    pub(super) faces: Faces,
    pub(super) runs: Vec<Run>,
    pub(super) bars: Vec<Bar>,
    pub(super) parts: Vec<Part>,
    page: usize,
    /// Where the next line begins.
    pub(super) y: i32,
    /// What stands at the foot of each page in the place of whom it is for.
    pub(super) legal: String,
}

impl Sheet {
    /// A sheet under the supplier's name, with a title and whom it is for.
    pub(super) fn begin(head: &Letterhead, title: &str) -> Result<Self, DocumentError> {
        let mut sheet = Self::blank()?;
        sheet.text(NAME, &head.brand.name);
        sheet.text(SMALL, &head.brand.address);
        let reach = [&head.brand.contact_phone, &head.brand.contact_email];
        let reach: Vec<&str> = reach.iter().map(|one| one.as_str()).collect();
        sheet.text(SMALL, &reach.join(" · "));
        sheet.skip(240);
        sheet.heading(Role::Title, TITLE, title);
        sheet.skip(60);
        Ok(sheet)
    }

    /// A page with nothing on it but the supplier's colour at its top.
    pub(super) fn blank() -> Result<Self, DocumentError> {
        let mut sheet = Self {
            faces: Faces::load()?,
            runs: Vec::new(),
            bars: Vec::new(),
            parts: Vec::new(),
            page: 0,
            y: 460,
            legal: String::new(),
        };
        sheet.bar(0, 0, PAGE_WIDTH, 60, Ink::Accent);
        Ok(sheet)
    }

    /// How many pages there are.
    pub(super) const fn pages(&self) -> usize {
        self.page.saturating_add(1)
    }

    /// The supplier in one line, for the foot of each page, as wide as that line may be.
    pub(super) fn foot(&self, head: &Letterhead) -> String {
        let mut text = format!("{} · {} · {}", head.brand.name, head.debtor, head.code);
        if !self.legal.is_empty() {
            text = format!("{} · {}", head.brand.name, self.legal);
        }
        let text = self.faces.printable(&text);
        let lines = self.faces.lines(SMALL, &text, WIDTH - 600);
        lines.into_iter().next().unwrap_or_default()
    }

    /// How the foot is set.
    pub(super) const fn foot_style() -> Style {
        SMALL
    }

    /// A heading within the document.
    pub(super) fn section(&mut self, title: &str) {
        self.skip(180);
        self.need(600);
        self.heading(Role::Section, SECTION, title);
        self.skip(40);
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.text(BODY, text);
        self.skip(50);
    }

    /// A paragraph in small print.
    pub(super) fn note(&mut self, text: &str) {
        self.text(SMALL, text);
        self.skip(40);
    }

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

    /// A table; the first column names the row, and a last row in bold may add it up.
    pub(super) fn table(
        &mut self,
        columns: &[Column],
        rows: &[Vec<String>],
        total: Option<&[String]>,
    ) {
        let titles: Vec<String> = columns.iter().map(|one| one.title.to_owned()).collect();
        let heads = |at: usize| match at {
            0 => Role::RowHead,
            _ => Role::Cell,
        };
        self.need(600);
        let mut parts = vec![self.line_of(columns, &titles, SMALL, |_| Role::ColumnHead, None)];
        for row in rows {
            parts.push(self.line_of(columns, row, BODY, heads, Some((columns, &titles))));
        }
        if let Some(total) = total {
            parts.push(self.line_of(columns, total, STRONG, heads, Some((columns, &titles))));
        }
        self.parts.push(Part::holding(Role::Table, parts));
    }

    fn line_of(
        &mut self,
        columns: &[Column],
        texts: &[String],
        style: Style,
        role: impl Fn(usize) -> Role,
        titles: Option<(&[Column], &[String])>,
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

    /// Sets one row with a thin line under it; on a new page the titles come first, as decoration.
    fn row(
        &mut self,
        cells: &[(&str, Style, i32, i32, Role)],
        right: &[bool],
        titles: Option<(&[Column], &[String])>,
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
        let height = leading.saturating_mul(count).saturating_add(70);
        if self.need(height)
            && let Some((columns, texts)) = titles
        {
            let from = self.runs.len();
            drop(self.line_of(columns, texts, SMALL, |_| Role::ColumnHead, None));
            for run in self.runs.iter_mut().skip(from) {
                run.again = true;
            }
        }
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
        self.bar(LEFT, self.y.saturating_sub(25), WIDTH, 5, Ink::Line);
        Part::holding(Role::Row, parts)
    }

    pub(super) fn heading(&mut self, role: Role, style: Style, text: &str) {
        let runs = self.set(style, text);
        let mut part = Part::of(role, runs);
        part.title = text.to_owned();
        self.parts.push(part);
    }

    fn text(&mut self, style: Style, text: &str) {
        let runs = self.set(style, text);
        self.parts.push(Part::of(Role::Text, runs));
    }

    /// Sets a text from margin to margin.
    fn set(&mut self, style: Style, text: &str) -> Vec<usize> {
        let text = self.faces.printable(text);
        let lines = self.faces.lines(style, &text, WIDTH);
        let set = lines.into_iter().map(|line| {
            self.need(style.leading());
            self.y = self.y.saturating_add(style.leading());
            self.run(style, LEFT, line)
        });
        set.collect()
    }

    pub(super) fn run(&mut self, style: Style, x: i32, text: String) -> usize {
        self.runs.push(Run {
            page: self.page,
            x,
            y: self.y,
            style,
            text,
            again: false,
        });
        self.runs.len().saturating_sub(1)
    }

    pub(super) fn bar(&mut self, x: i32, y: i32, width: i32, height: i32, ink: Ink) {
        self.bars.push(Bar {
            page: self.page,
            x,
            y,
            width,
            height,
            ink,
        });
    }

    pub(super) const fn skip(&mut self, height: i32) {
        self.y = self.y.saturating_add(height);
    }

    /// Makes sure that this much fits below; true when a new page was begun for it.
    pub(super) const fn need(&mut self, height: i32) -> bool {
        let fits = self.y.saturating_add(height) <= BOTTOM;
        if !fits {
            self.page = self.page.saturating_add(1);
            self.y = TOP;
        }
        !fits
    }
}
