//! What is wrong with a text as it is written.

use super::scan::scan;
use super::{BODY_MAX, Draft, Flaw, Part, Slot, Why, mandatory};
use crate::bank::Iban;
use crate::message::MessageKind;
use crate::party::{Language, LegalMode};
use crate::scenario::Channel;

/// Characters of an account number, without spaces.
const IBAN_LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;

/// What somebody who writes in another's name may not say (`law.md` §2, CPCE R124-1).
const THREATS_FR: &[&str] = &[
    "mise en demeure",
    "mettre en demeure",
    "mettons en demeure",
    "pénalité",
    "indemnité",
    "intérêts de retard",
    "huissier",
    "commissaire de justice",
    "tribunal",
    "poursuites",
    "contentieux",
    "judiciaire",
    "injonction",
];
const THREATS_EN: &[&str] = &[
    "formal notice",
    "penalt",
    "late interest",
    "late-payment interest",
    "recovery charge",
    "bailiff",
    "lawsuit",
    "legal action",
    "legal proceedings",
    "solicitor",
    "debt collect",
];

/// What is wrong with it, line by line; nothing when it may be tried.
#[must_use]
pub fn check(slot: Slot, draft: &Draft, mode: LegalMode) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let has_subject = slot.channel == Channel::Email;
    if has_subject {
        subject(&draft.subject, &mut flaws);
    }
    if draft.body.trim().is_empty() {
        flaws.push(Flaw::new(Part::Body, 1, Why::Empty));
    }
    let over = draft.body.chars().count().saturating_sub(BODY_MAX);
    if over > 0 {
        let line = draft.body.lines().count();
        flaws.push(Flaw::new(Part::Body, line, Why::TooLong(over)));
        return flaws;
    }
    let parts = [(Part::Subject, &draft.subject), (Part::Body, &draft.body)];
    let parts = parts.into_iter().skip(usize::from(!has_subject));
    let mut said = std::collections::BTreeSet::new();
    for (part, source) in parts {
        let (found, faults) = scan(slot, part, source);
        said.extend(found.variables);
        flaws.extend(located(part, faults));
        flaws.extend(located(part, words(source, slot.language, mode)));
    }
    let last = draft.body.lines().count().max(1);
    for any_of in mandatory(slot) {
        if !any_of.iter().any(|one| said.contains(one)) {
            flaws.push(Flaw::new(Part::Body, last, Why::Missing(any_of)));
        }
    }
    let formal = slot.kind == MessageKind::FormalNotice && has_subject;
    if formal && !calls_itself_formal(slot, draft) {
        flaws.push(Flaw::new(Part::Body, last, Why::NotFormal));
    }
    flaws.sort_by_key(|flaw| (flaw.part, flaw.line));
    flaws
}

fn subject(subject: &str, flaws: &mut Vec<Flaw>) {
    if subject.trim().is_empty() {
        flaws.push(Flaw::new(Part::Subject, 1, Why::Empty));
    }
    if subject.contains(['\n', '\r']) {
        flaws.push(Flaw::new(Part::Subject, 2, Why::Lines));
    }
    let over = subject.chars().count().saturating_sub(BODY_MAX);
    if over > 0 {
        flaws.push(Flaw::new(Part::Subject, 1, Why::TooLong(over)));
    }
}

fn located(part: Part, faults: Vec<(usize, Why)>) -> impl Iterator<Item = Flaw> {
    let flaw = move |(line, why)| Flaw::new(part, line, why);
    faults.into_iter().map(flaw)
}

/// What is said that must not be.
fn words(source: &str, language: Language, mode: LegalMode) -> Vec<(usize, Why)> {
    let threats = match language {
        Language::Fr => THREATS_FR,
        Language::En => THREATS_EN,
    };
    let threats = if mode == LegalMode::OwnAccount {
        &[]
    } else {
        threats
    };
    let mut found = Vec::new();
    for (line, text) in (1..).zip(source.lines()) {
        let small = text.to_lowercase();
        let threat = threats.iter().find(|threat| small.contains(**threat));
        found.extend(threat.map(|threat| (line, Why::Threat((*threat).to_owned()))));
        if has_iban(text) {
            found.push((line, Why::Iban));
        }
    }
    found
}

/// Whether a line holds an account number, however it is spaced.
fn has_iban(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|sign| !sign.is_whitespace()).collect();
    let begins = |at: &[char]| {
        matches!(at, [a, b, c, d, ..] if a.is_ascii_alphabetic()
            && b.is_ascii_alphabetic()
            && c.is_ascii_digit()
            && d.is_ascii_digit())
    };
    let mut at = signs.as_slice();
    while let Some((_, rest)) = at.split_first() {
        if begins(at) {
            let run = at.iter().take_while(|sign| sign.is_ascii_alphanumeric());
            let run: String = run.take(*IBAN_LENGTHS.end()).collect();
            let of = |length: usize| run.get(..length).map(str::parse::<Iban>);
            let mut all = IBAN_LENGTHS.filter_map(of);
            if all.any(|parsed| parsed.is_ok()) {
                return true;
            }
        }
        at = rest;
    }
    false
}

fn calls_itself_formal(slot: Slot, draft: &Draft) -> bool {
    let all = format!("{}\n{}", draft.subject, draft.body).to_lowercase();
    match slot.language {
        Language::Fr => all.contains("en demeure"),
        Language::En => all.contains("formal notice"),
    }
}
