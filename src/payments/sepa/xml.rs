//! Checks on untrusted XML before anything reads it: what passes is UTF-8, has one root, no
//! document type, no unknown entity and no control character, and nests at most [`DEPTH_MAX`] deep.
//!
//! It says nothing about the message inside, and never repairs: a file is taken whole or refused.

mod walk;

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesDecl, Event};

/// How deep elements may nest. ISO 20022 messages stay below 20.
pub const DEPTH_MAX: usize = 64;

/// Why XML was refused. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// More bytes than the caller takes.
    #[error("the file has {size} bytes and may have {max}: ask the bank for a shorter period")]
    TooLarge {
        /// Bytes given.
        size: usize,
        /// Bytes allowed.
        max: usize,
    },
    /// Bytes that are not the text they claim to be.
    #[error("line {line}: the text is not valid {encoding}: export the file again")]
    Bytes {
        /// Where.
        line: usize,
        /// UTF-8 or UTF-16.
        encoding: &'static str,
    },
    /// An encoding that is not read here.
    #[error("the file says it is written in {0}: export it as UTF-8")]
    Encoding(String),
    /// A character that XML 1.0 has no place for, written out or as a reference.
    #[error("line {line}: the character U+{code:04X} is not allowed in XML")]
    Character {
        /// Where.
        line: usize,
        /// Its code point.
        code: u32,
    },
    /// A document type: bank files have none, attacks do.
    #[error("line {line}: the file declares a document type (DOCTYPE), which bank files never do")]
    Doctype {
        /// Where.
        line: usize,
    },
    /// Text or a second element after the root, or text before it.
    #[error("line {line}: there is content outside the root element")]
    OutsideRoot {
        /// Where.
        line: usize,
    },
    /// Nested deeper than [`DEPTH_MAX`].
    #[error("line {line}: elements are nested more than {DEPTH_MAX} deep")]
    TooDeep {
        /// Where.
        line: usize,
    },
    /// An entity that XML does not define by itself.
    #[error("line {line}: the entity '&{name};' is not known")]
    Entity {
        /// Where.
        line: usize,
        /// Between `&` and `;`.
        name: String,
    },
    /// No element at all.
    #[error("the file holds no XML element")]
    NoRoot,
    /// The root is not closed: the file was cut off.
    #[error("the file ends in the middle: download it again")]
    CutOff,
    /// Not XML.
    #[error("line {line}: {reason}")]
    Malformed {
        /// Where.
        line: usize,
        /// In the parser's words.
        reason: String,
    },
}

/// XML text that passed [`check`]; only this is given to readers of messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked<'a>(Cow<'a, str>);

impl Checked<'_> {
    /// The text, without byte order mark.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Checks a file of at most `bytes_max` bytes, turning UTF-16 with a byte order mark into UTF-8.
pub fn check(bytes: &[u8], bytes_max: usize) -> Result<Checked<'_>, XmlError> {
    if bytes.len() > bytes_max {
        return Err(XmlError::TooLarge {
            size: bytes.len(),
            max: bytes_max,
        });
    }
    let text = decode(bytes)?;
    characters(&text)?;
    let transcoded = matches!(text, Cow::Owned(_));
    match declared(&text) {
        Some(name) if !transcoded && !is_utf8(&name) && !text.is_ascii() => {
            Err(XmlError::Encoding(name))
        }
        _ => walk::walk(&text).map(|()| Checked(text)),
    }
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, XmlError> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes).map(Cow::Owned),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest).map(Cow::Borrowed),
        _ => utf8(bytes).map(Cow::Borrowed),
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, XmlError> {
    str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        match str::from_utf8(valid).ok().and_then(declared) {
            Some(name) if !is_utf8(&name) => XmlError::Encoding(name),
            _ => XmlError::Bytes {
                line: 1 + newlines(valid),
                encoding: "UTF-8",
            },
        }
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, XmlError> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for letter in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match letter {
            Ok(letter) => text.push(letter),
            Err(_) => return Err(not_utf16(&text)),
        }
    }
    if odd.is_empty() {
        Ok(text)
    } else {
        Err(not_utf16(&text))
    }
}

fn not_utf16(read: &str) -> XmlError {
    XmlError::Bytes {
        line: 1 + newlines(read.as_bytes()),
        encoding: "UTF-16",
    }
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// The encoding that the XML declaration names, if the text starts with one.
fn declared(text: &str) -> Option<String> {
    let Ok(Event::Decl(declaration)) = Reader::from_str(text).read_event() else {
        return None;
    };
    let name = BytesDecl::encoding(&declaration)?.ok()?;
    Some(name.chars().take(40).collect())
}

fn is_utf8(name: &str) -> bool {
    ["utf-8", "utf8", "us-ascii"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// Production 2 of XML 1.0, for the characters a Rust string can hold.
const fn is_xml(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

fn characters(text: &str) -> Result<(), XmlError> {
    match text.char_indices().find(|(_, letter)| !is_xml(*letter)) {
        None => Ok(()),
        Some((place, letter)) => Err(XmlError::Character {
            line: line(text, place),
            code: u32::from(letter),
        }),
    }
}

fn line(text: &str, place: usize) -> usize {
    1 + newlines(text.as_bytes().get(..place).unwrap_or_default())
}

#[cfg(test)]
mod tests;
