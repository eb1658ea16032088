//! Puts a sheet on paper: the PDF itself, by krilla.

use std::num::NonZeroU16;

use domain::Day;
use domain::party::Accent;
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagTree,
};
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};
use views::brand::link_on_light;

use super::font::{BOLD, Ink, REGULAR, Style};
use super::sheet::{LEFT, PAGE_HEIGHT, PAGE_WIDTH, Part, RIGHT, Role, Run, Sheet};
use super::{DocumentError, Letterhead};

/// Where the foot of a page stands.
const FOOT: i32 = 8060;

/// The sheet as a PDF.
pub(super) fn pdf(sheet: &Sheet, head: &Letterhead, title: &str) -> Result<Vec<u8>, DocumentError> {
    pdf_of(&[(sheet, head)], title)
}

/// Several sheets as one PDF, each with pages of its own.
pub(super) fn pdf_of(
    sheets: &[(&Sheet, &Letterhead)],
    title: &str,
) -> Result<Vec<u8>, DocumentError> {
    let (_, head) = sheets
        .first()
        .ok_or_else(|| DocumentError("nothing to print".into()))?;
    let rules = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    let configuration = rules
        .finish()
        .map_err(|why| DocumentError(format!("{why:?}")))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    let pen = Pen::new(head.brand.accent)?;
    let (mut tree, mut outline, mut before) = (TagTree::new(), Outline::new(), 0);
    for (sheet, head) in sheets.iter().copied() {
        let mut said = paint(&mut document, &pen, (sheet, head))?;
        for part in &sheet.parts {
            tree.push(group(part, &mut said));
        }
        for heading in headings(sheet, before) {
            outline.push_child(heading);
        }
        before = before.saturating_add(sheet.pages());
    }
    document.set_tag_tree(tree);
    document.set_outline(outline);
    document.set_metadata(about(head, title));
    document
        .finish()
        .map_err(|why| DocumentError(format!("{why:?}")))
}

/// Paints the pages of a sheet; gives what each of its lines is known by.
fn paint(
    document: &mut Document,
    pen: &Pen,
    (sheet, head): (&Sheet, &Letterhead),
) -> Result<Vec<Option<Identifier>>, DocumentError> {
    let mut said: Vec<Option<Identifier>> = sheet.runs.iter().map(|_| None).collect();
    for number in 0..sheet.pages() {
        let mut page = document.start_page_with(page_settings()?);
        let mut surface = page.surface();
        // Everything is measured in tenths of a point.
        surface.push_transform(&Transform::from_scale(0.1, 0.1));
        for bar in sheet.bars.iter().filter(|bar| bar.page == number) {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
                ArtifactType::Other,
            )));
            pen.bar(&mut surface, (bar.x, bar.y, bar.width, bar.height), bar.ink);
            surface.end_tagged();
        }
        for (run, place) in sheet.runs.iter().zip(&mut said) {
            if run.page == number {
                *place = pen.run(&mut surface, run);
            }
        }
        pen.foot(&mut surface, sheet, head, number);
        surface.pop();
        surface.finish();
        page.finish();
    }
    Ok(said)
}

fn page_settings() -> Result<PageSettings, DocumentError> {
    PageSettings::from_wh(595.0, 842.0).ok_or_else(|| DocumentError("no page".into()))
}

fn about(head: &Letterhead, title: &str) -> Metadata {
    let number = |part: u32| u8::try_from(part).unwrap_or(1);
    let day: Day = head.on;
    let made = DateTime::new(u16::try_from(day.year()).unwrap_or_default())
        .month(number(day.month()))
        .day(number(day.day()));
    Metadata::new()
        .title(format!("{title} – {}", head.brand.name))
        .language(head.language.to_string())
        .authors(vec![head.brand.name.clone()])
        .creation_date(made)
}

/// The headings, to find one's way by; so many pages stand before.
fn headings(sheet: &Sheet, before: usize) -> Vec<OutlineNode> {
    let mut headings = Vec::new();
    for part in &sheet.parts {
        let first = part.runs.first().and_then(|run| sheet.runs.get(*run));
        let is_heading = matches!(part.role, Role::Title | Role::Section);
        if let Some(run) = first.filter(|_| is_heading) {
            // The page's own points here: nothing scales a destination.
            let top = Point::from_xy(0.0, real(run.y.saturating_div(10).saturating_sub(20)));
            let place = XyzDestination::new(before.saturating_add(run.page), top);
            headings.push(OutlineNode::new(part.title.clone(), place));
        }
    }
    headings
}

/// What a part is called in the PDF, with what belongs to it. A line is given away once.
fn group(part: &Part, said: &mut [Option<Identifier>]) -> TagGroup {
    let title = || Some(part.title.clone());
    let mut group = match part.role {
        Role::Title => TagGroup::new(Tag::Hn(NonZeroU16::MIN, title())),
        Role::Section => TagGroup::new(Tag::Hn(NonZeroU16::MIN.saturating_add(1), title())),
        Role::Text => TagGroup::new(Tag::P),
        Role::Table => TagGroup::new(Tag::Table),
        Role::Row => TagGroup::new(Tag::TR),
        Role::ColumnHead => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
        Role::RowHead => TagGroup::new(Tag::TH(TableHeaderScope::Row)),
        Role::Cell => TagGroup::new(Tag::TD),
    };
    for run in &part.runs {
        if let Some(line) = said.get_mut(*run).and_then(Option::take) {
            group.push(line);
        }
    }
    for part in &part.parts {
        group.push(self::group(part, said));
    }
    group
}

/// The fonts and colours of one document.
struct Pen {
    regular: Font,
    bold: Font,
    accent: Accent,
}

impl Pen {
    fn new(accent: Accent) -> Result<Self, DocumentError> {
        let read = |bytes: &[u8]| {
            let font = Font::new(bytes.to_vec().into(), 0);
            font.ok_or_else(|| DocumentError("a font of the program cannot be read".into()))
        };
        Ok(Self {
            regular: read(REGULAR)?,
            bold: read(BOLD)?,
            accent: link_on_light(accent),
        })
    }

    fn fill(&self, ink: Ink) -> Fill {
        let [r, g, b] = match ink {
            Ink::Dark => [0x1b, 0x1f, 0x24],
            Ink::Soft => [0x56, 0x5d, 0x66],
            Ink::Accent => self.accent.rgb,
            Ink::Line => [0xde, 0xdc, 0xd5],
        };
        Fill {
            paint: rgb::Color::new(r, g, b).into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::default(),
        }
    }

    fn bar(&self, surface: &mut Surface<'_>, place: (i32, i32, i32, i32), ink: Ink) {
        let (x, y, width, height) = place;
        let rect = Rect::from_xywh(real(x), real(y), real(width), real(height));
        let path = rect.and_then(|rect| {
            let mut path = PathBuilder::new();
            path.push_rect(rect);
            path.finish()
        });
        if let Some(path) = path {
            surface.set_fill(Some(self.fill(ink)));
            surface.draw_path(&path);
        }
    }

    /// Writes a line; none for one that was said before.
    fn run(&self, surface: &mut Surface<'_>, run: &Run) -> Option<Identifier> {
        let tag = if run.again {
            ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other))
        } else {
            ContentTag::Span(SpanTag::empty())
        };
        let line = surface.start_tagged(tag);
        self.write(surface, (run.x, run.y), run.style, &run.text);
        surface.end_tagged();
        (!run.again).then_some(line)
    }

    fn write(&self, surface: &mut Surface<'_>, (x, y): (i32, i32), style: Style, text: &str) {
        let font = if style.bold {
            self.bold.clone()
        } else {
            self.regular.clone()
        };
        surface.set_fill(Some(self.fill(style.ink)));
        let start = Point::from_xy(real(x), real(y));
        surface.draw_text(
            start,
            font,
            real(style.size),
            text,
            false,
            TextDirection::LeftToRight,
        );
    }

    fn foot(&self, surface: &mut Surface<'_>, sheet: &Sheet, head: &Letterhead, number: usize) {
        let style = Sheet::foot_style();
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
            ArtifactType::Footer,
        )));
        self.write(surface, (LEFT, FOOT), style, &sheet.foot(head));
        let count = format!("{}/{}", number.saturating_add(1), sheet.pages());
        self.write(surface, (RIGHT - 300, FOOT), style, &count);
        surface.end_tagged();
    }
}

/// A length for krilla; every length of a page fits.
fn real(tenths: i32) -> f32 {
    let most = PAGE_HEIGHT.max(PAGE_WIDTH);
    f32::from(i16::try_from(tenths.clamp(0, most)).unwrap_or(i16::MAX))
}
