//! Values that are dear to make and few: made once and kept.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// Values kept at most; all are forgotten when one more comes.
const KEPT_MAX: usize = 500;

/// Values by what they are made from.
pub struct Memo<K, V> {
    kept: RwLock<BTreeMap<K, V>>,
}

impl<K: Ord, V: Clone> Memo<K, V> {
    /// Nothing kept yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            kept: RwLock::new(BTreeMap::new()),
        }
    }

    /// The value of a key, made if there is none.
    pub fn get(&self, key: K, make: impl FnOnce() -> V) -> V {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = kept.get(&key) {
            return value.clone();
        }
        drop(kept);
        let value = make();
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(key, value.clone());
        value
    }
}

impl<K: Ord, V: Clone> Default for Memo<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_and_memory_is_bounded() {
        let memo = Memo::new();
        assert_eq!(memo.get(1, || "one"), "one");
        assert_eq!(memo.get(1, || "other"), "one");
        for key in 2..=KEPT_MAX {
            memo.get(key, || "some");
        }
        assert_eq!(memo.get(1, || "other"), "one");
        memo.get(0, || "one too many");
        assert_eq!(memo.get(1, || "made anew"), "made anew");
    }
}
