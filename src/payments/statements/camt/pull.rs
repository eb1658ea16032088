//! Walking through the elements of a file, one level at a time, each byte read once.

use std::io::Read;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::events::{Events, Inside, Whole};
use super::fields::{Fields, Path, extend};
use super::run::{self, Found, Place};
use crate::payments::statements::error::{Fault, StatementError};
use crate::payments::statements::source::Source;

/// How deep elements may nest. ISO 20022 messages stay below 20.
const DEPTH_MAX: usize = 64;

/// The place in the file.
pub(super) struct Pull<E: Events> {
    events: E,
    depth: usize,
    root_over: bool,
    /// The element whose start was read last, without prefix.
    name: String,
    /// What its attribute of the wanted name says.
    attribute: String,
}

/// What came next.
enum Step {
    Start,
    End,
    Over,
}

impl<R: Read> Pull<Whole<R>> {
    pub(super) fn new(source: Source<R>) -> Self {
        Self::from(Whole::new(source), 0)
    }

    /// Reads the element whose start was just read from the bytes at hand, if all of it is there;
    /// if not, or if anything is wrong with it, nothing is passed over.
    pub(super) fn at_hand(
        &mut self,
        read: impl FnOnce(&mut Pull<Inside<'_>>) -> Result<(), StatementError>,
    ) -> bool {
        let Some(ahead) = self.events.ahead() else {
            return false;
        };
        let mut inside = Pull::from(Inside::new(ahead), self.depth);
        let whole = read(&mut inside).is_ok();
        let before = inside.events.before();
        if whole {
            // Its end stays: whether it is the right one is seen when it is read next.
            self.events.pass(before);
        }
        whole
    }
}

/// Which bytes were looked at last for whole entries, and with how many threads.
pub(super) struct Ahead {
    looked_at: u64,
    threads: usize,
}

impl Ahead {
    pub(super) const fn by(threads: usize) -> Self {
        Self {
            looked_at: 0,
            threads,
        }
    }
}

impl<R: Read> Pull<Whole<R>> {
    /// The entries of the open statement that are at hand as a whole, after one of them; looked for
    /// once in the same bytes.
    pub(super) fn run(
        &mut self,
        (statement, element): (&str, &str),
        ahead: &mut Ahead,
    ) -> Vec<Found> {
        let fetched = self.events.fetched();
        if ahead.looked_at == fetched {
            return Vec::new();
        }
        ahead.looked_at = fetched;
        let bytes = self.events.ahead().unwrap_or_default();
        let place = Place {
            statement,
            element,
            depth: self.depth,
        };
        let found = run::read(bytes, place, ahead.threads);
        let (found, end) = found.unwrap_or_default();
        self.events.pass(end);
        found
    }
}

impl Pull<Inside<'_>> {
    /// Whether the bytes are over, at this depth.
    pub(super) const fn is_read_to(&self, depth: usize) -> bool {
        self.events.is_over() && self.depth == depth
    }
}

impl<E: Events> Pull<E> {
    pub(super) fn from(events: E, depth: usize) -> Self {
        Self {
            events,
            depth,
            root_over: false,
            name: String::new(),
            attribute: String::new(),
        }
    }

    /// The line at hand.
    pub(super) fn line(&self) -> usize {
        self.events.line()
    }

    /// The name of the element whose start was just read.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    fn refuse(&mut self, fault: Fault) -> StatementError {
        fault.at(self.line())
    }

    /// Goes on to the next start or end; text in between goes to `fields`, if it is wanted.
    fn step(&mut self, mut fields: Option<&mut Fields>) -> Result<Step, StatementError> {
        loop {
            let done = match self.events.next()? {
                Event::Start(element) => {
                    self.name.clear();
                    self.name.push_str(local(element.name().as_ref()));
                    self.attribute.clear();
                    wanted(&element, &self.name, &mut self.attribute).map(|()| Some(Step::Start))
                }
                Event::End(_) => Ok(Some(Step::End)),
                Event::Eof => Ok(Some(Step::Over)),
                other => text(&other, fields.as_deref_mut(), self.depth).map(|()| None),
            };
            if let Some(step) = done.map_err(|fault| fault.at(self.events.line()))? {
                return self.enter(step);
            }
        }
    }

    /// Keeps count of the depth.
    fn enter(&mut self, step: Step) -> Result<Step, StatementError> {
        match step {
            Step::Start if self.root_over => Err(self.refuse(Fault::OutsideRoot)),
            Step::Start if self.depth >= DEPTH_MAX => Err(self.refuse(Fault::TooDeep(DEPTH_MAX))),
            Step::Start => {
                self.depth += 1;
                Ok(step)
            }
            Step::End => {
                self.depth = self.depth.saturating_sub(1);
                self.root_over = self.depth == 0;
                Ok(step)
            }
            Step::Over if self.depth > 0 => Err(self.refuse(Fault::CutOff)),
            Step::Over => Ok(step),
        }
    }

    /// Whether the element the place is in has another child, whose start is then read.
    pub(super) fn child(&mut self) -> Result<bool, StatementError> {
        Ok(matches!(self.step(None)?, Step::Start))
    }

    /// Reads to the end of the file, in which nothing may stand any more.
    pub(super) fn finish(&mut self) -> Result<(), StatementError> {
        while !matches!(self.step(None)?, Step::Over) {}
        Ok(())
    }

    /// Passes over the element whose start was just read.
    pub(super) fn skip(&mut self) -> Result<(), StatementError> {
        let outer = self.depth.saturating_sub(1);
        while self.depth > outer {
            self.step(None)?;
        }
        Ok(())
    }

    /// Reads all leaves below the element whose start was just read, under `prefix`.
    pub(super) fn leaves(&mut self, prefix: Path, to: &mut Fields) -> Result<(), StatementError> {
        let mut above: Vec<Path> = Vec::new();
        let mut path = prefix;
        let mut currency = self.note(to);
        let (mut from, mut is_leaf) = (to.end(), true);
        loop {
            match self.step(Some(to))? {
                Step::Start => {
                    if is_leaf {
                        to.branch(path);
                    }
                    to.cut(from);
                    above.push(path);
                    path = extend(extend(path, b"/"), self.name.as_bytes());
                    currency = self.note(to);
                    (from, is_leaf) = (to.end(), true);
                }
                Step::End => {
                    if is_leaf {
                        to.leaf(path, from, currency.take());
                        from = to.end();
                    } else {
                        to.cut(from);
                    }
                    is_leaf = false;
                    match above.pop() {
                        Some(outer) => path = outer,
                        None => return Ok(()),
                    }
                }
                Step::Over => return Ok(()),
            }
        }
    }

    /// Puts the currency of the element at hand into the text.
    fn note(&self, to: &mut Fields) -> Option<(usize, usize)> {
        if self.attribute.is_empty() {
            return None;
        }
        let from = to.end();
        to.push(&self.attribute);
        Some((from, to.end()))
    }

    /// What the root's own name space declaration says.
    pub(super) fn namespace(&self) -> Option<&str> {
        Some(self.attribute.trim()).filter(|text| !text.is_empty())
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    let colon = name.bytes().position(|byte| byte == b':');
    colon.and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// The one attribute that is read: the currency of an amount, the name space of the root.
fn wanted(element: &BytesStart<'_>, name: &str, to: &mut String) -> Result<(), Fault> {
    let found = match name {
        "Amt" | "TtlNetNtryAmt" | "TtlChrgsAndTaxAmt" => element.try_get_attribute("Ccy"),
        "Document" => match element.name().prefix() {
            Some(prefix) => {
                let declaration = format!("xmlns:{}", prefix.as_ref());
                element.try_get_attribute(declaration.as_str())
            }
            None => element.try_get_attribute("xmlns"),
        },
        _ => return Ok(()),
    };
    let found = found.map_err(|why| Fault::Xml(why.to_string()))?;
    if let Some(attribute) = found {
        to.push_str(&attribute.value);
    }
    Ok(())
}

/// Adds the text of an event. References are events of their own: `AT&amp;T` is three.
fn text(event: &Event<'_>, fields: Option<&mut Fields>, depth: usize) -> Result<(), Fault> {
    let mut letter = [0_u8; 4];
    let piece: &str = match event {
        Event::Text(piece) => piece,
        Event::CData(piece) => piece,
        Event::GeneralRef(reference) => {
            let unknown = || Fault::Entity(reference.chars().take(40).collect());
            match reference.resolve_char_ref().map_err(|_| unknown())? {
                Some(one) if one < ' ' && !matches!(one, '\t' | '\n' | '\r') => {
                    return Err(Fault::Character(u32::from(one)));
                }
                Some(one) => one.encode_utf8(&mut letter),
                None => resolve_xml_entity(reference).ok_or_else(unknown)?,
            }
        }
        Event::DocType(_) => return Err(Fault::Doctype),
        _ => return Ok(()),
    };
    match fields {
        Some(fields) => fields.push(piece),
        None if depth == 0 && !piece.trim().is_empty() => return Err(Fault::OutsideRoot),
        None => {}
    }
    Ok(())
}
