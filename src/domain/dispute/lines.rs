//! The lines of an invoice that a debtor disagrees with. Balances carry no lines, so the debtor
//! names them; their amounts add up to what is disputed, to the cent.

use crate::money::{Currency, Money, MoneyError};

/// Lines of one dispute.
pub const LINES_MAX: usize = 10;

/// Characters of a line's name or number.
pub const LABEL_CHARS_MAX: usize = 80;

text_enum! {
    /// What is wrong with a line.
    pub enum Fault {
        /// Less came than was charged.
        Quantity = "quantity",
        /// It should have cost less.
        Price = "price",
    }
}

/// One line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DisputedLine {
    /// Its name or number on the invoice.
    pub label: String,
    /// What is wrong with it.
    pub fault: Fault,
    /// How much of it is disputed.
    pub amount: Money,
}

/// Why lines are no dispute.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LinesError {
    /// More than [`LINES_MAX`].
    #[error("more than {LINES_MAX} lines")]
    TooMany,
    /// A line without name, or with a longer one than [`LABEL_CHARS_MAX`].
    #[error("a line without name, or with one that is too long")]
    Label,
    /// Of nothing, or of less.
    #[error("a line of nothing")]
    Nothing,
    /// They add up to another amount.
    #[error("the lines add up to {found}, not to {expected}")]
    Sum {
        /// What they add up to.
        found: Money,
        /// What is disputed.
        expected: Money,
    },
    /// Two currencies, or sums out of range.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What lines add up to.
pub fn sum(lines: &[DisputedLine], currency: Currency) -> Result<Money, MoneyError> {
    Money::sum(currency, lines.iter().map(|line| line.amount))
}

/// Whether these lines explain a disputed amount; none at all explain any.
pub fn explain(lines: &[DisputedLine], amount: Money) -> Result<(), LinesError> {
    if lines.is_empty() {
        return Ok(());
    }
    if lines.len() > LINES_MAX {
        return Err(LinesError::TooMany);
    }
    for line in lines {
        let length = line.label.chars().count();
        if line.label.trim().is_empty() || length > LABEL_CHARS_MAX {
            return Err(LinesError::Label);
        }
        if !line.amount.is_positive() {
            return Err(LinesError::Nothing);
        }
    }
    let found = sum(lines, amount.currency())?;
    if found == amount {
        Ok(())
    } else {
        Err(LinesError::Sum {
            found,
            expected: amount,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::samples::{eur, usd};

    fn line(label: &str, amount: Money) -> DisputedLine {
        DisputedLine {
            label: label.to_owned(),
            fault: Fault::Price,
            amount,
        }
    }

    #[test]
    fn lines_add_up_to_the_cent_or_are_refused() {
        let two = [line("1", eur(1_001)), line("2", eur(2_002))];
        assert_eq!(explain(&two, eur(3_003)), Ok(()));
        for expected in [eur(3_002), eur(3_004)] {
            let found = eur(3_003);
            assert_eq!(
                explain(&two, expected),
                Err(LinesError::Sum { found, expected })
            );
        }
        assert_eq!(explain(&[], eur(5)), Ok(()), "an amount alone is enough");
    }

    #[test]
    fn each_line_has_a_name_an_amount_and_one_currency() {
        let long = "é".repeat(LABEL_CHARS_MAX + 1);
        for (line, expected) in [
            (line(" ", eur(5)), LinesError::Label),
            (line(&long, eur(5)), LinesError::Label),
            (line("1", eur(0)), LinesError::Nothing),
            (line("1", eur(-5)), LinesError::Nothing),
        ] {
            assert_eq!(explain(&[line], eur(5)), Err(expected));
        }
        let longest = "é".repeat(LABEL_CHARS_MAX);
        assert!(explain(&[line(&longest, eur(5))], eur(5)).is_ok());
        let foreign = explain(&[line("1", usd(5))], eur(5));
        assert!(matches!(foreign, Err(LinesError::Money(_))));
    }

    proptest! {
        #[test]
        fn up_to_ten_lines_explain_their_sum(cents in prop::collection::vec(1..1_000_i64, 1..14)) {
            let lines: Vec<_> = cents.iter().map(|one| line("a", eur(*one))).collect();
            let whole = eur(cents.iter().sum());
            let expected = if lines.len() > LINES_MAX { Err(LinesError::TooMany) } else { Ok(()) };
            prop_assert_eq!(explain(&lines, whole), expected);
        }
    }
}
