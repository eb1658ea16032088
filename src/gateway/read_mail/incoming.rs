//! Mail that comes in: reports about messages of ours (RFC 3464, RFC 5965) and people's answers.
//!
//! What a message is about is told by the digits of ours: in the address it came to, and in the
//! Message-ID of what it returns or answers. Reports are taken as they are found, not as they
//! should be: OpenSMTPD puts them into `multipart/mixed`, others leave out half of the fields.

use std::str::FromStr;

use domain::MessageId;
use domain::bounce::{Deed, Status, Verdict, refusal, reply_in, report, status_in};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders};

/// Letters kept of a text or of a server's words.
const TEXT_MAX: usize = 20_000;
const WORDS_MAX: usize = 300;

/// Digits of a message's id, as they stand in addresses and Message-IDs.
const DIGITS: usize = 26;

/// Headers that say what a mail answers or where it was sent.
const ABOUT: [&str; 7] = [
    "X-Original-To",
    "Delivered-To",
    "Envelope-To",
    "X-Envelope-To",
    "To",
    "In-Reply-To",
    "References",
];

/// A mail that came in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Incoming {
    /// The messages it may be about, the likeliest first.
    pub about: Vec<MessageId>,
    /// What it is.
    pub what: Came,
}

/// What came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Came {
    /// A report, with what it says of each recipient.
    Report(Vec<Told>),
    /// What somebody wrote.
    Letter(Letter),
    /// An answer that nobody wrote: out of office, or a receipt.
    Automatic,
}

/// What is told of one recipient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Whose mailbox; none when the report does not say.
    pub recipient: Option<String>,
    /// What it means.
    pub verdict: Verdict,
    /// The status code, if one was given.
    pub status: Option<Status>,
    /// The server's words.
    pub words: String,
}

/// What somebody wrote.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// From which mailbox.
    pub from: String,
    /// To which mailboxes it came.
    pub to: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
}

/// Reads a mail; none when the bytes are none.
#[must_use]
pub fn incoming(bytes: &[u8]) -> Option<Incoming> {
    let mail = MessageParser::new().parse(bytes)?;
    mail.headers().first()?;
    let told = told(&mail);
    let what = if !told.is_empty() {
        Came::Report(told)
    } else if is_automatic(&mail) {
        Came::Automatic
    } else {
        Came::Letter(letter(&mail)?)
    };
    let about = about(&mail);
    Some(Incoming { about, what })
}

fn part_is(part: &MessagePart<'_>, kind: &str, subtypes: &[&str]) -> bool {
    part.content_type().is_some_and(|found| {
        let subtype = found.subtype().unwrap_or_default();
        found.ctype().eq_ignore_ascii_case(kind)
            && subtypes.iter().any(|one| subtype.eq_ignore_ascii_case(one))
    })
}

fn words_of(part: &MessagePart<'_>) -> String {
    String::from_utf8_lossy(part.contents()).into_owned()
}

/// The messages named in it, in the order of how well the place is trusted.
fn about(mail: &Message<'_>) -> Vec<MessageId> {
    let headers = ABOUT.iter().filter_map(|name| mail.header_raw(*name));
    let mut places: Vec<String> = headers.map(str::to_owned).collect();
    let returned = mail.parts.iter().filter(|part| {
        part_is(part, "message", &["rfc822", "global", "rfc822-headers"])
            || part_is(part, "text", &["rfc822-headers"])
    });
    places.extend(returned.map(words_of));
    let mut found = Vec::new();
    for id in places.iter().flat_map(|place| ids_in(place)) {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

/// Ids of messages in a text: 26 digits between `<` or `+` and `@`.
fn ids_in(text: &str) -> Vec<MessageId> {
    let ends = text.match_indices('@').map(|(at, _)| at);
    let before = ends.filter_map(|at| {
        let digits = text.get(at.checked_sub(DIGITS)?..at)?;
        let sign = text.get(..at - DIGITS)?.chars().next_back()?;
        matches!(sign, '<' | '+').then(|| digits.to_ascii_lowercase())
    });
    before
        .filter_map(|digits| format!("msg_{digits}").parse().ok())
        .collect()
}

/// What a report says, of each recipient; nothing when this is no report.
fn told(mail: &Message<'_>) -> Vec<Told> {
    let text = mail.body_text(0).unwrap_or_default();
    let of_kind = |kind: &'static str| {
        let fits = move |part: &&MessagePart<'_>| part_is(part, "message", &[kind]);
        mail.parts.iter().filter(fits).map(words_of)
    };
    let mut all: Vec<Told> = Vec::new();
    for status in of_kind("delivery-status").chain(of_kind("global-delivery-status")) {
        let blocks = blocks(&status);
        all.extend(blocks.iter().filter_map(|block| delivery(block, &text)));
    }
    all.extend(of_kind("feedback-report").filter_map(|words| complaint(&words)));
    if all.is_empty() {
        all.extend(returned_without_form(mail, &text));
    }
    all
}

type Block = Vec<(String, String)>;

/// Blocks of fields, unfolded.
fn blocks(text: &str) -> Vec<Block> {
    let mut all = vec![Block::new()];
    for line in text.lines() {
        let Some(block) = all.last_mut() else {
            break;
        };
        if line.trim().is_empty() {
            all.push(Block::new());
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = block.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            block.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
    }
    all
}

fn field<'a>(block: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = block.iter().find(|(own, _)| own == name);
    found.map(|(_, value)| value.as_str())
}

/// `rfc822; <name@example.org>` without what surrounds the address.
fn address(value: &str) -> Option<String> {
    let bare = value.split_once(';').map_or(value, |(_, address)| address);
    let bare = bare.trim().trim_matches(['<', '>']).trim();
    bare.contains('@').then(|| bare.to_owned())
}

/// A block about one recipient; none for the one about the whole message.
fn delivery(block: &[(String, String)], text: &str) -> Option<Told> {
    let deed = Deed::from_str(&field(block, "action")?.to_lowercase()).ok()?;
    let given = field(block, "original-recipient").or_else(|| field(block, "final-recipient"));
    let recipient = given.and_then(address);
    let own = field(block, "diagnostic-code").map(str::to_owned);
    let words = own
        .or_else(|| said_of(recipient.as_deref()?, text))
        .unwrap_or_default();
    let told = field(block, "status").and_then(first_word);
    let verdict = report(deed, told, &words);
    Some(Told {
        recipient,
        verdict,
        status: told
            .filter(|one| one.subject != 0)
            .or(status_in(&words))
            .or(told),
        words: short(&words),
    })
}

fn first_word(value: &str) -> Option<Status> {
    value.split_whitespace().next()?.parse().ok()
}

/// What the human-readable part says of a recipient: `name@example.org: 550 5.1.1 no such user`.
fn said_of(recipient: &str, text: &str) -> Option<String> {
    let mut lines = text
        .lines()
        .filter_map(|line| line.trim().split_once(recipient));
    let (_, after) = lines.next()?;
    Some(after.trim_start_matches(['>', ':', ' ']).to_owned())
}

/// A complaint (ARF); reports of other kinds say nothing of the address.
fn complaint(words: &str) -> Option<Told> {
    let fields: Block = blocks(words).concat();
    let kind = field(&fields, "feedback-type")?.to_lowercase();
    let unwanted = ["abuse", "fraud", "opt-out", "opt-out-list"].contains(&kind.as_str());
    unwanted.then(|| Told {
        recipient: field(&fields, "original-rcpt-to").and_then(address),
        verdict: Verdict::Complaint,
        status: None,
        words: kind,
    })
}

/// A report in words alone, from a mail system: what its first refusal says.
fn returned_without_form(mail: &Message<'_>, text: &str) -> Option<Told> {
    let from = sender(mail).unwrap_or_default().to_lowercase();
    let system = from.starts_with("mailer-daemon@") || from.starts_with("postmaster@");
    let empty = mail
        .header_raw("Return-Path")
        .is_some_and(|path| path.trim() == "<>");
    if !system && !empty {
        return None;
    }
    let says_no = |line: &&str| {
        reply_in(line).is_some_and(|code| code >= 400)
            || status_in(line).is_some_and(|status| status.class > 2)
    };
    let line = text.lines().map(str::trim).find(says_no)?;
    Some(Told {
        recipient: None,
        verdict: refusal(status_in(line), reply_in(line)),
        status: status_in(line),
        words: short(line),
    })
}

/// Whether nobody wrote it (RFC 3834).
fn is_automatic(mail: &Message<'_>) -> bool {
    let says = |name: &str| {
        mail.header_raw(name)
            .map(|value| value.trim().to_lowercase())
    };
    says("Auto-Submitted").is_some_and(|value| !value.starts_with("no"))
        || says("X-Autoreply").is_some()
        || says("X-Autorespond").is_some()
        || says("Precedence").is_some_and(|value| ["bulk", "junk", "auto_reply"].contains(&&*value))
        || says("Return-Path").is_some_and(|value| value == "<>")
}

fn sender(mail: &Message<'_>) -> Option<String> {
    let first = mail.from()?.first()?;
    first.address().map(str::to_owned)
}

fn letter(mail: &Message<'_>) -> Option<Letter> {
    let to = mail.all_to().flat_map(|list| list.iter());
    let to = to.filter_map(|one| one.address().map(str::to_owned));
    let text = mail.body_text(0).unwrap_or_default().replace("\r\n", "\n");
    Some(Letter {
        from: sender(mail)?,
        to: to.collect(),
        subject: short(mail.subject().unwrap_or_default()),
        text: text.trim().chars().filter(plain).take(TEXT_MAX).collect(),
    })
}

fn plain(letter: &char) -> bool {
    !letter.is_control() || matches!(letter, '\n' | '\t')
}

/// On one line, and not long.
fn short(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .filter(plain)
        .take(WORDS_MAX)
        .collect()
}

#[cfg(test)]
mod tests;
