//! What a message says, before it is set as text or HTML.

use domain::party::Language;

use super::{Mail, Rendered, html, own, text};

/// The parts of a message in reading order. Greeting, invoices, link, contact and signature come
/// from the [`Mail`] itself.
pub(super) struct Letter {
    pub(super) subject: String,
    /// What stands above everything, even the greeting.
    pub(super) lead: Option<String>,
    /// Paragraphs before the facts and invoices.
    pub(super) opening: Vec<String>,
    /// What follows them, whoever wrote them.
    pub(super) besides: Option<String>,
    /// Label and value.
    pub(super) facts: Vec<(&'static str, String)>,
    /// What the link is for: the button's label.
    pub(super) action: &'static str,
    /// Paragraphs after the link.
    pub(super) closing: Vec<String>,
    /// Whether overdue invoices are marked: only where they are the subject.
    pub(super) marks_late: bool,
    /// The fact that counts most, by its label.
    pub(super) sum: Option<&'static str>,
    /// A sentence in small print.
    pub(super) note: Option<String>,
}

impl Letter {
    /// A letter of these paragraphs and a link, nothing more.
    pub(super) fn new(subject: String, action: &'static str, opening: Vec<String>) -> Self {
        Self {
            subject,
            lead: None,
            opening,
            besides: None,
            facts: Vec::new(),
            action,
            closing: Vec::new(),
            marks_late: false,
            sum: None,
            note: None,
        }
    }

    pub(super) fn render(mut self, mail: &Mail) -> Rendered {
        if let Some(own) = &mail.own {
            own::put_in(&mut self, own);
        }
        self.opening.extend(self.besides.take());
        if mail.is_trial {
            own::mark_trial(&mut self, mail);
        }
        if mail.language == Language::Fr {
            self.set_french_spaces();
        }
        Rendered {
            text: text::part(mail, &self),
            html: html::part(mail, &self),
            subject: self.subject,
        }
    }

    /// French sets a space that does not break before `:`, `;`, `?` and `!`.
    fn set_french_spaces(&mut self) {
        let values = self.facts.iter_mut().map(|(_, value)| value);
        let texts = self.opening.iter_mut().chain(&mut self.closing);
        for text in texts
            .chain(values)
            .chain(&mut self.note)
            .chain(&mut self.lead)
            .chain([&mut self.subject])
        {
            for sign in [':', ';', '?', '!'] {
                *text = text.replace(&format!(" {sign}"), &format!("\u{a0}{sign}"));
            }
        }
    }
}
