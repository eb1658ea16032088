//! Walking through the elements of a file, one level at a time.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::error::CamtError;
use super::fields::Fields;

/// The place in the file.
pub(super) struct Pull<'a> {
    reader: Reader<&'a [u8]>,
}

impl From<quick_xml::Error> for CamtError {
    fn from(error: quick_xml::Error) -> Self {
        Self::Xml(error.to_string())
    }
}

impl<'a> Pull<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader }
    }

    /// The next child element of the one the place is in; none when that one ends.
    pub(super) fn child(&mut self) -> Result<Option<BytesStart<'a>>, CamtError> {
        loop {
            match self.reader.read_event()? {
                Event::Start(element) => return Ok(Some(element)),
                Event::End(_) | Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// Passes over an element whose start was just read.
    pub(super) fn skip(&mut self, element: &BytesStart<'_>) -> Result<(), CamtError> {
        self.reader.read_to_end(element.name())?;
        Ok(())
    }

    /// Reads all leaves below an element whose start was just read, under `prefix`.
    pub(super) fn leaves(
        &mut self,
        element: &BytesStart<'_>,
        prefix: &str,
        fields: &mut Fields,
    ) -> Result<(), CamtError> {
        let mut path = prefix.to_owned();
        let mut text = String::new();
        let mut currency = currency(element);
        let mut depth = 0_usize;
        let mut is_leaf = true;
        loop {
            match self.reader.read_event()? {
                Event::Start(inner) => {
                    depth += 1;
                    path.push('/');
                    path.push_str(inner.local_name().as_ref());
                    text.clear();
                    currency = self::currency(&inner);
                    is_leaf = true;
                }
                Event::End(_) | Event::Eof => {
                    if is_leaf {
                        fields.push(&path, text.trim(), currency.take());
                    }
                    is_leaf = false;
                    path.truncate(path.rfind('/').unwrap_or(0));
                    if depth == 0 {
                        return Ok(());
                    }
                    depth -= 1;
                }
                event => append(&event, &mut text)?,
            }
        }
    }
}

/// Adds the text of an event. References are events of their own: `AT&amp;T` is three.
fn append(event: &Event<'_>, text: &mut String) -> Result<(), CamtError> {
    match event {
        Event::Text(piece) => text.push_str(&piece.xml10_content()),
        Event::CData(piece) => text.push_str(&piece.xml10_content()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref()? {
            Some(letter) => text.push(letter),
            None => text.push_str(resolve_xml_entity(reference).unwrap_or_default()),
        },
        _ => {}
    }
    Ok(())
}

fn currency(element: &BytesStart<'_>) -> Option<String> {
    let attribute = element.try_get_attribute("Ccy").ok()??;
    Some(attribute.value.trim().to_owned())
}
