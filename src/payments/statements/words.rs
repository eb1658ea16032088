//! Texts that banks cut into pieces, put together again.

/// Joins pieces. One of a length at which banks cut goes on in the next; a shorter one ends a line.
pub(super) fn pieces<'a>(all: impl Iterator<Item = &'a str>, cut_at: &[usize]) -> String {
    let mut text = String::new();
    let mut continues = true;
    for piece in all {
        if !continues {
            text.push(' ');
        }
        text.push_str(piece);
        continues = cut_at.contains(&piece.chars().count());
    }
    text
}

/// Text of a line that is UTF-8, or else of one byte a letter (ISO 8859-1 with the letters that
/// Windows puts in the place of control codes left out); control characters become spaces.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    match str::from_utf8(bytes) {
        Ok(text) => text.chars().map(plain).collect(),
        Err(_) => bytes.iter().map(|byte| plain(char::from(*byte))).collect(),
    }
}

/// Squeezes runs of spaces.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// An identifier, unless it is empty or the bank's word for "none".
pub(super) fn reference(text: &str) -> Option<String> {
    let text = text.trim();
    let none = ["NOTPROVIDED", "NONREF", "NOTAVAIL", "NOT PROVIDED", "NULL"];
    let told = !text.is_empty() && !none.iter().any(|word| text.eq_ignore_ascii_case(word));
    told.then(|| text.to_owned())
}
