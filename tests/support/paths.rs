//! The paths a Rust file names, read from its tokens.
//!
//! Tokens rather than syntax, because markup macros hold paths too, and text or comments must not
//! count. `use a::{b, c::d}` yields `a::b` and `a::c::d`; `self` and `super` are resolved to
//! `crate::…`. It never expands a macro and never follows a `use` into another file.

use std::collections::BTreeSet;
use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A path as named at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Its segments; the first is `crate` or the name of another package.
    pub segments: Vec<String>,
    /// Line, from 1.
    pub line: usize,
    /// Whether it stands in a `#[cfg(test)]` module of this file.
    pub in_test: bool,
}

/// A method called by name, as in `store.write(…)`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// The method.
    pub method: String,
    /// Line, from 1.
    pub line: usize,
}

/// What one file names.
#[derive(Default)]
pub struct Mentions {
    /// Paths to this package (`crate::…`) and to other packages.
    pub paths: Vec<Mention>,
    /// Methods called.
    pub calls: Vec<Call>,
    /// Modules in files of their own that are compiled for tests only: `["web", "tests"]`.
    pub test_modules: Vec<Vec<String>>,
    local: BTreeSet<String>,
}

/// Reads `text`, the file of module `module` (`["web", "portal"]` for `src/web/portal/mod.rs`).
///
/// # Errors
/// When the text is not made of Rust tokens.
pub fn mentions(text: &str, module: &[String]) -> Result<Mentions, proc_macro2::LexError> {
    let tokens = TokenStream::from_str(text)?;
    let mut found = Mentions::default();
    Reader {
        found: &mut found,
        module: module.to_vec(),
        in_test: false,
    }
    .read(tokens);
    let Mentions { paths, local, .. } = &mut found;
    paths.retain(|mention| {
        mention
            .segments
            .first()
            .is_some_and(|name| !local.contains(name))
    });
    Ok(found)
}

struct Reader<'a> {
    found: &'a mut Mentions,
    module: Vec<String>,
    in_test: bool,
}

impl Reader<'_> {
    fn read(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            at += self.step(&trees[at..]);
        }
    }

    /// Reads the item that begins `rest`; returns how many tokens it took.
    fn step(&mut self, rest: &[TokenTree]) -> usize {
        match rest {
            [TokenTree::Ident(word), ..] if word == "use" => {
                1 + self.imports(&[], &rest[1..], true)
            }
            [
                hash,
                TokenTree::Group(attribute),
                TokenTree::Ident(word),
                TokenTree::Ident(name),
                ..,
            ] if is_punct(hash, '#') && word == "mod" && is_for_tests(attribute) => {
                4 + self.child(name.to_string(), rest.get(4), true)
            }
            [TokenTree::Ident(word), TokenTree::Ident(name), ..] if word == "mod" => {
                2 + self.child(name.to_string(), rest.get(2), self.in_test)
            }
            [dot, TokenTree::Ident(method), after, ..] if is_punct(dot, '.') && is_call(after) => {
                let line = method.span().start().line;
                self.found.calls.push(Call {
                    method: method.to_string(),
                    line,
                });
                2
            }
            [TokenTree::Ident(_), second, third, ..] if is_colons(second, third) => {
                self.imports(&[], rest, false)
            }
            [TokenTree::Group(group), ..] => {
                self.read(group.stream());
                1
            }
            _ => 1,
        }
    }

    /// Reads a module of this one, if its body is here; returns how many tokens the body took.
    fn child(&mut self, name: String, body: Option<&TokenTree>, in_test: bool) -> usize {
        self.found.local.insert(name.clone());
        let module: Vec<String> = self.module.iter().cloned().chain([name]).collect();
        let Some(TokenTree::Group(body)) = body else {
            self.found.test_modules.extend(in_test.then_some(module));
            return 0;
        };
        let found = &mut *self.found;
        Reader {
            found,
            module,
            in_test,
        }
        .read(body.stream());
        1
    }

    /// Reads one path that continues `prefix`; returns how many tokens it took.
    fn imports(&mut self, prefix: &[String], rest: &[TokenTree], in_use: bool) -> usize {
        let mut segments = prefix.to_vec();
        let mut line = 0;
        let mut at = 0;
        while let Some(tree) = rest.get(at) {
            match tree {
                TokenTree::Ident(word) if word == "as" => break,
                TokenTree::Ident(word) => {
                    segments.push(word.to_string());
                    line = word.span().start().line;
                    at += 1;
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    self.group(&segments, group, in_use);
                    return at + 1;
                }
                _ => {}
            }
            match (rest.get(at), rest.get(at + 1)) {
                (Some(first), Some(second)) if is_colons(first, second) => at += 2,
                _ => break,
            }
        }
        let bound = in_use
            .then(|| alias(rest, at).or_else(|| last_name(&segments)))
            .flatten();
        self.record(segments, line, bound);
        at.max(1)
    }

    fn group(&mut self, prefix: &[String], group: &Group, in_use: bool) {
        let trees: Vec<TokenTree> = group.stream().into_iter().collect();
        for part in trees.split(is_comma).filter(|part| !part.is_empty()) {
            self.imports(prefix, part, in_use);
        }
    }

    fn record(&mut self, mut segments: Vec<String>, line: usize, bound: Option<String>) {
        if segments.len() > 1 {
            segments.pop_if(|last| last == "self");
            self.found.local.extend(bound);
        }
        let segments = self.resolved(segments);
        let in_test = self.in_test;
        self.found.paths.push(Mention {
            segments,
            line,
            in_test,
        });
    }

    fn resolved(&self, segments: Vec<String>) -> Vec<String> {
        let ups = segments.iter().take_while(|name| *name == "super").count();
        let here = segments.first().is_some_and(|name| name == "self");
        if ups == 0 && !here {
            return segments;
        }
        let kept = self.module.len().saturating_sub(ups);
        let base = self.module.iter().take(kept).cloned();
        let tail = segments.into_iter().skip(ups.max(usize::from(here)));
        std::iter::once("crate".to_owned())
            .chain(base)
            .chain(tail)
            .collect()
    }
}

/// The name a `use` of `segments` binds: its last segment, or the one before `self`.
fn last_name(segments: &[String]) -> Option<String> {
    match segments {
        [_] => None,
        [.., before, last] if last == "self" => Some(before.clone()),
        [.., last] => Some(last.clone()),
        [] => None,
    }
}

fn alias(rest: &[TokenTree], at: usize) -> Option<String> {
    match (rest.get(at), rest.get(at + 1)) {
        (Some(TokenTree::Ident(word)), Some(TokenTree::Ident(name))) if word == "as" => {
            Some(name.to_string())
        }
        _ => None,
    }
}

/// Whether what follows a method's name calls it: arguments, or `::<…>` before them.
fn is_call(after: &TokenTree) -> bool {
    match after {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        other => is_punct(other, ':'),
    }
}

/// Whether an attribute is `cfg(test)`.
fn is_for_tests(attribute: &Group) -> bool {
    let text = attribute.stream().to_string();
    text.split_whitespace().collect::<String>() == "cfg(test)"
}

fn is_colons(first: &TokenTree, second: &TokenTree) -> bool {
    is_punct(first, ':') && is_punct(second, ':')
}

fn is_comma(tree: &TokenTree) -> bool {
    is_punct(tree, ',')
}

fn is_punct(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted)
}
