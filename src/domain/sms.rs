//! Text messages: what fits into one, how a text is spelled in their alphabet, what they cost.
//!
//! A text in the GSM 7-bit alphabet (3GPP TS 23.038) holds 160 septets, or 153 a segment when there
//! are several; one letter outside it turns the whole text into UCS-2 with 70 and 67. Each segment
//! is paid for, so a text is spelled in the alphabet before it leaves.

mod caps;
mod price;
mod sender;
mod spelling;
#[cfg(test)]
mod tests;

pub use caps::{Cap, Caps, Fate, Spent};
pub use price::{Price, PriceError};
pub use sender::{Sender, SenderError};
pub use spelling::spell;

/// Characters of a supplier's name at the beginning of a text, at most.
pub const SUPPLIER_MAX: usize = 20;

/// Characters of an invoice's number that a text names; a longer one is left to the page.
pub const NUMBER_MAX: usize = 14;

/// Characters of the longest amount that the texts are measured with: `999999,99 EUR`.
pub const AMOUNT_MAX: usize = 13;

/// Characters of a link that leaves room for a whole text in one segment.
pub const LINK_MAX: usize = 54;

/// Septets, or UTF-16 units, of a text in one segment.
const ALONE: [usize; 2] = [160, 70];

/// The same of each segment where there are several: a header says which is which.
const OF_SEVERAL: [usize; 2] = [153, 67];

/// The letters of one septet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                     ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// The letters of two: an escape comes first.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// The GSM 7-bit alphabet.
    Gsm7,
    /// UTF-16: one letter of the text is not in the alphabet.
    Ucs2,
}

/// How long a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Measure {
    /// How it is written.
    pub encoding: Encoding,
    /// Septets or UTF-16 units.
    pub units: usize,
    /// Segments: what is paid for.
    pub segments: usize,
}

/// Septets of a letter; none when the alphabet does not have it.
#[must_use]
pub fn septets(letter: char) -> Option<usize> {
    if BASIC.contains(letter) {
        Some(1)
    } else {
        EXTENSION.contains(letter).then_some(2)
    }
}

/// How long a text is, and how many segments it takes.
#[must_use]
pub fn measure(text: &str) -> Measure {
    let (encoding, place) = match text.chars().all(|one| septets(one).is_some()) {
        true => (Encoding::Gsm7, 0),
        false => (Encoding::Ucs2, 1),
    };
    let wide = |one: char| match encoding {
        Encoding::Gsm7 => septets(one).unwrap_or(1),
        Encoding::Ucs2 => one.len_utf16(),
    };
    let units = text.chars().map(wide).sum();
    let limit = |of: [usize; 2]| of.get(place).copied().unwrap_or(1);
    let segments = if units <= limit(ALONE) {
        1
    } else {
        segments(text.chars().map(wide), limit(OF_SEVERAL))
    };
    Measure {
        encoding,
        units,
        segments,
    }
}

/// A letter of two units is never torn apart between two segments.
fn segments(widths: impl Iterator<Item = usize>, room: usize) -> usize {
    let (mut count, mut used) = (1_usize, 0_usize);
    for width in widths {
        used = used.saturating_add(width);
        if used > room {
            count = count.saturating_add(1);
            used = width;
        }
    }
    count
}
