//! What a file is, by its content: names and endings say nothing.

/// The format a file was read as.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Format {
    /// Its name: `camt.053.001.08`, `CFONB120`, `MT940`, `CSV: Date;Amount`.
    pub name: String,
    /// Whether files like it are read without a person's confirmation.
    pub known: bool,
}

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// Nothing in it.
    Empty,
    /// Begins with a tag.
    Xml,
    /// The same in UTF-16, most significant byte first or last. Tables know theirs themselves.
    Utf16 { big: bool },
    /// Records of 120.
    Cfonb120,
    /// Records of 240.
    Cfonb240,
    /// Tags between colons.
    Mt940,
    /// Perhaps a table: its titles decide.
    Table,
}

/// Bytes from the beginning that are looked at.
pub(super) const LOOKED_AT: usize = 4096;

/// Tells the shape from a file's beginning.
pub(super) fn shape(beginning: &[u8]) -> Shape {
    match beginning {
        [0xff, 0xfe, b'<', 0, ..] => return Shape::Utf16 { big: false },
        [0xfe, 0xff, 0, b'<', ..] => return Shape::Utf16 { big: true },
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Shape::Table,
        _ => {}
    }
    let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let text = text.trim_ascii_start();
    if text.is_empty() {
        Shape::Empty
    } else if text.starts_with(b"<") {
        Shape::Xml
    } else if let Some(shape) = records(text) {
        shape
    } else if is_mt940(text) {
        Shape::Mt940
    } else {
        Shape::Table
    }
}

/// A first record of a French bank: type, bank code of five digits, and the length.
fn records(text: &[u8]) -> Option<Shape> {
    let line = text.split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    let digits = |from: usize, to: usize| {
        let part = line.get(from..to);
        part.is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    // Letters beyond ASCII take two bytes in UTF-8.
    let letters = str::from_utf8(line).map_or(line.len(), |text| text.chars().count());
    match line.get(..2)? {
        b"31" | b"34" | b"39" if letters == 240 && digits(0, 8) => Some(Shape::Cfonb240),
        b"01" | b"04" | b"07" if digits(0, 7) && letters >= 104 => {
            let whole = letters <= 120 || !text.contains(&b'\n');
            whole.then_some(Shape::Cfonb120)
        }
        _ => None,
    }
}

/// A tag of a statement at the beginning of one of the lines.
fn is_mt940(text: &[u8]) -> bool {
    text.split(|byte| matches!(byte, b'\r' | b'\n'))
        .any(|line| {
            let line = line.trim_ascii_start();
            let tags: [&[u8]; 6] = [b":20:", b":25:", b":28C:", b":60F:", b":60M:", b":61:"];
            let tagged = tags.iter().any(|tag| line.starts_with(tag));
            tagged || line.starts_with(b":86:") || line.starts_with(b"{1:F01")
        })
}
