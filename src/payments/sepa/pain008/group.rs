//! Sorting debits into blocks.

use domain::Day;
use domain::bank::{Bic, CreditorId, Iban};
use domain::mandate::{Scheme, Usage};

use super::{Block, DirectDebit, Terms};

/// Groups debits by their terms; whatever the order they come in, the same debits give the same
/// blocks. Block ids are `{file_id}-1`, `{file_id}-2` and so on.
pub fn blocks<I>(file_id: &str, debits: I) -> Vec<Block>
where
    I: IntoIterator<Item = (Terms, DirectDebit)>,
{
    let mut all: Vec<_> = debits.into_iter().collect();
    all.sort_by(|(terms, debit), (other_terms, other)| {
        order(terms)
            .cmp(&order(other_terms))
            .then_with(|| debit.end_to_end_id.cmp(&other.end_to_end_id))
    });
    let mut blocks: Vec<Block> = Vec::new();
    for (terms, debit) in all {
        match blocks.last_mut() {
            Some(block) if block.terms == terms => block.debits.push(debit),
            _ => blocks.push(Block {
                id: format!("{file_id}-{}", blocks.len() + 1),
                terms,
                debits: vec![debit],
            }),
        }
    }
    blocks
}

/// What a bank tells blocks apart by.
pub(super) type Key<'a> = (&'a Iban, Option<&'a CreditorId>, Scheme, Usage, Day);

pub(super) fn key(terms: &Terms) -> Key<'_> {
    (
        &terms.creditor.iban,
        terms.creditor.creditor_id.as_ref(),
        terms.scheme,
        terms.sequence,
        terms.collect_on,
    )
}

fn order(terms: &Terms) -> (Key<'_>, &str, Option<&Bic>) {
    let account = &terms.creditor;
    (key(terms), &account.holder, account.bic.as_ref())
}
