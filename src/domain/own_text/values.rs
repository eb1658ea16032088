//! What a text is filled in with.

use std::collections::BTreeMap;

use super::{Slot, Variable, allowed};

/// Invoices that a text goes through, at most; the frame's table says how many more there are.
pub const ITEMS_MAX: usize = 30;

/// One invoice, in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Item {
    /// Its number.
    pub number: String,
    /// Its due day.
    pub due: String,
    /// How much of it.
    pub amount: String,
}

/// Values of one message, in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Values {
    /// By variable.
    pub words: BTreeMap<Variable, String>,
    /// The invoices.
    pub items: Vec<Item>,
}

impl Values {
    /// Usual ones, of every variable that a text of this place may name.
    #[must_use]
    pub fn sample(slot: Slot) -> Self {
        Self::of(slot, 1, |one| one.sample(slot).to_owned())
    }

    /// The longest that are reckoned with.
    #[must_use]
    pub fn widest(slot: Slot) -> Self {
        let wide = |one: Variable| match one {
            Variable::Link => {
                let link = one.sample(slot);
                format!(
                    "{link}{}",
                    "0".repeat(one.width().saturating_sub(link.len()))
                )
            }
            one => "M".repeat(one.width()),
        };
        Self::of(slot, ITEMS_MAX, wide)
    }

    fn of(slot: Slot, items: usize, value: impl Fn(Variable) -> String) -> Self {
        let item = Item {
            number: value(Variable::ItemNumber),
            due: value(Variable::ItemDue),
            amount: value(Variable::ItemAmount),
        };
        let single = |one: &Variable| !one.is_of_item() && *one != Variable::Invoices;
        Self {
            words: allowed(slot)
                .filter(single)
                .map(|one| (one, value(one)))
                .collect(),
            items: vec![item; items],
        }
    }
}
