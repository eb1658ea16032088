//! The SEPA character set and the conversion into it (EPC217-08; `sepa.md` §4).
//!
//! Names and texts are converted and measured afterwards; identifiers are never converted, because
//! a changed identifier finds nothing again.

use std::borrow::Cow;

use super::charset_table::replacement;

/// The longest name a SEPA file carries, in characters.
pub const NAME_MAX: usize = 70;
/// The longest free remittance text (`Ustrd`), in characters.
pub const TEXT_MAX: usize = 140;
/// The longest identifier (MsgId, PmtInfId, EndToEndId, MndtId), in characters.
pub const IDENTIFIER_MAX: usize = 35;

/// Why a text cannot stand in a SEPA file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CharsetError {
    /// Nothing is left that could be read.
    #[error("it needs at least one letter or digit")]
    Empty,
    /// Longer than its place in the file.
    #[error("it has {found} characters and may have {max}")]
    TooLong {
        /// After conversion.
        found: usize,
        /// What its place holds.
        max: usize,
    },
    /// An identifier holds a character that would have to be converted.
    #[error("'{0}' is not allowed: use A-Z a-z 0-9 + ? / : ( ) . , ' -")]
    Character(char),
    /// An identifier is bounded by a slash or holds two in a row.
    #[error("it may neither start nor end with '/' nor hold '//'")]
    Slashes,
}

/// Whether the character may stand in a SEPA file as it is.
#[must_use]
pub fn is_allowed(letter: char) -> bool {
    u8::try_from(letter).is_ok_and(is_allowed_byte)
}

const fn is_allowed_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'/' | b'-' | b'?' | b':' | b'(' | b')' | b'.' | b',' | b'\'' | b'+' | b' '
        )
}

/// What stands for a character: itself, its replacement, or a full stop when it has none.
fn converted(letter: char, out: &mut String) {
    if letter == ' ' || letter.is_whitespace() {
        space(out);
    } else if is_allowed(letter) {
        out.push(letter);
    } else if !is_combining(letter) {
        match replacement(letter).unwrap_or(".") {
            " " => space(out),
            other => out.push_str(other),
        }
    }
}

/// One space between two words, and none before the first.
fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Accents written as characters of their own, as macOS writes them: their letter came before.
const fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Converts any text; line breaks and runs of spaces become one space. Most texts of books need
/// nothing and are not copied.
#[must_use]
pub fn convert(text: &str) -> Cow<'_, str> {
    if is_settled(text) {
        return Cow::Borrowed(text);
    }
    // A replacement may be longer than what it stands for.
    let mut all = String::with_capacity(text.len() + 8);
    let mut rest = text;
    let stops = |byte: u8| byte == b' ' || !is_allowed_byte(byte);
    while let Some((run, after)) = rest
        .bytes()
        .position(stops)
        .and_then(|at| rest.split_at_checked(at))
    {
        all.push_str(run);
        let mut letters = after.chars();
        if let Some(letter) = letters.next() {
            converted(letter, &mut all);
        }
        rest = letters.as_str();
    }
    all.push_str(rest);
    all.truncate(all.trim_end_matches(' ').len());
    Cow::Owned(all)
}

/// Whether a text is what it would be converted to.
fn is_settled(text: &str) -> bool {
    let mut after_space = true;
    for byte in text.bytes() {
        let space = byte == b' ';
        if !is_allowed_byte(byte) || (space && after_space) {
            return false;
        }
        after_space = space;
    }
    !after_space || text.is_empty()
}

fn readable(text: Cow<'_, str>) -> Result<Cow<'_, str>, CharsetError> {
    if text.contains(|letter: char| letter.is_ascii_alphanumeric()) {
        Ok(text)
    } else {
        Err(CharsetError::Empty)
    }
}

/// A name, converted and cut at [`NAME_MAX`].
pub fn name(text: &str) -> Result<Cow<'_, str>, CharsetError> {
    let mut name = convert(text);
    // One byte is one character in this set, so a byte count cuts between characters.
    if name.len() > NAME_MAX {
        let name = name.to_mut();
        name.truncate(NAME_MAX);
        name.truncate(name.trim_end().len());
    }
    readable(name)
}

/// A remittance text, converted; refused beyond [`TEXT_MAX`], because the cut part may be the
/// invoice number that matters.
pub fn remittance(text: &str) -> Result<Cow<'_, str>, CharsetError> {
    let text = convert(text);
    measure(&text, TEXT_MAX)?;
    readable(text)
}

/// A text converted and refused beyond so many characters.
pub fn at_most(text: &str, max: usize) -> Result<String, CharsetError> {
    let text = convert(text);
    measure(&text, max)?;
    readable(text).map(Cow::into_owned)
}

/// An identifier, checked and never changed. Schemas allow spaces; banks and people lose them, so
/// there are none here.
pub fn identifier(text: &str) -> Result<&str, CharsetError> {
    measure(text, IDENTIFIER_MAX)?;
    let wrong = |byte: u8| !is_allowed_byte(byte) || byte == b' ';
    if text.bytes().any(wrong) {
        let letter = text
            .chars()
            .find(|letter| !is_allowed(*letter) || *letter == ' ');
        return Err(CharsetError::Character(letter.unwrap_or(' ')));
    }
    let pairs = text.as_bytes().iter().zip(text.as_bytes().iter().skip(1));
    let doubled = pairs.into_iter().any(|pair| pair == (&b'/', &b'/'));
    if doubled || text.starts_with('/') || text.ends_with('/') {
        return Err(CharsetError::Slashes);
    }
    if text.is_empty() {
        return Err(CharsetError::Empty);
    }
    Ok(text)
}

fn measure(text: &str, max: usize) -> Result<(), CharsetError> {
    // Never more characters than bytes: most need no counting.
    if text.len() <= max {
        return Ok(());
    }
    let found = text.chars().count();
    if found > max {
        Err(CharsetError::TooLong { found, max })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::charset_table::TYPOGRAPHY;
    use super::*;

    #[test]
    fn conversions_that_matter_in_french_books() {
        for (text, expected) in [
            ("Société Générale & Fils", "Societe Generale + Fils"),
            ("L’Œuvre d’Été — n° 7", "L'Ouvre d'Ete - n. 7"),
            ("compta_2026@exemple.fr", "compta-2026(at)exemple.fr"),
            ("120 €\u{a0}TTC", "120 E TTC"),
            ("Cafe\u{301}\r\n  Noir\t", "Cafe Noir"),
            ("Müller Straße ẞ", "Muller Strase S"),
            ("Щукин Θ", "SHTukin TH"),
            ("日本", ".."),
        ] {
            assert_eq!(convert(text), expected, "{text}");
        }
    }

    /// Guards the regrouping, not the source: both tables go back to one transcription.
    #[test]
    fn regrouping_the_table_lost_no_character() {
        use sepa::charset::{Transliteration, transliterate};
        let ours_on_purpose = |letter: char| {
            letter == '@'
                || is_combining(letter)
                || letter.is_whitespace()
                || TYPOGRAPHY.iter().any(|(_, all)| all.contains(letter))
        };
        for letter in ('\u{1}'..='\u{2fff}').filter(|letter| !ours_on_purpose(*letter)) {
            let mut ours = String::new();
            converted(letter, &mut ours);
            let text = letter.to_string();
            assert_eq!(
                ours,
                transliterate(&text, Transliteration::Epc),
                "{letter:?}"
            );
        }
    }

    #[test]
    fn names_are_cut_and_texts_refused() {
        let long = format!("{} éé", "A".repeat(69));
        assert_eq!(name(&long), Ok("A".repeat(69).into()));
        assert_eq!(name(" ... "), Err(CharsetError::Empty));
        assert_eq!(remittance(&"é".repeat(140)), Ok("e".repeat(140).into()));
        let grown = format!("{}@", "a".repeat(139));
        let refused = CharsetError::TooLong {
            found: 143,
            max: 140,
        };
        assert_eq!(remittance(&grown), Err(refused));
    }

    #[test]
    fn identifiers_are_taken_as_they_are_or_refused() {
        assert_eq!(identifier("RUM-2026/0001"), Ok("RUM-2026/0001"));
        let thirty_six = "x".repeat(36);
        for (text, error) in [
            ("RUM 1", CharsetError::Character(' ')),
            ("RÉF", CharsetError::Character('É')),
            ("bat_1", CharsetError::Character('_')),
            ("/x", CharsetError::Slashes),
            ("x/", CharsetError::Slashes),
            ("x//y", CharsetError::Slashes),
            ("", CharsetError::Empty),
            (&thirty_six, CharsetError::TooLong { found: 36, max: 35 }),
        ] {
            assert_eq!(identifier(text), Err(error), "{text}");
        }
    }
}
