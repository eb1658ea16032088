//! A supplier's own way out: its relay, its signatures, the mailboxes for what comes back. Kept
//! while its settings stay as they are, because connections are.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{MessageId, SupplierId};

use super::compose::digits;
use super::dkim::DkimSigner;
use super::email::Mailer;
use super::mail_events::Provider;

/// How the messages of one supplier leave.
#[derive(Debug, Default)]
pub struct Outlet {
    /// Its own relay; none for the installation's.
    pub mailer: Option<Mailer>,
    /// Who vouches for its messages.
    pub signers: Vec<DkimSigner>,
    /// The mailbox that reports come to.
    pub return_path: Option<String>,
    /// The mailbox that answers come to, when they are to be read here.
    pub replies_to: Option<String>,
    /// Whose webhooks tell what became of messages.
    pub provider: Option<Provider>,
}

impl Outlet {
    /// The sender of the envelope, where reports go: the mailbox for reports with the message's
    /// own digits in it, or the mailbox messages come from.
    #[must_use]
    pub fn envelope_sender(&self, id: MessageId, sender: &str) -> String {
        let path = self
            .return_path
            .as_deref()
            .and_then(|path| path.split_once('@'));
        path.map_or_else(
            || sender.to_owned(),
            |(name, domain)| format!("{name}+{}@{domain}", digits(id)),
        )
    }
}

/// The outlets that were opened, each with the settings it was made from.
#[derive(Debug, Default)]
pub struct Outlets(Mutex<BTreeMap<SupplierId, (String, Arc<Outlet>)>>);

impl Outlets {
    /// The outlet of a supplier: the one that is open, or a new one where the settings changed.
    pub fn get<E>(
        &self,
        supplier: SupplierId,
        settings: &str,
        make: impl FnOnce() -> Result<Outlet, E>,
    ) -> Result<Arc<Outlet>, E> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((made_from, outlet)) = open.get(&supplier)
            && made_from == settings
        {
            return Ok(Arc::clone(outlet));
        }
        let outlet = Arc::new(make()?);
        open.insert(supplier, (settings.to_owned(), Arc::clone(&outlet)));
        Ok(outlet)
    }
}

#[cfg(test)]
mod tests {
    use domain::Id;

    use super::*;

    #[test]
    fn reports_come_back_with_the_messages_digits() {
        let (id, sender) = (MessageId::from_bits(7), "factures@boreal.example");
        let mut outlet = Outlet::default();
        assert_eq!(outlet.envelope_sender(id, sender), sender);
        outlet.return_path = Some("rebonds@mail.boreal.example".into());
        let expected = "rebonds+00000000000000000000000007@mail.boreal.example";
        assert_eq!(outlet.envelope_sender(id, sender), expected);
    }

    #[test]
    fn an_outlet_is_kept_until_its_settings_change() {
        let (outlets, one) = (Outlets::default(), SupplierId::from_bits(1));
        let made = |settings: &str| {
            let make = || Ok::<_, ()>(Outlet::default());
            outlets.get(one, settings, make).unwrap()
        };
        let first = made("a");
        assert!(Arc::ptr_eq(&first, &made("a")));
        let second = made("b");
        assert!(!Arc::ptr_eq(&first, &second));
        let broken = outlets.get(one, "c", || Err("no key"));
        assert_eq!(broken.unwrap_err(), "no key");
        assert!(Arc::ptr_eq(&second, &made("b")), "what worked stays");
    }
}
