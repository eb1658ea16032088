//! From what messages were made: which steps of which scenario, which version of a text.

use std::collections::BTreeMap;

use domain::scenario::Scenario;
use domain::{MessageId, ScenarioId, SupplierId};
use views::happening::{Origin, Steps};

use crate::store::step::Taken;
use crate::store::{self, Conn, StoreError};

/// Reads it for these messages, as far as it is known.
pub(super) fn read(
    conn: &mut Conn,
    supplier: SupplierId,
    messages: &[MessageId],
) -> Result<BTreeMap<MessageId, Origin>, StoreError> {
    let mut found: BTreeMap<MessageId, Origin> = BTreeMap::new();
    let mut shelf = Shelf {
        usual: Scenario::french_default(),
        own: BTreeMap::new(),
    };
    for (message, taken) in store::step::of_messages(conn, supplier, messages)? {
        let steps = shelf.steps(conn, supplier, &taken)?;
        found.entry(message).or_default().steps = steps;
    }
    for (message, text) in store::own_text::of_messages(conn, supplier, messages)? {
        found.entry(message).or_default().text = Some(text.version);
    }
    Ok(found)
}

/// Versions of scenarios that were read, each once, with their names.
struct Shelf {
    usual: Scenario,
    own: BTreeMap<(ScenarioId, u32), (String, Scenario)>,
}

impl Shelf {
    /// The steps of a message, which was planned by one version of one scenario.
    fn steps(
        &mut self,
        conn: &mut Conn,
        supplier: SupplierId,
        taken: &[Taken],
    ) -> Result<Option<Steps>, StoreError> {
        let Some((_, of)) = taken.first() else {
            return Ok(None);
        };
        if let Some(key) = of
            && !self.own.contains_key(key)
        {
            let name = store::scenario::find(conn, supplier, key.0)?.name;
            let version = store::scenario::version(conn, supplier, key.0, key.1)?;
            self.own.insert(*key, (name, version));
        }
        let own = of.and_then(|key| Some((key.1, self.own.get(&key)?)));
        let scenario = own.map_or(&self.usual, |(_, (_, scenario))| scenario);
        let named = |code: &str| scenario.steps.iter().find(|step| step.code == code);
        let days = taken.iter().filter_map(|(code, _)| named(code));
        let mut days: Vec<i64> = days.map(|step| step.offset_days).collect();
        days.sort_unstable();
        days.dedup();
        Ok(Some(Steps {
            scenario: own.map(|(version, (name, _))| (name.clone(), version)),
            days,
        }))
    }
}
