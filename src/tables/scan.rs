//! One record at the front of a text, cut into fields.
//!
//! With quoting on, a quote opens a field only at its start and closes it only before a separator
//! or a line end (RFC 4180). A line that breaks this rule is read again with its quotes as plain
//! characters, so that a stray quote costs nothing and never swallows the lines after it.

/// How a file separates and quotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Layout {
    /// The byte between fields.
    pub separator: u8,
    /// Whether fields may stand in double quotes.
    pub quoted: bool,
    /// The byte that ends a line: line feed, or carriage return where the file has no line feed.
    pub line_end: u8,
}

/// Where a field's text stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Whether it stood in quotes.
    pub in_quotes: bool,
    /// Whether it holds doubled quotes that stand for one.
    pub doubled: bool,
}

/// What stands at the front of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Scan {
    /// A record of this many bytes, line end included.
    Record(usize),
    /// The text stops before the record does.
    More,
}

/// Cuts the record at the front of `text`; `last` says that no more text follows.
pub(crate) fn scan(text: &str, layout: Layout, last: bool, spans: &mut Vec<Span>) -> Scan {
    let well_formed = if layout.quoted {
        quoted(text, layout, last, spans)
    } else {
        Some(plain(text, layout, last, spans))
    };
    well_formed.unwrap_or_else(|| scan_line(text, layout, last, spans))
}

/// Cuts one physical line whose quotes are not well formed: only those around a whole field are
/// taken off.
pub(crate) fn scan_line(text: &str, layout: Layout, last: bool, spans: &mut Vec<Span>) -> Scan {
    let found = plain(text, layout, last, spans);
    for span in spans.iter_mut().filter(|_| layout.quoted) {
        let field = text.get(span.start..span.end).unwrap_or_default();
        let inner = field
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        if let Some(inner) = inner {
            span.start += 1;
            span.end -= 1;
            span.doubled = inner.contains("\"\"");
        }
    }
    found
}

/// Cuts one physical line; quotes are characters like others.
fn plain(text: &str, layout: Layout, last: bool, spans: &mut Vec<Span>) -> Scan {
    spans.clear();
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte == layout.separator {
            spans.push(span(start, at));
            start = at + 1;
        } else if byte == layout.line_end {
            spans.push(span(start, without_return(text, start, at)));
            return Scan::Record(at + 1);
        }
    }
    if !last {
        return Scan::More;
    }
    spans.push(span(start, without_return(text, start, text.len())));
    Scan::Record(text.len())
}

#[derive(Clone, Copy)]
enum State {
    Start,
    Plain,
    Quoted,
    Closed(usize),
    Return(usize),
}

/// Cuts one record with quoting; `None` when its quotes are not well formed.
fn quoted(text: &str, layout: Layout, last: bool, spans: &mut Vec<Span>) -> Option<Scan> {
    spans.clear();
    let mut field = span(0, 0);
    let mut state = State::Start;
    for (at, byte) in text.bytes().enumerate() {
        let ends = byte == layout.separator || byte == layout.line_end;
        state = match state {
            State::Start if byte == b'"' => {
                field.start = at + 1;
                field.in_quotes = true;
                State::Quoted
            }
            State::Quoted if byte == b'"' => State::Closed(at),
            State::Closed(_) if byte == b'"' => {
                field.doubled = true;
                State::Quoted
            }
            State::Quoted => State::Quoted,
            State::Closed(close) if byte == b'\r' && !ends => State::Return(close),
            State::Start | State::Plain if !ends => State::Plain,
            _ if !ends => return None,
            ending => {
                field.end = close(ending, text, field.start, at);
                spans.push(field);
                if byte == layout.line_end {
                    return Some(Scan::Record(at + 1));
                }
                field = span(at + 1, 0);
                State::Start
            }
        };
    }
    match state {
        _ if !last => Some(Scan::More),
        State::Quoted => None,
        ending => {
            field.end = close(ending, text, field.start, text.len());
            spans.push(field);
            Some(Scan::Record(text.len()))
        }
    }
}

fn close(state: State, text: &str, start: usize, at: usize) -> usize {
    match state {
        State::Closed(quote) | State::Return(quote) => quote,
        _ => without_return(text, start, at),
    }
}

fn without_return(text: &str, start: usize, end: usize) -> usize {
    let field = text.as_bytes().get(start..end).unwrap_or_default();
    end - usize::from(field.last() == Some(&b'\r'))
}

/// A field outside quotes.
pub(crate) const fn span(start: usize, end: usize) -> Span {
    Span {
        start,
        end,
        in_quotes: false,
        doubled: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, quoted: bool) -> Vec<String> {
        let layout = Layout {
            separator: b';',
            quoted,
            line_end: b'\n',
        };
        let mut spans = Vec::new();
        assert!(matches!(
            scan(text, layout, true, &mut spans),
            Scan::Record(_)
        ));
        spans
            .iter()
            .map(|s| text.get(s.start..s.end).unwrap().to_owned())
            .collect()
    }

    #[test]
    fn fields() {
        let cases: [(&str, bool, &[&str]); 12] = [
            ("a;b;\r\nnext", true, &["a", "b", ""]),
            ("\"a;1\";\"b\"\r\n", true, &["a;1", "b"]),
            ("\"a\nb\";c\n", true, &["a\nb", "c"]),
            ("\"say \"\"hi\"\"\";c", true, &["say \"\"hi\"\"", "c"]),
            ("\"\";\"\"", true, &["", ""]),
            ("Au \"Pain\";c\n", true, &["Au \"Pain\"", "c"]),
            ("\"Pain\" doré;c\nd;e\n", true, &["\"Pain\" doré", "c"]),
            ("\"El\"an\";\"10\"\n", true, &["El\"an", "10"]),
            ("\"open;c\nd;e\n", true, &["\"open", "c"]),
            ("\"a;b\";c\n", false, &["\"a", "b\"", "c"]),
            ("", true, &[""]),
            ("\n", false, &[""]),
        ];
        for (text, quoted, fields) in cases {
            assert_eq!(cut(text, quoted), fields, "{text:?}");
        }
    }

    #[test]
    fn asks_for_more_when_the_text_stops() {
        let layout = Layout {
            separator: b';',
            quoted: true,
            line_end: b'\n',
        };
        for text in ["a;b", "\"a\n", "\"a\"", ""] {
            assert_eq!(scan(text, layout, false, &mut Vec::new()), Scan::More);
        }
    }
}
