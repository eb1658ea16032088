//! What waits for staff to do by hand: calls, letters, approvals.

use domain::party::Language;
use maud::{Markup, html};

use super::today::SupplierLine;
use crate::paths;
use crate::text::staff::{self as t, ByHand};

/// How much of it waits at one supplier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Waits {
    /// Calls to make.
    pub calls: usize,
    /// Letters to print.
    pub to_print: usize,
    /// Printed letters to post.
    pub to_post: usize,
    /// Messages to approve.
    pub to_approve: usize,
}

impl Waits {
    /// Each of them with where it is done, as far as any waits.
    fn lines(self, supplier: &str) -> Vec<(ByHand, usize, String)> {
        let mut lines = vec![
            (ByHand::Approve, self.to_approve, paths::approvals(supplier)),
            (ByHand::Call, self.calls, paths::calls(supplier)),
            (ByHand::Print, self.to_print, paths::letters(supplier)),
            (ByHand::Post, self.to_post, paths::letters(supplier)),
        ];
        lines.retain(|(_, count, _)| *count > 0);
        lines
    }
}

/// A line for each supplier where any of it waits.
pub(super) fn section(lang: Language, all: &[SupplierLine]) -> Markup {
    let waits = |line: &&SupplierLine| line.waits != Waits::default();
    let some: Vec<&SupplierLine> = all.iter().filter(waits).collect();
    html! {
        @if !some.is_empty() {
            h2 { (t::BY_HAND.of(lang)) }
            ul.plain {
                @for line in some {
                    @for (what, count, place) in line.waits.lines(&line.supplier.code) {
                        li {
                            a href=(place) { (t::by_hand(lang, what, count)) }
                            " · " (line.supplier.name)
                        }
                    }
                }
            }
        }
    }
}
