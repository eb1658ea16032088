//! Reads a text piece by piece and refuses what is not on the list.

use std::collections::BTreeSet;

use super::{Part, Slot, Variable, Why, allowed};

/// Characters of what is refused that are shown.
const SHOWN: usize = 40;

/// What a text says for certain, whatever the account.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) variables: BTreeSet<Variable>,
}

/// What is wrong, by line.
pub(super) type Faults = Vec<(usize, Why)>;

/// Reads a part of a text.
pub(super) fn scan(slot: Slot, part: Part, source: &str) -> (Said, Faults) {
    let mut reader = Reader {
        slot,
        loops: part == Part::Body,
        said: Said::default(),
        faults: Vec::new(),
        open: Vec::new(),
        looped: false,
    };
    reader.read(source);
    reader.close();
    (reader.said, reader.faults)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    If,
    Else,
    For,
}

struct Reader {
    slot: Slot,
    loops: bool,
    said: Said,
    faults: Faults,
    open: Vec<(usize, Block)>,
    looped: bool,
}

impl Reader {
    fn read(&mut self, source: &str) {
        let (mut rest, mut line) = (source, 1);
        while let Some((before, opens, after)) = opening(rest) {
            line += before.matches('\n').count();
            let closes = match opens {
                "{{" => "}}",
                "{%" => "%}",
                _ => "#}",
            };
            let Some((inside, behind)) = after.split_once(closes) else {
                self.faults.push((line, Why::Unclosed(opens.to_owned())));
                return;
            };
            let words = inside.trim_matches(['-', '+']).trim();
            match opens {
                "{{" => self.value(line, words),
                "{%" => self.tag(line, words),
                _ => self.refuse(line, &format!("{{#{inside}#}}")),
            }
            line += inside.matches('\n').count();
            rest = behind;
        }
    }

    fn refuse(&mut self, line: usize, what: &str) {
        self.faults.push((line, Why::Refused(shown(what))));
    }

    fn in_loop(&self) -> bool {
        self.open.iter().any(|(_, block)| *block == Block::For)
    }

    /// The variable of this name, if a text of this place may name it here.
    fn variable(&mut self, line: usize, name: &str) -> Option<Variable> {
        let is_name = |sign: char| sign.is_ascii_lowercase() || matches!(sign, '_' | '.');
        if name.is_empty() || !name.chars().all(is_name) {
            self.refuse(line, name);
            return None;
        }
        let why = match name.parse::<Variable>() {
            Err(_) => Why::Unknown(shown(name)),
            Ok(found) if !allowed(self.slot).any(|one| one == found) => Why::Elsewhere(found),
            Ok(found) if found.is_of_item() && !self.in_loop() => Why::OutsideLoop(found),
            Ok(found) => return Some(found),
        };
        self.faults.push((line, why));
        None
    }

    fn value(&mut self, line: usize, name: &str) {
        let Some(found) = self.variable(line, name) else {
            return;
        };
        if found == Variable::Invoices {
            self.refuse(line, name);
            return;
        }
        if self.open.iter().all(|(_, block)| *block == Block::For) {
            self.said.variables.insert(found);
        }
    }

    fn tag(&mut self, line: usize, inside: &str) {
        let words: Vec<&str> = inside.split_whitespace().collect();
        match words.as_slice() {
            ["if", name] | ["if", "not", name] => {
                self.variable(line, name);
                self.open.push((line, Block::If));
            }
            ["else"] => self.turn(line),
            ["endif"] => self.end(line, "endif", &[Block::If, Block::Else]),
            ["for", "item", "in", "invoices"] if self.loops => self.begin_loop(line),
            ["for", ..] => self.faults.push((line, Why::Loop(shown(inside)))),
            ["endfor"] => self.end(line, "endfor", &[Block::For]),
            _ => self.refuse(line, inside),
        }
    }

    fn turn(&mut self, line: usize) {
        match self.open.last_mut() {
            Some((_, block)) if *block == Block::If => *block = Block::Else,
            _ => self.faults.push((line, Why::Stray("else".to_owned()))),
        }
    }

    fn begin_loop(&mut self, line: usize) {
        let nested = self.in_loop();
        if self.variable(line, "invoices").is_some() && (nested || self.looped) {
            let why = if nested { Why::Nested } else { Why::Loops };
            self.faults.push((line, why));
        }
        self.looped = true;
        self.open.push((line, Block::For));
    }

    fn end(&mut self, line: usize, word: &str, of: &[Block]) {
        match self.open.last() {
            Some((_, block)) if of.contains(block) => {
                self.open.pop();
            }
            _ => self.faults.push((line, Why::Stray(word.to_owned()))),
        }
    }

    fn close(&mut self) {
        for (line, block) in &self.open {
            let word = if *block == Block::For { "for" } else { "if" };
            self.faults.push((*line, Why::Open(word.to_owned())));
        }
    }
}

/// What stands before the next opening signs, the signs, and what follows them.
fn opening(text: &str) -> Option<(&str, &'static str, &str)> {
    let found = |signs: &'static str| {
        let (before, after) = text.split_once(signs)?;
        Some((before, signs, after))
    };
    let all = ["{{", "{%", "{#"].into_iter().filter_map(found);
    all.min_by_key(|(before, ..)| before.len())
}

fn shown(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}
