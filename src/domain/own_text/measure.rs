//! How long a text gets once it is filled in.

use super::{Draft, Flaw, Part, Slot, Why};
use crate::scenario::Channel;
use crate::sms;

/// Characters of a subject.
pub const SUBJECT_MAX: usize = 60;

/// Paragraphs, and lines that begin anew, of a text in all.
pub const PARAGRAPHS_MAX: usize = 40;

/// Bytes that a text takes of a mail's 20 KB, beside the frame: a formal notice of thirty invoices
/// is the largest.
const BYTES_MAX: usize = 3_600;

/// What each paragraph or line adds to its own letters.
const AROUND: usize = 40;

/// The paragraphs of a text that is filled in: empty lines stand between them.
pub fn paragraphs(body: &str) -> impl Iterator<Item = String> {
    let mut all: Vec<String> = vec![String::new()];
    for line in body.lines().map(str::trim) {
        match (line.is_empty(), all.last_mut()) {
            (true, _) => all.push(String::new()),
            (false, Some(last)) if last.is_empty() => last.push_str(line),
            (false, Some(last)) => {
                last.push('\n');
                last.push_str(line);
            }
            (false, None) => {}
        }
    }
    all.into_iter().filter(|one| !one.is_empty())
}

/// What is too long of a text that is filled in.
#[must_use]
pub fn measure(slot: Slot, filled: &Draft) -> Vec<Flaw> {
    if slot.channel == Channel::Sms {
        return segment(filled).into_iter().collect();
    }
    let mut flaws = Vec::new();
    let over = filled.subject.chars().count().saturating_sub(SUBJECT_MAX);
    if slot.channel == Channel::Email && over > 0 {
        flaws.push(Flaw::new(Part::Subject, 1, Why::Grows(over)));
    }
    let lines = filled.body.lines().filter(|line| !line.trim().is_empty());
    let lines = lines.count();
    if lines > PARAGRAPHS_MAX {
        let why = Why::Paragraphs(PARAGRAPHS_MAX);
        flaws.push(Flaw::new(Part::Body, PARAGRAPHS_MAX, why));
    }
    let over = bytes(&filled.body, lines).saturating_sub(BYTES_MAX);
    if over > 0 {
        let last = filled.body.lines().count();
        flaws.push(Flaw::new(Part::Body, last, Why::Grows(over)));
    }
    flaws
}

/// Units of a text message in one segment: it is spelled in the GSM alphabet before it leaves.
const SEGMENT: usize = 160;

/// What is too long of a text message: it is to be one segment, whatever its values.
fn segment(filled: &Draft) -> Option<Flaw> {
    let length = sms::measure(&sms::spell(&filled.body));
    let over = length.units.saturating_sub(SEGMENT);
    let last = filled.body.lines().count().max(1);
    (length.segments > 1).then(|| Flaw::new(Part::Body, last, Why::Grows(over)))
}

/// Bytes in a mail's HTML.
fn bytes(text: &str, lines: usize) -> usize {
    let escaped = |sign: char| match sign {
        '&' | '<' | '>' | '"' => 6,
        sign => sign.len_utf8(),
    };
    text.chars().map(escaped).sum::<usize>() + lines * AROUND
}
