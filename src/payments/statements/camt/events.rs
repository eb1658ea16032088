//! Where the events of a file come from: its bytes as they are read, or those of one entry that are
//! at hand already, which need not be moved.

use std::io::{BufRead, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::payments::statements::error::{Fault, StatementError};
use crate::payments::statements::source::Source;

/// Starts, ends and texts, one after the other.
pub(super) trait Events {
    /// The next one.
    fn next(&mut self) -> Result<Event<'_>, StatementError>;

    /// The line at hand.
    fn line(&self) -> usize;
}

/// The events of a whole file.
pub(super) struct Whole<R: Read> {
    reader: Reader<Source<R>>,
    held: Vec<u8>,
}

fn configured<R>(mut reader: Reader<R>) -> Reader<R> {
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_comments = true;
    reader
}

impl<R: Read> Whole<R> {
    pub(super) fn new(source: Source<R>) -> Self {
        Self {
            reader: configured(Reader::from_reader(source)),
            held: Vec::new(),
        }
    }

    /// The bytes read so far that follow the element whose start came last; none if it is
    /// empty, or if that can no longer be seen.
    pub(super) fn ahead(&self) -> Option<&[u8]> {
        let source = self.reader.get_ref();
        match source.passed() {
            [.., b'/', b'>'] | [] | [_] => None,
            _ => Some(source.ahead()),
        }
    }

    /// How often bytes were fetched: others are at hand once this has grown.
    pub(super) fn fetched(&self) -> u64 {
        self.reader.get_ref().fetched()
    }

    /// Passes over so many of them.
    pub(super) fn pass(&mut self, count: usize) {
        self.reader.get_mut().consume(count);
    }
}

impl<R: Read> Events for Whole<R> {
    fn next(&mut self) -> Result<Event<'_>, StatementError> {
        self.held.clear();
        self.reader.get_mut().mark();
        self.reader.read_event_into(&mut self.held).map_err(|why| {
            let source = self.reader.get_mut();
            let fault = source.fault().unwrap_or_else(|| fault_of(&why));
            fault.at(source.line())
        })
    }

    fn line(&self) -> usize {
        self.reader.get_ref().line()
    }
}

/// The events inside one element, up to its end.
pub(super) struct Inside<'a> {
    reader: Reader<&'a [u8]>,
    /// Bytes before the last event.
    before: u64,
    /// Whether the last event was their end.
    over: bool,
}

impl<'a> Inside<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut reader = configured(Reader::from_reader(bytes));
        // The element's own end comes last, and its start is not among these bytes.
        reader.config_mut().allow_unmatched_ends = true;
        Self {
            reader,
            before: 0,
            over: false,
        }
    }

    /// How many bytes stand before the event that came last.
    pub(super) fn before(&self) -> usize {
        usize::try_from(self.before).unwrap_or_default()
    }

    /// Whether all was read.
    pub(super) const fn is_over(&self) -> bool {
        self.over
    }
}

impl Events for Inside<'_> {
    fn next(&mut self) -> Result<Event<'_>, StatementError> {
        self.before = self.reader.buffer_position();
        let event = self.reader.read_event();
        self.over = matches!(event, Ok(Event::Eof));
        event.map_err(|why| fault_of(&why).at(self.line()))
    }

    /// Not known: what is wrong in these bytes is found again when they are read as part of the
    /// file.
    fn line(&self) -> usize {
        0
    }
}

fn fault_of(why: &quick_xml::Error) -> Fault {
    match why {
        quick_xml::Error::Io(why) => Fault::Read(why.to_string()),
        quick_xml::Error::Encoding(_) => Fault::Bytes("UTF-8"),
        quick_xml::Error::Syntax(_) => Fault::CutOff,
        other => Fault::Xml(other.to_string()),
    }
}
