//! A kept copy of a message taken apart again, to be looked at (RFC 5322, RFC 2045).

mod incoming;

pub use incoming::{Came, Incoming, Letter, Told, incoming};
use mail_parser::MessageParser;

/// A message as a mail program would show it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Readable {
    /// Headers in their order, as they were written.
    pub headers: Vec<(String, String)>,
    /// The text part.
    pub text: String,
    /// The HTML part; made from the text where there is none.
    pub html: String,
}

/// Reads a message; none when the bytes are no message.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Readable> {
    let message = MessageParser::new().parse(bytes)?;
    let headers = message.headers_raw();
    let headers = headers.map(|(name, value)| (name.to_owned(), unfolded(value)));
    Some(Readable {
        headers: headers.collect(),
        text: message.body_text(0)?.replace("\r\n", "\n"),
        html: message.body_html(0)?.into_owned(),
    })
}

/// Bare words as a page shows them, an address in them as a link.
#[must_use]
pub fn as_html(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    let word = |word: &str| match word.starts_with("https://") || word.starts_with("http://") {
        true => format!("<a href=\"{word}\">{word}</a>"),
        false => word.to_owned(),
    };
    let words: Vec<String> = escaped.split(' ').map(word).collect();
    format!(
        "<html><head></head><body><p>{}</p></body></html>",
        words.join(" ")
    )
}

/// A header on one line (RFC 5322 §2.2.3).
fn unfolded(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use domain::{Id, MessageId, Moment};
    use views::mail::Rendered;

    use super::*;
    use crate::gateway::compose::{Letterhead, rfc822};

    #[test]
    fn what_was_composed_is_read_back() {
        let head = Letterhead {
            id: MessageId::from_bits(1),
            follows: None,
            at: Moment::from_seconds(1_800_000_000),
            sender_name: "Boréal Énergie",
            sender: "compta@boreal.example",
            reply_to: "bonjour@boreal.example",
            to_name: None,
            to: "client@delmas.example",
            provider: None,
        };
        let content = Rendered {
            subject: "Échéance : FA-1, 12,30 €".to_owned(),
            text: "Bonjour,\n\nœuvre à régler : 12,30 €\n.\n".to_owned(),
            html: format!("<p>{}</p>", "œuvre à régler ".repeat(40)),
        };
        let bytes = rfc822(&head, &content, &[]).unwrap();
        let found = read(&bytes).unwrap();
        assert_eq!(found.text.trim_end(), content.text.trim_end());
        assert_eq!(found.html.trim_end(), content.html);
        let header = |wanted: &str| {
            let found = found.headers.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.as_str())
        };
        assert_eq!(header("To"), Some("client@delmas.example"));
        assert_eq!(header("Auto-Submitted"), Some("auto-generated"));
        assert!(
            header("Reply-To")
                .unwrap()
                .contains("bonjour@boreal.example")
        );
    }

    #[test]
    fn bytes_that_are_no_message_are_not_read() {
        assert_eq!(read(b""), None);
    }
}
