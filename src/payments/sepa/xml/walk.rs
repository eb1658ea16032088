//! One pass over the markup: nesting, roots, document types, entities, attributes.

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{DEPTH_MAX, XmlError, is_xml, line};

/// Goes through the whole text and refuses it at the first fault.
pub(super) fn walk(text: &str) -> Result<(), XmlError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().enable_all_checks(true);
    let mut place = Place::default();
    loop {
        let event = match reader.read_event() {
            Ok(Event::Eof) => return place.end(),
            Ok(event) => event,
            Err(error) => {
                let fault = Fault::Malformed(error.to_string());
                return Err(fault.at(line(text, offset(reader.error_position()))));
            }
        };
        if let Err(fault) = place.step(&event) {
            return Err(fault.at(line(text, offset(reader.buffer_position()))));
        }
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// What is wrong, before its line is known: lines are counted for a refused file only.
enum Fault {
    Character(u32),
    Doctype,
    OutsideRoot,
    TooDeep,
    Entity(String),
    Malformed(String),
}

impl Fault {
    fn at(self, line: usize) -> XmlError {
        match self {
            Self::Character(code) => XmlError::Character { line, code },
            Self::Doctype => XmlError::Doctype { line },
            Self::OutsideRoot => XmlError::OutsideRoot { line },
            Self::TooDeep => XmlError::TooDeep { line },
            Self::Entity(name) => XmlError::Entity { line, name },
            Self::Malformed(reason) => XmlError::Malformed { line, reason },
        }
    }
}

/// Where the pass is.
#[derive(Default)]
struct Place {
    depth: usize,
    root_seen: bool,
}

impl Place {
    fn step(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(element) => {
                self.element(element)?;
                self.depth += 1;
                Ok(())
            }
            Event::Empty(element) => self.element(element),
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(())
            }
            Event::Text(text) if text.trim_ascii().is_empty() => Ok(()),
            Event::Text(_) | Event::CData(_) => self.inside(),
            Event::GeneralRef(reference) => {
                self.inside()?;
                entity(reference)
            }
            Event::DocType(_) => Err(Fault::Doctype),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    fn inside(&self) -> Result<(), Fault> {
        if self.depth == 0 {
            Err(Fault::OutsideRoot)
        } else {
            Ok(())
        }
    }

    fn element(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        if self.depth == 0 && self.root_seen {
            return Err(Fault::OutsideRoot);
        }
        if self.depth >= DEPTH_MAX {
            return Err(Fault::TooDeep);
        }
        self.root_seen = true;
        attributes(element)
    }

    fn end(&self) -> Result<(), XmlError> {
        match (self.root_seen, self.depth) {
            (false, _) => Err(XmlError::NoRoot),
            (true, 0) => Ok(()),
            (true, _) => Err(XmlError::CutOff),
        }
    }
}

/// Attributes must be well formed, named once, and free of references to what XML does not define.
fn attributes(element: &BytesStart<'_>) -> Result<(), Fault> {
    let malformed = |error: &dyn ToString| Fault::Malformed(error.to_string());
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| malformed(&error))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| malformed(&error))?;
        if let Some(letter) = value.chars().find(|letter| !is_xml(*letter)) {
            return Err(Fault::Character(u32::from(letter)));
        }
    }
    Ok(())
}

fn entity(reference: &BytesRef<'_>) -> Result<(), Fault> {
    let unknown = || Fault::Entity(reference.chars().take(40).collect());
    match reference.resolve_char_ref() {
        Ok(Some(letter)) if is_xml(letter) => Ok(()),
        Ok(Some(letter)) => Err(Fault::Character(u32::from(letter))),
        Ok(None) if resolve_xml_entity(reference).is_some() => Ok(()),
        Ok(None) | Err(_) => Err(unknown()),
    }
}
