//! Postal addresses: structured, or town and country with free lines, never free lines alone
//! (`sepa.md` §1).

use crate::payments::sepa::charset;
use crate::payments::sepa::sheet::Sheet;

/// An address with what every bank can place: a town and a country.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Address {
    /// Street, without the number; left out when empty.
    pub street: String,
    /// Number in the street.
    pub number: String,
    /// Post code.
    pub post_code: String,
    /// Town.
    pub town: String,
    /// Country, two letters.
    pub country: String,
    /// At most two more lines, for what has no place above.
    pub lines: Vec<String>,
}

/// An address whose texts are converted and fit.
pub(super) struct Placed {
    parts: Vec<(&'static str, String)>,
}

/// Names the part that does not fit, its value, and the rule.
pub(super) type Misfit = (&'static str, String, String);

impl Address {
    /// Converts and measures each part.
    pub(super) fn placed(&self) -> Result<Placed, Misfit> {
        let mut parts = Vec::new();
        for (name, tag, text, max, needed) in [
            ("street", "StrtNm", &self.street, 70, false),
            ("street number", "BldgNb", &self.number, 16, false),
            ("post code", "PstCd", &self.post_code, 16, false),
            ("town", "TwnNm", &self.town, 35, true),
        ] {
            if needed || !text.is_empty() {
                parts.push((tag, fitted(name, text, max)?));
            }
        }
        let letters = self.country.bytes().all(|byte| byte.is_ascii_uppercase());
        if !letters || self.country.len() != 2 {
            let rule = "two capitals, as in FR".to_owned();
            return Err(("country", self.country.clone(), rule));
        }
        parts.push(("Ctry", self.country.clone()));
        if self.lines.len() > 2 {
            let rule = "at most two lines besides town and country".to_owned();
            return Err(("address line", self.lines.join(" / "), rule));
        }
        for line in &self.lines {
            parts.push(("AdrLine", fitted("address line", line, 70)?));
        }
        Ok(Placed { parts })
    }
}

fn fitted(name: &'static str, text: &str, max: usize) -> Result<String, Misfit> {
    let found = charset::at_most(text, max);
    found.map_err(|error| (name, text.to_owned(), error.to_string()))
}

impl Placed {
    pub(super) fn write(&self, sheet: &mut Sheet) {
        sheet.raw("<PstlAdr>");
        for (tag, text) in &self.parts {
            sheet.leaf(tag, text);
        }
        sheet.raw("</PstlAdr>");
    }
}
