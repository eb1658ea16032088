//! Records one after the other, each with the physical line it starts on.
//!
//! A record is never longer than [`RECORD_MAX`]: a longer one is reported and skipped to its line
//! end, so that no file makes this hold more than a few pieces of text.

use std::io::{self, Read};

use super::decode::Text;
use super::scan::{Layout, Scan, Span, scan, scan_line, span};

/// Longest record, in bytes of UTF-8.
pub(crate) const RECORD_MAX: usize = 64 * 1024;

/// What [`Records::advance`] found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    /// A record, now in [`Records::current`].
    Record,
    /// A line longer than the limit; [`Records::current`] holds its beginning as one field.
    TooLong,
    /// The file's end.
    End,
}

/// A stream of records.
pub(crate) struct Records<R> {
    text: Text<R>,
    layout: Layout,
    line: u64,
    taken: usize,
    skipping: bool,
    spans: Vec<Span>,
    plain: String,
    plain_spans: Vec<Span>,
}

impl<R: Read> Records<R> {
    /// Starts at the front of the text.
    pub(crate) fn new(text: Text<R>, layout: Layout) -> Self {
        Self {
            text,
            layout,
            line: 1,
            taken: 0,
            skipping: false,
            spans: Vec::new(),
            plain: String::new(),
            plain_spans: Vec::new(),
        }
    }

    /// Goes to the next record.
    pub(crate) fn advance(&mut self) -> io::Result<Step> {
        self.leave_current()?;
        loop {
            let (window, last) = (self.text.window(), self.text.ended());
            if window.is_empty() && last {
                return Ok(Step::End);
            }
            let mut found = scan(window, self.layout, last, &mut self.spans);
            if found == Scan::More && window.len() <= RECORD_MAX {
                self.text.fill()?;
                continue;
            }
            if matches!(found, Scan::Record(length) if length <= RECORD_MAX) {
                return Ok(self.take(found));
            }
            // A quote that is never closed: the line is read alone.
            found = scan_line(window, self.layout, last, &mut self.spans);
            return Ok(self.take(found));
        }
    }

    /// The record that [`Records::advance`] reached.
    pub(crate) fn current(&self) -> Record<'_> {
        let rewritten = !self.plain_spans.is_empty();
        Record {
            line: self.line,
            text: if rewritten {
                &self.plain
            } else {
                self.text.window()
            },
            spans: if rewritten {
                &self.plain_spans
            } else {
                &self.spans
            },
        }
    }

    /// The encoding found.
    pub(crate) fn encoding(&self) -> &'static str {
        self.text.encoding()
    }

    /// The byte between fields.
    pub(crate) const fn separator(&self) -> u8 {
        self.layout.separator
    }

    fn take(&mut self, found: Scan) -> Step {
        match found {
            Scan::Record(length) if length <= RECORD_MAX => {
                self.taken = length;
                self.undouble();
                Step::Record
            }
            _ => {
                self.skipping = true;
                self.spans.clear();
                self.spans.push(span(0, self.text.window().len()));
                Step::TooLong
            }
        }
    }

    fn leave_current(&mut self) -> io::Result<()> {
        self.plain_spans.clear();
        if self.skipping {
            return self.skip_line();
        }
        let text = self.text.window().as_bytes();
        let lines = text.iter().take(self.taken);
        let ended = lines.filter(|b| **b == self.layout.line_end).count();
        self.line += u64::try_from(ended).unwrap_or_default();
        self.text.consume(self.taken);
        self.taken = 0;
        Ok(())
    }

    fn skip_line(&mut self) -> io::Result<()> {
        self.skipping = false;
        self.line += 1;
        loop {
            let window = self.text.window();
            let end = window.bytes().position(|b| b == self.layout.line_end);
            self.text.consume(end.map_or(window.len(), |at| at + 1));
            if end.is_some() || self.text.ended() {
                return Ok(());
            }
            self.text.fill()?;
        }
    }

    /// Rewrites a record that holds doubled quotes with single ones.
    fn undouble(&mut self) {
        if !self.spans.iter().any(|span| span.doubled) {
            return;
        }
        self.plain.clear();
        for field in &self.spans {
            let start = self.plain.len();
            let text = self.text.window().get(field.start..field.end);
            let text = text.unwrap_or_default();
            if field.doubled {
                self.plain.push_str(&text.replace("\"\"", "\""));
            } else {
                self.plain.push_str(text);
            }
            self.plain_spans.push(span(start, self.plain.len()));
        }
    }

    /// Bytes held, for the test that bounds them.
    #[cfg(test)]
    pub(crate) fn capacity(&self) -> usize {
        self.text.capacity() + self.plain.capacity() + self.spans.capacity() * size_of::<Span>()
    }
}

/// One record: its first physical line and its fields.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    /// Physical line, from 1.
    pub line: u64,
    text: &'a str,
    spans: &'a [Span],
}

impl<'a> Record<'a> {
    /// A record of a text already cut, to look ahead in a sample.
    pub(crate) const fn new(line: u64, text: &'a str, spans: &'a [Span]) -> Self {
        Self { line, text, spans }
    }

    /// How many fields it has.
    pub(crate) const fn width(&self) -> usize {
        self.spans.len()
    }

    /// The field at this place, without the spaces around it; empty when there is none.
    pub(crate) fn cell(&self, index: usize) -> &'a str {
        self.spans.get(index).map_or("", |span| {
            self.text.get(span.start..span.end).map_or("", str::trim)
        })
    }

    /// Every field, without the spaces around it.
    pub(crate) fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.width()).map(move |index| self.cell(index))
    }

    /// The whole record as it stands in the file, quotes included.
    pub(crate) fn whole(&self) -> &'a str {
        let end = self.spans.last().map_or(0, |span| span.end);
        self.text.get(..end).unwrap_or_default()
    }
}
