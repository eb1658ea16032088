//! The plain-text part: everything the HTML says, the link on a line of its own.

use super::letter::Letter;
use super::{Mail, words};

/// Paragraphs separated by empty lines; mail programs wrap them.
pub(super) fn part(mail: &Mail, letter: &Letter) -> String {
    let colon = words::say(mail, "\u{a0}:", ":");
    let facts = letter.facts.iter();
    let facts: Vec<_> = facts
        .map(|(label, value)| format!("{label}{colon} {value}"))
        .collect();
    let mut blocks: Vec<String> = letter.lead.iter().cloned().collect();
    blocks.push(words::greeting(mail));
    blocks.extend(letter.opening.iter().cloned());
    blocks.push(facts.join("\n"));
    blocks.push(invoices(mail, letter, colon).join("\n"));
    if !mail.link.is_empty() {
        blocks.push(format!("{}{colon}\n{}", letter.action, mail.link));
    }
    blocks.extend(letter.closing.iter().cloned());
    blocks.extend(letter.note.clone());
    blocks.push(words::question(mail));
    blocks.push(signature(mail, colon).join("\n"));
    blocks.push(words::footer(mail).to_owned());
    blocks.retain(|block| !block.is_empty());
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}

fn invoices(mail: &Mail, letter: &Letter, colon: &str) -> Vec<String> {
    let (listed, rest) = words::shown(mail);
    let due = words::say(mail, "échéance", "due");
    let line = |invoice: &super::MailInvoice| {
        let (number, on) = (&invoice.number, words::due(mail, letter, invoice));
        let amount = words::money(mail, invoice.amount);
        format!("- {number}, {due} {on}{colon} {amount}")
    };
    let mut lines: Vec<String> = listed.iter().map(line).collect();
    lines.extend(rest.map(|rest| format!("- {rest}")));
    lines.extend(words::total(mail).map(|total| format!("Total{colon} {total}")));
    lines
}

fn signature(mail: &Mail, colon: &str) -> Vec<String> {
    let brand = &mail.brand;
    let account = words::say(mail, "Compte", "Account");
    let mut lines = vec![
        brand.name.clone(),
        brand.address.clone(),
        brand.contact_email.clone(),
        brand.contact_phone.clone(),
        format!("{account}{colon} {}", mail.debtor),
    ];
    lines.retain(|line| !line.is_empty());
    lines
}
