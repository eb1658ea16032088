//! The template engine behind suppliers' own texts: strict, without anything to call, and bounded.
//!
//! What a text may do is decided by `domain::own_text`, which refuses everything else before it
//! comes here. The engine is closed a second time all the same: it has no filters, functions,
//! loaders, macros or includes, knows the given values only, and ends when its fuel or its room
//! does. It gives plain text; markup is made of it by the views, which escape it.

#[cfg(test)]
mod tests;

use std::io;

use domain::own_text::{Item, Values, Variable};
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};

/// Instructions that a text may take: one with thirty invoices takes some hundreds.
const FUEL: u64 = 20_000;

/// Bytes that come of a text, at most. Fuel does not bound them.
const OUTPUT_MAX: usize = 32 * 1024;

/// Why nothing came of a text.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct TemplateError {
    /// On which line, from 1.
    pub line: usize,
    /// What the engine says.
    pub reason: String,
}

/// The text with its values.
pub fn fill(source: &str, values: &Values) -> Result<String, TemplateError> {
    let source = without_bare_lines(source);
    let mut engine = Environment::empty();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    engine.set_fuel(Some(FUEL));
    let template = engine.template_from_str(&source).map_err(told)?;
    let mut out = Bounded(Vec::new());
    template
        .render_captured_to(context(values), &mut out)
        .map_err(told)?;
    String::from_utf8(out.0).map_err(|why| TemplateError {
        line: 1,
        reason: why.to_string(),
    })
}

fn told(why: Error) -> TemplateError {
    let detail = why.detail().map(|detail| format!(": {detail}"));
    TemplateError {
        line: why.line().unwrap_or(1),
        reason: format!("{}{}", why.kind(), detail.unwrap_or_default()),
    }
}

/// A tag that has a line to itself takes its line end with it, which would part a paragraph. A
/// comment keeps the count of lines.
fn without_bare_lines(source: &str) -> String {
    let bare = |line: &str| line.starts_with("{%") && line.ends_with("%}");
    let mut out = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        let words = line.trim();
        let single = words.matches("{%").count() == 1;
        if single && bare(words) && line.ends_with('\n') {
            out.push_str(words);
            out.push_str("{#\n#}");
        } else {
            out.push_str(line);
        }
    }
    out
}

fn context(values: &Values) -> Value {
    let single = values.words.iter();
    let single = single.map(|(name, value)| (name.as_str(), Value::from(value.as_str())));
    let items: Value = values.items.iter().map(item).collect();
    Value::from_pairs(single.chain([(Variable::Invoices.as_str(), items)]))
}

fn item(item: &Item) -> Value {
    Value::from_pairs([
        ("number", item.number.as_str()),
        ("due", item.due.as_str()),
        ("amount", item.amount.as_str()),
    ])
}

/// Takes so much and no more.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len().saturating_add(bytes.len()) > OUTPUT_MAX {
            return Err(io::Error::other("the text grows too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
