//! How far a piece of work reaches: the suppliers whose rows PostgreSQL shows it.
//!
//! Every read and write says so; there is no default, and a connection that was told nothing sees
//! nothing (row-level security, ADR 7). SQLite has no such wall: there a reach changes nothing, and
//! the supplier in every key and in every function of the store is the only wall.

use domain::SupplierId;

/// The setting that the policies of migration 0019 read.
const SETTING: &str = "acquit.suppliers";

/// Whose rows a piece of work may see and change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reach(Whose);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Whose {
    One(SupplierId),
    Several(Vec<SupplierId>),
    All,
}

/// Why a piece of work looks at all suppliers: these are all the reasons there are, and a test
/// holds each to the files it is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Across {
    /// A link's token is all that is known; its row says whose it is.
    Link,
    /// Users belong to the installation; whom they work for is known once they are.
    SignIn,
    /// One queue of messages for all suppliers.
    Delivery,
    /// One queue of received events for all suppliers.
    Inbox,
    /// Jobs: which suppliers there are, and what has run out.
    Upkeep,
    /// The command line names suppliers by their codes.
    Command,
    /// The demonstration's mailbox shows what every supplier sent.
    Mailbox,
    /// Tables are made and changed.
    Migration,
    /// A look by hand or by a test, never by a flow.
    Inspection,
}

impl Reach {
    /// Several suppliers: those a member of staff works for. None of them is nobody's rows.
    #[must_use]
    pub fn of(suppliers: &[SupplierId]) -> Self {
        Self(Whose::Several(suppliers.to_vec()))
    }

    /// Nobody's rows.
    #[must_use]
    pub const fn nobody() -> Self {
        Self(Whose::Several(Vec::new()))
    }

    /// What the server is told, for the rest of the session.
    pub(super) fn for_session(&self) -> String {
        format!("SET {SETTING} = '{}'", self.list())
    }

    /// What the server is told, for the rest of the transaction.
    pub(super) fn for_transaction(&self) -> String {
        format!("SET LOCAL {SETTING} = '{}'", self.list())
    }

    /// Ids are letters, digits and `_`: nothing in them ends a text of SQL.
    fn list(&self) -> String {
        match &self.0 {
            Whose::One(id) => id.to_string(),
            Whose::Several(ids) => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                ids.join(",")
            }
            Whose::All => "all".to_owned(),
        }
    }
}

impl From<SupplierId> for Reach {
    fn from(supplier: SupplierId) -> Self {
        Self(Whose::One(supplier))
    }
}

impl From<Across> for Reach {
    fn from(_: Across) -> Self {
        Self(Whose::All)
    }
}

#[cfg(test)]
mod tests {
    use domain::Id;

    use super::*;

    #[test]
    fn the_server_is_told_ids_or_all_or_nothing() {
        let (one, two) = (SupplierId::from_bits(1), SupplierId::from_bits(2));
        assert_eq!(
            Reach::from(one).for_session(),
            format!("SET acquit.suppliers = '{one}'")
        );
        assert_eq!(
            Reach::of(&[one, two]).for_transaction(),
            format!("SET LOCAL acquit.suppliers = '{one},{two}'")
        );
        assert_eq!(
            Reach::from(Across::Link).for_session(),
            "SET acquit.suppliers = 'all'"
        );
        assert_eq!(Reach::nobody().for_session(), "SET acquit.suppliers = ''");
    }
}
