//! The bytes of a file as they come: bounded, their lines counted, UTF-16 turned into UTF-8.

use std::io::{BufRead, Error, Read, Result};

use super::error::Fault;

/// Bytes held at a time: some hundred entries of a statement.
const HELD: usize = 256 * 1024;

/// Bytes of one value, tag or line: statements stay far below.
pub(super) const VALUE_MAX: usize = 256 * 1024;

/// A bounded reader. What it refuses for is kept in `fault`, for the parser above sees only that
/// reading failed.
pub(super) struct Source<R> {
    from: R,
    held: Box<[u8]>,
    at: usize,
    filled: usize,
    /// Lines begun so far.
    line: usize,
    left: u64,
    max: u64,
    /// How often bytes were fetched.
    fetched: u64,
    /// Bytes given since the last mark.
    since: usize,
    /// Whether control characters are refused.
    strict: bool,
    fault: Option<Fault>,
}

impl<R: Read> Source<R> {
    /// Of at most `max` bytes; `strict` refuses control characters, which XML has no place for.
    pub(super) fn new(from: R, max: u64, strict: bool) -> Self {
        Self {
            from,
            held: vec![0; HELD].into_boxed_slice(),
            at: 0,
            filled: 0,
            line: 1,
            left: max,
            max,
            fetched: 0,
            since: 0,
            strict,
            fault: None,
        }
    }

    /// The line that is being read, from 1.
    pub(super) const fn line(&self) -> usize {
        self.line
    }

    /// The bytes at hand.
    pub(super) fn ahead(&self) -> &[u8] {
        self.held.get(self.at..self.filled).unwrap_or_default()
    }

    /// How often bytes were fetched.
    pub(super) const fn fetched(&self) -> u64 {
        self.fetched
    }

    /// Those before them that are still held.
    pub(super) fn passed(&self) -> &[u8] {
        self.held.get(..self.at).unwrap_or_default()
    }

    /// A value or line is over: the next may be as long again.
    pub(super) const fn mark(&mut self) {
        self.since = 0;
    }

    /// Why reading stopped, if it did for a reason of its own.
    pub(super) fn fault(&mut self) -> Option<Fault> {
        self.fault.take()
    }

    fn refuse(&mut self, fault: Fault) -> Error {
        self.fault = Some(fault.clone());
        Error::other(fault)
    }

    fn fill(&mut self) -> Result<()> {
        let read = loop {
            match self.from.read(&mut self.held) {
                Err(why) if why.kind() == std::io::ErrorKind::Interrupted => {}
                Err(why) => return Err(self.refuse(Fault::Read(why.to_string()))),
                Ok(read) => break read,
            }
        };
        (self.at, self.filled) = (0, read);
        self.fetched += 1;
        let more = u64::try_from(read).unwrap_or(u64::MAX);
        match self.left.checked_sub(more) {
            Some(left) => self.left = left,
            None => return Err(self.refuse(Fault::TooLarge(self.max))),
        }
        let bytes = self.held.get(..read).unwrap_or_default();
        if let Some(bad) = control(bytes).filter(|_| self.strict) {
            return Err(self.refuse(Fault::Character(u32::from(bad))));
        }
        Ok(())
    }
}

/// The first control character. Looked for in runs without a way out, of which the compiler makes
/// comparisons of many bytes at once.
fn control(bytes: &[u8]) -> Option<u8> {
    let bad = |byte: &u8| *byte < b' ' && !matches!(*byte, b'\t' | b'\n' | b'\r');
    let run = bytes
        .chunks(256)
        .find(|run| run.iter().fold(false, |found, byte| found | bad(byte)))?;
    run.iter().copied().find(|byte| bad(byte))
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let read = {
            let mut held = self.fill_buf()?;
            held.read(out)?
        };
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Source<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.since > VALUE_MAX {
            return Err(self.refuse(Fault::TooLong(VALUE_MAX)));
        }
        if self.at >= self.filled {
            self.fill()?;
        }
        Ok(self.ahead())
    }

    fn consume(&mut self, count: usize) {
        let to = (self.at + count).min(self.filled);
        let taken = self.held.get(self.at..to).unwrap_or_default();
        self.line += taken.iter().filter(|byte| **byte == b'\n').count();
        self.since += taken.len();
        self.at = to;
    }
}

/// UTF-16 as UTF-8. What is no UTF-16 becomes U+FFFD, which no name, number or amount holds.
pub(super) struct Utf16<R> {
    from: R,
    big: bool,
    /// A byte, or a first half of a pair, that waits for the next.
    odd: Option<u8>,
    high: Option<u16>,
    ready: Vec<u8>,
    at: usize,
}

impl<R: Read> Utf16<R> {
    pub(super) const fn new(from: R, big: bool) -> Self {
        Self {
            from,
            big,
            odd: None,
            high: None,
            ready: Vec::new(),
            at: 0,
        }
    }

    fn convert(&mut self, bytes: &[u8]) {
        let all = self.odd.take().into_iter().chain(bytes.iter().copied());
        let mut units = Vec::with_capacity(bytes.len() / 2 + 2);
        units.extend(self.high.take());
        let mut first = None;
        for byte in all {
            match first.take() {
                None => first = Some(byte),
                Some(first) if self.big => units.push(u16::from_be_bytes([first, byte])),
                Some(first) => units.push(u16::from_le_bytes([first, byte])),
            }
        }
        self.odd = first;
        if let Some(last) = units
            .last()
            .copied()
            .filter(|unit| (0xd800..0xdc00).contains(unit))
        {
            units.pop();
            self.high = Some(last);
        }
        let text: String = char::decode_utf16(units)
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        (self.ready, self.at) = (text.into_bytes(), 0);
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        while self.at >= self.ready.len() {
            let mut bytes = [0_u8; 8192];
            let read = self.from.read(&mut bytes)?;
            if read == 0 {
                return Ok(0);
            }
            self.convert(bytes.get(..read).unwrap_or_default());
        }
        let mut rest = self.ready.get(self.at..).unwrap_or_default();
        let read = rest.read(out)?;
        self.at += read;
        Ok(read)
    }
}
