//! Lines of a text file, one at a time.

use std::io::{BufRead, Read};

use super::error::{Fault, StatementError};
use super::source::Source;
use super::words::decoded;

/// Bytes of one line.
const LINE_MAX: usize = 64 * 1024;

/// Records on one line that a file without line ends may hold before they are cut.
pub(super) struct Lines<R> {
    source: Source<R>,
    /// The line given last.
    line: usize,
}

impl<R: Read> Lines<R> {
    pub(super) const fn new(source: Source<R>) -> Self {
        Self { source, line: 0 }
    }

    /// The number of the line that was given last.
    pub(super) const fn line(&self) -> usize {
        self.line
    }

    /// The next line as text, without its end; none when there are no more.
    pub(super) fn next(&mut self) -> Result<Option<String>, StatementError> {
        Ok(self.bytes(LINE_MAX)?.map(|bytes| decoded(&bytes)))
    }

    /// The next line, or as much of it as a record takes: what follows is given next.
    pub(super) fn bytes(&mut self, most: usize) -> Result<Option<Vec<u8>>, StatementError> {
        self.line = self.source.line();
        self.source.mark();
        let mut bytes = Vec::new();
        loop {
            let held = match self.source.fill_buf() {
                Ok(held) => held,
                Err(why) => {
                    let own = self.source.fault();
                    let fault = own.unwrap_or_else(|| Fault::Read(why.to_string()));
                    return Err(fault.at(self.line));
                }
            };
            if held.is_empty() {
                return Ok(Some(bytes).filter(|bytes| !bytes.is_empty()));
            }
            let room = most.saturating_sub(bytes.len());
            let end = held.iter().position(|byte| *byte == b'\n');
            let take = end.unwrap_or(held.len()).min(room);
            bytes.extend_from_slice(held.get(..take).unwrap_or_default());
            let ended = end == Some(take);
            self.source.consume(take + usize::from(ended));
            if ended {
                if bytes.last() == Some(&b'\r') {
                    bytes.pop();
                }
                return Ok(Some(bytes));
            }
            if bytes.len() >= most {
                return if most == LINE_MAX {
                    Err(Fault::TooLong(LINE_MAX).at(self.line))
                } else {
                    Ok(Some(bytes))
                };
            }
        }
    }
}
