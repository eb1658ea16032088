//! The supplier's own words of a message: those in use, filled in; ours where they fail.

use domain::message::Message;
use domain::own_text::{Draft, Flaw, Part, Slot, Values, check, measure};
use domain::{MessageId, Moment, SupplierId};
use views::mail::{About, Mail, OwnWords, values};
use views::text::own_text::told;

use super::{Fact, Material, page};
use crate::flows::error::FlowError;
use crate::flows::guard::{Actor, note_of, sum};
use crate::store::own_text::OwnText;
use crate::store::{self, Conn, StoreError};
use crate::text_templates::{TemplateError, fill};

/// Whose words a message is in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::flows) enum Wording {
    /// Ours.
    BuiltIn,
    /// The supplier's.
    Own(Box<OwnText>),
    /// Ours, because the supplier's could not be used.
    Failed(Box<OwnText>, String),
}

/// As long as a link gets, for trying a text before there is one.
const LINK: &str = "https://a-portal-of-some-length.example/l/aBwcHBwcHBwcHBwcHBwcHB0Kbc";

impl Material {
    /// Reads in whose words a message is, and tries whether it can be.
    pub(super) fn choose(
        &mut self,
        conn: &mut Conn,
        message: &Message,
        now: Moment,
    ) -> Result<(), StoreError> {
        let Some(slot) = Slot::new(message.kind, self.language(), message.channel) else {
            return Ok(());
        };
        let Some(text) = store::own_text::used(conn, self.supplier.id, slot)? else {
            return Ok(());
        };
        let today = self.supplier.zone.day(now);
        let Ok(mail) = page(message.kind, self, LINK.to_owned(), today) else {
            return Ok(());
        };
        let text = Box::new(text);
        self.wording = match words(slot, &text.draft, &mail, about(&self.fact)) {
            Ok(_) => Wording::Own(text),
            Err(why) => Wording::Failed(text, why),
        };
        Ok(())
    }

    /// The supplier's words for this mail, if it is written in them.
    pub(super) fn own(&self, mail: &Mail) -> Option<OwnWords> {
        let Wording::Own(text) = &self.wording else {
            return None;
        };
        words(text.slot, &text.draft, mail, about(&self.fact)).ok()
    }
}

/// What a text's variables are about.
pub(in crate::flows) fn about(fact: &Fact) -> About<'_> {
    match fact {
        Fact::Formal(facts) => About::Formal(facts),
        Fact::Thanks(facts, _) => About::Thanks(facts),
        Fact::Promise(amount, on, _) => About::Promise(*amount, *on),
        // Nothing is left of a promise whose message is then not sent.
        Fact::Soon(on, left) => sum(left).map_or(About::Account, |sum| About::Promise(sum, *on)),
        Fact::Dispute(facts) => About::Dispute(facts),
        Fact::Said(facts) => About::Answer(facts),
        Fact::ProviderDebit(amount, _) => About::Refused(*amount),
        Fact::Debit(Some(facts)) => About::Debit(facts),
        Fact::Mandate(facts) => About::Mandate(facts),
        _ => About::Account,
    }
}

/// A text filled in for one message. It is looked at once more: what was written for one legal mode
/// may not be sent in another.
pub(in crate::flows) fn words(
    slot: Slot,
    draft: &Draft,
    mail: &Mail,
    about: About<'_>,
) -> Result<OwnWords, String> {
    let said = |flaw: &Flaw| told(slot.language, flaw);
    if let Some(flaw) = check(slot, draft, mail.legal_mode).first() {
        return Err(said(flaw));
    }
    let filled = fill_both(draft, &values(slot, mail, about)).map_err(|why| why.to_string())?;
    let mut flaws = measure(slot, &filled).into_iter();
    // A subject that is too long with this account's values gives way to ours.
    let body = flaws.find(|flaw| flaw.part == Part::Body);
    match body {
        Some(flaw) => Err(said(&flaw)),
        None => Ok(OwnWords {
            subject: filled.subject,
            body: filled.body,
        }),
    }
}

/// Both parts of a text with these values.
pub(in crate::flows) fn fill_both(draft: &Draft, values: &Values) -> Result<Draft, TemplateError> {
    Ok(Draft {
        subject: fill(&draft.subject, values)?,
        body: fill(&draft.body, values)?,
    })
}

/// Notes in whose words a message leaves, in the transaction that marks it so. That a text failed
/// is told once, where its supplier's staff sees it.
pub(in crate::flows) fn note(
    conn: &mut Conn,
    message: &Message,
    wording: &Wording,
    now: Moment,
) -> Result<(), FlowError> {
    match wording {
        Wording::BuiltIn => Ok(()),
        Wording::Own(text) => Ok(store::own_text::name(conn, message, text.id)?),
        Wording::Failed(text, why) => fail(conn, (message.supplier, message.id), (text, why), now),
    }
}

fn fail(
    conn: &mut Conn,
    (supplier, message): (SupplierId, MessageId),
    (text, why): (&OwnText, &str),
    now: Moment,
) -> Result<(), FlowError> {
    if store::own_text::failed(conn, supplier, text.id, (why, now))? {
        tracing::warn!(%supplier, slot = %text.slot, why, "a text of a supplier's own failed");
        let detail = format!("{} · {why}", text.slot);
        let what = ("text.failed", message.to_string(), detail);
        note_of(conn, supplier, (now, &Actor::job("deliver")), what)?;
    }
    Ok(())
}
