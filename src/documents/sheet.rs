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
const BOTTOM: i32 = 7840;
const TITLE: Style = style(200, true, Ink::Dark);
const SECTION: Style = style(130, true, Ink::Dark);
pub(super) const BODY: Style = style(100, false, Ink::Dark);
pub(super) const STRONG: Style = style(100, true, Ink::Dark);
/// Nothing is set smaller.
pub(super) const SMALL: Style = style(90, false, Ink::Soft);
pub(super) const NAME: Style = style(150, true, Ink::Accent);

pub(super) const fn style(size: i32, bold: bool, ink: Ink) -> Style {
    Style { size, bold, ink }
}

/// How close a document is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pace {
    /// Size of its text.
    pub(super) text: i32,
    /// Between the lines of a table.
    pub(super) pad: i32,
    /// Below a paragraph.
    pub(super) gap: i32,
}

impl Pace {
    /// With air.
    pub(super) const OPEN: Self = Self {
        text: BODY.size,
        pad: 70,
        gap: 50,
    };
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

    pub(super) const fn holding(role: Role, parts: Vec<Self>) -> Self {
        Self {
            role,
            title: String::new(),
            runs: Vec::new(),
            parts,
        }
    }
}

/// A document as it is set.
pub(super) struct Sheet {
    pub(super) faces: Faces,
    pub(super) runs: Vec<Run>,
    pub(super) bars: Vec<Bar>,
    pub(super) parts: Vec<Part>,
    /// How close it is set.
    pub(super) pace: Pace,
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
            pace: Pace::OPEN,
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
        self.text(self.at_pace(BODY), text);
        self.skip(self.pace.gap);
    }

    /// A style in the size of the text.
    pub(super) const fn at_pace(&self, of: Style) -> Style {
        style(self.pace.text, of.bold, of.ink)
    }

    /// How high a text is from margin to margin.
    pub(super) fn height(&self, style: Style, text: &str) -> i32 {
        let lines = self.faces.lines(style, &self.faces.printable(text), WIDTH);
        let count = i32::try_from(lines.len()).unwrap_or(1);
        count.saturating_mul(style.leading())
    }

    /// A paragraph in small print.
    pub(super) fn note(&mut self, text: &str) {
        self.text(SMALL, text);
        self.skip(40);
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
