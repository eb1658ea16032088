//! A file's bytes as text: finds the encoding, then decodes in pieces of bounded size.
//!
//! Bytes that are no text in the encoding become U+FFFD, so that the record they stand in can be
//! refused alone. Never holds more than one piece and what is left of the one before.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, WINDOWS_1252};

/// How many bytes are read at a time.
pub(crate) const PIECE: usize = 64 * 1024;

/// Text decoded from a stream of bytes; the caller looks at the window and consumes from its front.
pub(crate) struct Text<R> {
    source: R,
    raw: Vec<u8>,
    decoder: Option<Decoder>,
    text: String,
    start: usize,
    ended: bool,
}

impl<R: Read> Text<R> {
    /// Reads the first piece and, where it can, finds the encoding.
    pub(crate) fn open(source: R) -> io::Result<Self> {
        let mut text = Self {
            source,
            raw: vec![0; PIECE],
            decoder: None,
            text: String::new(),
            start: 0,
            ended: false,
        };
        let count = text.read_piece()?;
        let mark = text.raw.get(..count).and_then(Encoding::for_bom);
        text.decoder = mark.map(|(encoding, _)| encoding.new_decoder_without_bom_handling());
        text.decode(mark.map_or(0, |(_, length)| length), count);
        Ok(text)
    }

    /// The decoded text that is not consumed yet.
    pub(crate) fn window(&self) -> &str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// Gives up `length` bytes at the front of the window.
    pub(crate) fn consume(&mut self, length: usize) {
        self.start += length;
    }

    /// Whether the window holds all that is left of the file.
    pub(crate) const fn ended(&self) -> bool {
        self.ended
    }

    /// Adds the next piece to the window.
    pub(crate) fn fill(&mut self) -> io::Result<()> {
        self.text.drain(..self.start);
        self.start = 0;
        let count = self.read_piece()?;
        self.decode(0, count);
        Ok(())
    }

    /// The encoding's WHATWG name; UTF-8 as long as only ASCII was seen.
    pub(crate) fn encoding(&self) -> &'static str {
        let decoder = self.decoder.as_ref();
        decoder.map_or(UTF_8, Decoder::encoding).name()
    }

    fn read_piece(&mut self) -> io::Result<usize> {
        let mut count = 0;
        while let Some(room) = self.raw.get_mut(count..)
            && !room.is_empty()
        {
            match self.source.read(room) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(more) => count += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(count)
    }

    fn decode(&mut self, from: usize, to: usize) {
        let bytes = self.raw.get(from..to).unwrap_or_default();
        if self.decoder.is_none() && !bytes.is_ascii() {
            self.decoder = Some(guess(bytes, self.ended).new_decoder_without_bom_handling());
        }
        let Some(decoder) = &mut self.decoder else {
            self.text.extend(std::str::from_utf8(bytes));
            return;
        };
        let room = decoder.max_utf8_buffer_length(bytes.len());
        self.text.reserve(room.unwrap_or(PIECE));
        // The room is the decoder's own upper bound, so it always takes the whole piece.
        let _ = decoder.decode_to_string(bytes, &mut self.text, self.ended);
    }

    /// Bytes held, for the test that bounds them.
    #[cfg(test)]
    pub(crate) fn capacity(&self) -> usize {
        self.raw.capacity() + self.text.capacity()
    }
}

/// UTF-8 or Windows-1252, for bytes without a mark; `last` says that no more bytes follow.
///
/// French text in Windows-1252 is hardly ever valid UTF-8, so the majority decides: a few bad bytes
/// in a UTF-8 file do not turn the whole file into something else. A character that the piece cuts
/// off at its end counts as good.
fn guess(bytes: &[u8], last: bool) -> &'static Encoding {
    let (mut good, mut bad) = (0_usize, 0_usize);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        match std::str::from_utf8(chunk.invalid()) {
            Ok(_) => {}
            Err(cut) if !last && chunks.peek().is_none() && cut.error_len().is_none() => good += 1,
            Err(_) => bad += 1,
        }
    }
    if good > bad { UTF_8 } else { WINDOWS_1252 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, &'static str) {
        let mut text = Text::open(bytes).unwrap();
        while !text.ended() {
            text.fill().unwrap();
        }
        (text.window().to_owned(), text.encoding())
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let marked = format!("\u{feff}{text}");
        marked.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn each_encoding_is_recognised() {
        let cases: [(Vec<u8>, &str); 7] = [
            (b"abc".to_vec(), "UTF-8"),
            ("Échéance".into(), "UTF-8"),
            ("\u{feff}Échéance".into(), "UTF-8"),
            (utf16("Échéance", u16::to_le_bytes), "UTF-16LE"),
            (utf16("Échéance", u16::to_be_bytes), "UTF-16BE"),
            (b"\xc9ch\xe9ance".to_vec(), "windows-1252"),
            (b"120 \x80".to_vec(), "windows-1252"),
        ];
        let texts = [
            "abc",
            "Échéance",
            "Échéance",
            "Échéance",
            "Échéance",
            "Échéance",
            "120 €",
        ];
        for ((bytes, encoding), text) in cases.iter().zip(texts) {
            assert_eq!(decoded(bytes), (text.to_owned(), *encoding), "{bytes:?}");
        }
    }

    #[test]
    fn a_few_bad_bytes_do_not_change_the_encoding() {
        let (text, encoding) = decoded(b"\xc3\xa9t\xc3\xa9 Fa\xe9ades \xc3\xa0");
        assert_eq!(encoding, "UTF-8");
        assert_eq!(text, "été Fa\u{fffd}ades à");
        let mut lone = utf16("ab", u16::to_le_bytes);
        lone.extend([0x3d, 0xd8, 0x63, 0x00]);
        assert_eq!(decoded(&lone).0, "ab\u{fffd}c");
    }

    #[test]
    fn the_first_accent_may_come_late_and_a_character_may_straddle_pieces() {
        let mut late = vec![b'a'; 2 * PIECE];
        late.extend(b"\xe9t\xe9");
        assert_eq!(decoded(&late).1, "windows-1252");
        let straddling = format!("{}é{}", "a".repeat(PIECE - 1), "é".repeat(10));
        assert_eq!(
            decoded(straddling.as_bytes()),
            (straddling.clone(), "UTF-8")
        );
    }
}
