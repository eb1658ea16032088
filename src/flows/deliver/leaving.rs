//! The commit after which a message counts as leaving, whatever its way.

use domain::message::{Message, MessageKind};
use domain::party::Contact;
use domain::{LinkId, Moment};

use super::{successor, text};
use crate::clock::new_id;
use crate::flows::error::FlowError;
use crate::flows::letter::{Material, Wording, own};
use crate::gateway::link::LinkToken;
use crate::store::link::Link;
use crate::store::outbox::Copy;
use crate::store::{self, Conn, StoreError};

/// Days a link opens.
const LINK_DAYS: i64 = 90;

/// What is marked: the message as its sender read it, with the link that is in it.
pub(super) struct Leaving {
    message: Message,
    contact: Contact,
    epoch: i64,
    hash: [u8; 32],
    link: Link,
    wording: Wording,
}

impl Leaving {
    pub(super) fn new(
        message: &Message,
        material: &Material,
        token: &LinkToken,
        now: Moment,
    ) -> Self {
        Self {
            message: message.clone(),
            contact: material.contact.clone(),
            epoch: material.epoch,
            hash: token.hash(),
            link: Link {
                id: new_id::<LinkId>(),
                supplier: message.supplier,
                debtor: message.debtor,
                contact: message.contact,
                message: Some(message.id),
                created_at: now,
                expires_at: now.plus_days(LINK_DAYS),
                revoked: false,
                scope: material.access().0,
                forward: material.access().1,
            },
            wording: material.wording.clone(),
        }
    }

    /// Marks it, under the guard: an account that changed since it was read is a conflict.
    pub(super) fn mark(&self, conn: &mut Conn, copy: &Copy) -> Result<(), FlowError> {
        let message = &self.message;
        let current = store::debtor::hold(conn, message.supplier, message.debtor)?;
        successor::still_there(conn, message, &self.contact)?;
        // A debit called off meanwhile is not announced either.
        let follows = message.kind.is_reminder() || message.kind == MessageKind::DebitNotice;
        if follows && current != self.epoch {
            return Err(StoreError::Conflict.into());
        }
        store::outbox::start_data(conn, message, copy, current)?;
        own::note(conn, message, &self.wording, self.link.created_at)?;
        if !text::has_no_link(message.kind) {
            store::link::insert(conn, &self.hash, &self.link)?;
        }
        Ok(())
    }
}
