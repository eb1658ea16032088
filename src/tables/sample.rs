//! A file's beginning, gone through before the file itself is.

use super::records::Record;
use super::scan::{Layout, Scan, Span, scan};

/// Decides line ends and quoting. Between commas, quoting is taken for granted; elsewhere some
/// field must stand in quotes, for plain exports hold stray quotes in names.
pub(crate) fn layout(sample: &str, last: bool, separator: u8) -> Layout {
    let returns_only = !sample.contains('\n') && sample.contains('\r');
    let layout = Layout {
        separator,
        quoted: true,
        line_end: if returns_only { b'\r' } else { b'\n' },
    };
    let mut records = Sample::new(sample, last, layout);
    let mut quoted = separator == b',';
    while !quoted && records.advance().is_some() {
        quoted = records.spans.iter().any(|span| span.in_quotes);
    }
    Layout { quoted, ..layout }
}

/// The records of a sample, walked without consuming it.
#[derive(Clone)]
pub(crate) struct Sample<'a> {
    rest: &'a str,
    last: bool,
    pub(crate) layout: Layout,
    spans: Vec<Span>,
}

impl<'a> Sample<'a> {
    /// From its front; `last` says that nothing follows it.
    pub(crate) const fn new(rest: &'a str, last: bool, layout: Layout) -> Self {
        Self {
            rest,
            last,
            layout,
            spans: Vec::new(),
        }
    }

    /// The next record, if all of it is there.
    pub(crate) fn advance(&mut self) -> Option<Record<'_>> {
        let text = self.rest;
        if text.is_empty() {
            return None;
        }
        let Scan::Record(length) = scan(text, self.layout, self.last, &mut self.spans) else {
            return None;
        };
        self.rest = text.get(length..).unwrap_or_default();
        Some(Record::new(0, text, &self.spans))
    }
}
