//! What every flow is given: the storage, the clock, the ways out.

use std::sync::Arc;

use domain::{Moment, SupplierId};

use crate::clock::Clock;
use crate::gateway::email::Mailer;
use crate::gateway::link::LinkKeys;
use crate::payments::card::CardGateway;
use crate::store::Store;
use crate::vault::Vault;

/// The running application. Cheap to share: everything in it is.
pub struct App {
    /// Where everything is kept.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// How mails leave.
    pub mailer: Mailer,
    /// Hosted card pages.
    pub cards: Arc<dyn CardGateway>,
    /// Keys of the signed links.
    pub links: LinkKeys,
    /// Keys for sessions and sealed columns.
    pub vault: Arc<Vault>,
    /// The portal's origin, such as `https://portail.example.fr`: links and return addresses are
    /// made from it, never from what a request says.
    pub origin: String,
}

impl App {
    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The address a card provider reports to for a supplier.
    #[must_use]
    pub fn stripe_hook(&self, supplier: SupplierId) -> String {
        format!("{}/hooks/stripe/{supplier}", self.origin)
    }
}
