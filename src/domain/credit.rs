//! Which credit note of the supplier's books answers which dispute.
//!
//! A credit note usually arrives by the next balance file and says nothing of the dispute. It is
//! taken for the answer only where nothing else can be meant; all else is for a person to decide.

use crate::dispute::DisputeState;
use crate::id::{DisputeId, Id, InvoiceId};
use crate::money::{Money, MoneyError};

/// An open credit note of the books.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// Which item.
    pub id: InvoiceId,
    /// Its number.
    pub number: String,
    /// The debtor's invoices that its reference names; none, when it names nothing known.
    pub names: Vec<InvoiceId>,
    /// Amount of the document.
    pub total: Money,
    /// What of it the books have not used.
    pub open: Money,
}

/// A dispute that still suspends, and what is known of its invoice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// Which dispute.
    pub id: DisputeId,
    /// About which invoice.
    pub invoice: InvoiceId,
    /// How it stands.
    pub state: DisputeState,
    /// How much is disputed.
    pub amount: Money,
    /// What is open of the invoice.
    pub open: Money,
    /// By how much the books alone have lowered the invoice since the dispute was accepted.
    pub fallen: Money,
}

/// What the books say of a dispute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// Nothing.
    Nothing,
    /// This credit note answers it, by this amount.
    Credited(InvoiceId, Money),
    /// The invoice came back lower by what was accepted.
    Deducted,
    /// Something that may answer it: a person must look.
    Unsure,
}

impl Claim {
    /// Whether the books brought this note since the dispute was declared, in its currency. What
    /// was on the account before is no answer to it.
    fn may_take(&self, note: &Note) -> bool {
        note.id.bits() > self.id.bits()
            && note.open.is_positive()
            && note.open.currency() == self.amount.currency()
    }

    fn named_by(&self, note: &Note) -> bool {
        note.names.contains(&self.invoice)
    }

    /// A note that names nothing, of exactly what is disputed, untouched by the books.
    fn equals(&self, note: &Note) -> bool {
        note.names.is_empty() && note.open == self.amount && note.total == self.amount
    }

    /// The notes that may answer it: those that name its invoice, else those of its amount.
    #[must_use]
    pub fn candidates<'a>(&self, notes: &'a [Note]) -> Vec<&'a Note> {
        let new = || notes.iter().filter(|note| self.may_take(note));
        let named: Vec<&Note> = new().filter(|note| self.named_by(note)).collect();
        if named.is_empty() {
            new().filter(|note| self.equals(note)).collect()
        } else {
            named
        }
    }

    /// What the books say of it, beside the other disputes of the debtor.
    fn judge(&self, all: &[Self], notes: &[Note]) -> Result<Finding, MoneyError> {
        let mut others = all.iter().filter(|other| other.id != self.id);
        let found = self.candidates(notes);
        let accepted = self.state == DisputeState::Accepted;
        let only = match found.as_slice() {
            [] => {
                let shared = others.any(|other| other.invoice == self.invoice);
                return Ok(self.fall(accepted, shared));
            }
            [only] if accepted => *only,
            _ => return Ok(Finding::Unsure),
        };
        let enough = !only.open.checked_sub(self.amount)?.is_negative();
        let wanted = |other: &Self| {
            other
                .candidates(notes)
                .iter()
                .any(|note| note.id == only.id)
        };
        if !enough || !self.open.is_positive() || others.any(wanted) {
            return Ok(Finding::Unsure);
        }
        let amount = self.amount.least(self.open)?;
        Ok(Finding::Credited(only.id, amount))
    }

    /// What it means that the books lowered the invoice, and brought no credit note.
    fn fall(&self, accepted: bool, shared: bool) -> Finding {
        if !accepted || !self.fallen.is_positive() {
            return Finding::Nothing;
        }
        let whole = self.fallen == self.amount || self.open.is_zero();
        if whole && !shared {
            Finding::Deducted
        } else {
            Finding::Unsure
        }
    }
}

/// What the books say of each of a debtor's disputes, in their order.
pub fn judge(claims: &[Claim], notes: &[Note]) -> Result<Vec<Finding>, MoneyError> {
    let each = claims.iter().map(|claim| claim.judge(claims, notes));
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{eur, usd};

    /// A dispute of 40.00 about invoice 1, of which 100.00 are open.
    fn claim(id: u128, state: DisputeState) -> Claim {
        Claim {
            id: DisputeId::from_bits(id),
            invoice: InvoiceId::from_bits(1),
            state,
            amount: eur(4_000),
            open: eur(10_000),
            fallen: eur(0),
        }
    }

    fn accepted() -> Claim {
        claim(10, DisputeState::Accepted)
    }

    fn note(id: u128, cents: i64, names: &[u128]) -> Note {
        Note {
            id: InvoiceId::from_bits(id),
            number: format!("AV-{id}"),
            names: names
                .iter()
                .map(|bits| InvoiceId::from_bits(*bits))
                .collect(),
            total: eur(cents),
            open: eur(cents),
        }
    }

    fn by(id: u128, cents: i64) -> Finding {
        Finding::Credited(InvoiceId::from_bits(id), eur(cents))
    }

    #[test]
    fn one_note_that_can_mean_nothing_else_answers() {
        use Finding::{Nothing, Unsure};
        for (name, notes, expected) in [
            ("none", vec![], Nothing),
            ("of its amount", vec![note(20, 4_000, &[])], by(20, 4_000)),
            ("of another amount", vec![note(20, 3_999, &[])], Nothing),
            ("from before it", vec![note(9, 4_000, &[])], Nothing),
            ("of another invoice", vec![note(20, 4_000, &[2])], Nothing),
            ("naming it", vec![note(20, 4_000, &[1])], by(20, 4_000)),
            (
                "naming it, more",
                vec![note(20, 5_000, &[1])],
                by(20, 4_000),
            ),
            ("naming it, less", vec![note(20, 3_000, &[1])], Unsure),
            (
                "naming two instalments",
                vec![note(20, 4_000, &[1, 2])],
                by(20, 4_000),
            ),
            (
                "two alike",
                vec![note(20, 4_000, &[]), note(21, 4_000, &[])],
                Unsure,
            ),
            (
                "two naming it",
                vec![note(20, 4_000, &[1]), note(21, 4_000, &[1])],
                Unsure,
            ),
            (
                "one naming it, one alike",
                vec![note(20, 4_000, &[1]), note(21, 4_000, &[])],
                by(20, 4_000),
            ),
        ] {
            assert_eq!(judge(&[accepted()], &notes), Ok(vec![expected]), "{name}");
        }
    }

    #[test]
    fn a_note_in_another_currency_or_used_in_part_is_no_equal() {
        let mut used = note(20, 4_000, &[]);
        used.total = eur(9_000);
        let mut foreign = note(21, 4_000, &[1]);
        (foreign.total, foreign.open) = (usd(4_000), usd(4_000));
        assert_eq!(
            judge(&[accepted()], &[used, foreign]),
            Ok(vec![Finding::Nothing])
        );
    }

    #[test]
    fn a_dispute_that_nobody_answered_is_shown_the_note_and_left_open() {
        for state in [DisputeState::Open, DisputeState::InfoNeeded] {
            let found = judge(&[claim(10, state)], &[note(20, 4_000, &[])]);
            assert_eq!(found, Ok(vec![Finding::Unsure]), "{state}");
        }
    }

    #[test]
    fn two_disputes_do_not_share_a_note() {
        let other = Claim {
            invoice: InvoiceId::from_bits(2),
            ..claim(11, DisputeState::Open)
        };
        let both = [accepted(), other];
        let found = judge(&both, &[note(20, 4_000, &[])]);
        assert_eq!(found, Ok(vec![Finding::Unsure, Finding::Unsure]));
        let named = judge(&both, &[note(20, 4_000, &[1])]);
        assert_eq!(named, Ok(vec![by(20, 4_000), Finding::Nothing]));
    }

    #[test]
    fn no_more_is_credited_than_is_open() {
        for (open, expected) in [(2_500, by(20, 2_500)), (0, Finding::Unsure)] {
            let claim = Claim {
                open: eur(open),
                ..accepted()
            };
            assert_eq!(judge(&[claim], &[note(20, 4_000, &[])]), Ok(vec![expected]));
        }
    }

    #[test]
    fn an_invoice_that_comes_back_lower_by_what_was_accepted_is_settled() {
        use Finding::{Deducted, Nothing, Unsure};
        for (state, fallen, open, expected) in [
            (DisputeState::Accepted, 4_000, 6_000, Deducted),
            (DisputeState::Accepted, 6_000, 4_000, Unsure),
            (DisputeState::Accepted, 10_000, 0, Deducted),
            (DisputeState::Accepted, 0, 0, Nothing),
            (DisputeState::Accepted, -500, 10_500, Nothing),
            (DisputeState::Open, 4_000, 6_000, Nothing),
        ] {
            let claim = Claim {
                fallen: eur(fallen),
                open: eur(open),
                ..claim(10, state)
            };
            let found = judge(std::slice::from_ref(&claim), &[]);
            assert_eq!(found, Ok(vec![expected]), "{state}: {fallen}, {open} left");
            // A credit note that stands beside the fall explains what the fall does not.
            if state == DisputeState::Accepted && open > 4_000 {
                let found = judge(&[claim], &[note(20, 4_000, &[])]);
                assert_eq!(found, Ok(vec![by(20, 4_000)]));
            }
        }
    }

    #[test]
    fn a_fall_is_not_given_to_one_of_two_disputes_of_an_invoice() {
        let fallen = |id| Claim {
            fallen: eur(4_000),
            ..claim(id, DisputeState::Accepted)
        };
        let found = judge(&[fallen(10), fallen(11)], &[]);
        assert_eq!(found, Ok(vec![Finding::Unsure, Finding::Unsure]));
    }
}
