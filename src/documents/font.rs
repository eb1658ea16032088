//! The two faces documents are set in, and how wide a text is in them.

use ttf_parser::Face;

use super::DocumentError;

/// Liberation Sans, under the SIL Open Font License (`assets/fonts`).
pub(super) const REGULAR: &[u8] = include_bytes!("../../assets/fonts/LiberationSans-Regular.ttf");
/// Its bold.
pub(super) const BOLD: &[u8] = include_bytes!("../../assets/fonts/LiberationSans-Bold.ttf");

/// What stands for a sign that the faces do not have.
const MISSING: char = '?';

/// How a text is set: sizes are in tenths of a point, as all lengths here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Style {
    pub(super) size: i32,
    pub(super) bold: bool,
    pub(super) ink: Ink,
}

/// The colours of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ink {
    /// What is read.
    Dark,
    /// What may be passed over.
    Soft,
    /// The supplier's colour, dark enough to be read.
    Accent,
    /// Lines between rows.
    Line,
}

impl Style {
    /// From one line to the next.
    pub(super) const fn leading(self) -> i32 {
        self.size.saturating_mul(7).saturating_div(5)
    }
}

/// Both faces, read.
pub(super) struct Faces {
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Faces {
    pub(super) fn load() -> Result<Self, DocumentError> {
        let read = |bytes| Face::parse(bytes, 0).map_err(|why| DocumentError(why.to_string()));
        Ok(Self {
            regular: read(REGULAR)?,
            bold: read(BOLD)?,
        })
    }

    const fn face(&self, bold: bool) -> &Face<'static> {
        if bold { &self.bold } else { &self.regular }
    }

    /// The text in signs that the faces have: a sign without a glyph would be an empty box.
    pub(super) fn printable(&self, text: &str) -> String {
        text.chars()
            .map(|sign| match sign {
                '\u{202f}' | '\t' | '\n' => '\u{a0}',
                known if self.has(known) => known,
                _ => MISSING,
            })
            .collect()
    }

    fn has(&self, sign: char) -> bool {
        let in_both = [&self.regular, &self.bold];
        in_both.iter().all(|face| face.glyph_index(sign).is_some())
    }

    /// How wide a text is.
    pub(super) fn width(&self, style: Style, text: &str) -> i32 {
        let face = self.face(style.bold);
        let advance = |sign: char| {
            let glyph = face.glyph_index(sign)?;
            face.glyph_hor_advance(glyph).map(i32::from)
        };
        let units: i32 = text.chars().filter_map(advance).sum();
        let per_em = i32::from(face.units_per_em());
        units
            .saturating_mul(style.size)
            .checked_div(per_em)
            .unwrap_or_default()
    }

    /// The text in lines of at most this width; a word that is wider is broken.
    pub(super) fn lines(&self, style: Style, text: &str, width: i32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if self.width(style, &longer) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = self.broken(style, word, width, &mut lines);
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// Puts all but the last piece of a word that is too wide into lines of its own.
    fn broken(&self, style: Style, word: &str, width: i32, lines: &mut Vec<String>) -> String {
        let mut piece = String::new();
        for sign in word.chars() {
            piece.push(sign);
            if self.width(style, &piece) > width && piece.chars().count() > 1 {
                piece.pop();
                lines.push(std::mem::replace(&mut piece, sign.to_string()));
            }
        }
        piece
    }
}
