//! Cards that a debtor's contact lets the provider keep for the next invoice.
//!
//! The provider keeps the card; here is only what names it there and what a person knows it by.

use std::fmt;

use crate::day::{Day, Moment};
use crate::id::{CardId, ContactId, DebtorId, PaymentId, SupplierId};

text_enum! {
    /// States of a saved card.
    pub enum CardState {
        /// Asked for with a payment that has not succeeded.
        Asked = "asked",
        /// The provider keeps it: it can be paid with.
        Kept = "kept",
        /// Taken back here; the provider still has to forget it.
        Leaving = "leaving",
        /// The provider keeps it no more.
        Removed = "removed",
    }
}

text_enum! {
    /// What can happen to a saved card.
    pub enum CardEvent {
        /// The payment succeeded and the provider kept the card.
        Save = "save",
        /// Its contact takes it back, or another of the same number takes its place.
        TakeBack = "take_back",
        /// The provider has forgotten it, as it was told.
        Forget = "forget",
        /// The provider does not have it, or lost it by itself.
        Lose = "lose",
    }
}

machine!(
    "saved_card",
    CardState,
    CardEvent,
    [
        (Asked, Save, Kept),
        (Asked, Lose, Removed),
        (Kept, TakeBack, Leaving),
        (Kept, Lose, Removed),
        (Leaving, Forget, Removed),
    ]
);

/// The month at whose end a card expires.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Expiry {
    /// Year, of four digits.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
}

impl Expiry {
    /// A month of a year; none when there is no such month.
    #[must_use]
    pub fn new(year: u16, month: u8) -> Option<Self> {
        let fits = (2000..=9999).contains(&year) && (1..=12).contains(&month);
        fits.then_some(Self { year, month })
    }

    /// Whether the month is over.
    #[must_use]
    pub fn is_past(self, today: Day) -> bool {
        let now = (today.year(), today.month());
        now > (i32::from(self.year), u32::from(self.month))
    }
}

impl fmt::Display for Expiry {
    /// As it stands on the card: `08/2028`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}/{}", self.month, self.year)
    }
}

/// What the provider says of a card that it keeps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardFace {
    /// The customer it is kept under at the provider.
    pub customer: String,
    /// The provider's own id of the card.
    pub method: String,
    /// Its brand, in the provider's words: `visa`, `cartes_bancaires`.
    pub brand: String,
    /// The last four digits of its number.
    pub last_four: String,
    /// When it expires.
    pub expires: Expiry,
}

/// A card as it is known here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedCard {
    /// Id.
    pub id: CardId,
    /// Whose provider account keeps it.
    pub supplier: SupplierId,
    /// Whose invoices it may pay.
    pub debtor: DebtorId,
    /// Who agreed to it, and alone may pay with it.
    pub contact: ContactId,
    /// The payment that it was asked for with.
    pub payment: PaymentId,
    /// How it stands.
    pub state: CardState,
    /// What it is; none before it is kept, and none after it was forgotten.
    pub face: Option<CardFace>,
    /// When its contact agreed.
    pub agreed_at: Moment,
}

impl SavedCard {
    /// What it can be paid with today, if it can.
    #[must_use]
    pub fn usable(&self, today: Day) -> Option<&CardFace> {
        let face = self.face.as_ref()?;
        let good = self.state == CardState::Kept && !face.expires.is_past(today);
        good.then_some(face)
    }

    /// Whether this is the same piece of plastic, as far as a person can tell.
    #[must_use]
    pub fn looks_like(&self, other: &CardFace) -> bool {
        let key = |face: &CardFace| (face.brand.clone(), face.last_four.clone(), face.expires);
        self.face.as_ref().is_some_and(|own| key(own) == key(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::samples::day;

    fn face(year: u16, month: u8) -> CardFace {
        CardFace {
            customer: "cus_1".into(),
            method: "pm_1".into(),
            brand: "visa".into(),
            last_four: "4242".into(),
            expires: Expiry::new(year, month).unwrap(),
        }
    }

    fn card(state: CardState, face: Option<CardFace>) -> SavedCard {
        SavedCard {
            id: CardId::from_bits(1),
            supplier: SupplierId::from_bits(1),
            debtor: DebtorId::from_bits(1),
            contact: ContactId::from_bits(1),
            payment: PaymentId::from_bits(1),
            state,
            face,
            agreed_at: Moment::from_seconds(0),
        }
    }

    #[test]
    fn a_card_is_good_until_the_last_day_of_its_month() {
        let expires = Expiry::new(2026, 11).unwrap();
        assert!(!expires.is_past(day("2026-11-30")));
        assert!(expires.is_past(day("2026-12-01")));
        assert!(!expires.is_past(day("2025-12-31")));
        assert_eq!(expires.to_string(), "11/2026");
        for (year, month) in [(2026, 0), (2026, 13), (26, 1)] {
            assert_eq!(Expiry::new(year, month), None);
        }
    }

    #[test]
    fn only_a_kept_card_is_paid_with() {
        let today = day("2026-11-22");
        for state in CardState::ALL {
            let usable = card(*state, Some(face(2026, 11))).usable(today).is_some();
            assert_eq!(usable, *state == CardState::Kept, "{state}");
        }
        assert_eq!(card(CardState::Kept, None).usable(today), None);
        assert_eq!(
            card(CardState::Kept, Some(face(2026, 10))).usable(today),
            None
        );
    }

    #[test]
    fn the_same_plastic_is_known_by_its_face() {
        let own = card(CardState::Kept, Some(face(2028, 8)));
        let again = CardFace {
            method: "pm_2".into(),
            ..face(2028, 8)
        };
        assert!(own.looks_like(&again));
        assert!(!own.looks_like(&face(2029, 8)));
        assert!(!card(CardState::Asked, None).looks_like(&again));
    }
}
