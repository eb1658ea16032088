//! The words and bytes of one message.

use std::sync::Arc;

use domain::message::{Message, MessageKind};

use crate::app::App;
use crate::flows::error::FlowError;
use crate::flows::letter::{self, Material};
use crate::gateway::compose::{Letterhead, rfc822};
use crate::gateway::link::LinkToken;
use crate::gateway::outlet::Outlet;
use crate::store::outbox::Copy;

/// Whether a message of this kind carries no link: it goes to whoever has the page open, or to an
/// address that is no longer on file.
pub(super) const fn has_no_link(kind: MessageKind) -> bool {
    matches!(kind, MessageKind::Code | MessageKind::ContactChanged)
}

/// What a message is written with.
pub(super) struct Page<'a> {
    pub(super) app: &'a App,
    pub(super) outlet: &'a Arc<Outlet>,
    pub(super) token: &'a LinkToken,
}

impl Page<'_> {
    /// What is kept of a message: all of it, but for a code, which nobody may read there.
    pub(super) fn kept(
        &self,
        message: &Message,
        material: &Material,
        copy: Copy,
    ) -> Result<Copy, FlowError> {
        match material.without_secrets() {
            Some(bare) => self.compose(message, &bare, &copy.recipient),
            None => Ok(copy),
        }
    }

    pub(super) fn compose(
        &self,
        message: &Message,
        material: &Material,
        recipient: &str,
    ) -> Result<Copy, FlowError> {
        let supplier = &material.supplier;
        let link = if has_no_link(message.kind) {
            String::new()
        } else {
            format!("{}/l/{}", self.app.origin, self.token)
        };
        let today = supplier.zone.day(self.app.now());
        let content = letter::render(message, material, link, today)?;
        let replies = self.outlet.replies_to.as_ref();
        let head = Letterhead {
            id: message.id,
            follows: material.follows,
            at: self.app.now(),
            sender_name: &supplier.name,
            sender: &supplier.sender,
            reply_to: replies.unwrap_or(&supplier.contact_email),
            to_name: material.contact.name.as_deref(),
            to: recipient,
            provider: self.outlet.provider,
        };
        let signed = rfc822(&head, &content, &self.outlet.signers);
        let bytes = signed.map_err(|why| FlowError::Unusable(why.to_string()))?;
        Ok(Copy {
            recipient: recipient.to_owned(),
            subject: content.subject,
            bytes,
        })
    }
}
