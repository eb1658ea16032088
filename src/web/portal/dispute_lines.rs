//! The lines that a debtor disputes, as typed and as read.

use domain::Money;
use domain::dispute::lines::{DisputedLine, Fault, LABEL_CHARS_MAX, LINES_MAX, sum};
use domain::party::Language;
use views::portal::dispute::DisputeForm;
use views::portal::dispute_lines::{LineTyped, line_field};
use views::problem::{Problem, Wrong};

use crate::web::form::Fields;
use crate::web::input;

/// Rows of an empty form.
const ROWS: usize = 2;

/// The rows of a form; at least those of an empty one.
pub(super) fn typed(fields: &Fields) -> Vec<LineTyped> {
    let mut faults = fields.all("line_fault");
    let mut amounts = fields.all("line_amount");
    let mut rows: Vec<LineTyped> = fields
        .all("line_label")
        .take(LINES_MAX)
        .map(|label| LineTyped {
            label: label.trim().to_owned(),
            fault: faults.next().and_then(|one| one.parse().ok()),
            amount: amounts.next().unwrap_or_default().trim().to_owned(),
        })
        .collect();
    while rows.len() < ROWS {
        rows.push(LineTyped::default());
    }
    rows
}

/// One more row.
pub(super) fn one_more(form: &mut DisputeForm) {
    if form.rows.len() < LINES_MAX {
        form.rows.push(LineTyped::default());
    }
}

/// The lines and what they add up to, or what is wrong with each.
pub(super) fn read(
    language: Language,
    form: &DisputeForm,
) -> Result<(Money, Vec<DisputedLine>), Vec<Problem>> {
    let currency = form.open.currency();
    let (mut lines, mut problems) = (Vec::new(), Vec::new());
    for (place, row) in (1..).zip(&form.rows).filter(|(_, row)| !row.is_empty()) {
        let amount = input::amount(language, currency, &row.amount);
        let wrong = |name: &str, wrong| Problem::new(&line_field(name, place), wrong);
        problems.extend(label(&row.label).map(|why| wrong("line_label", why)));
        match amount {
            Ok(amount) => lines.push(DisputedLine {
                label: row.label.clone(),
                fault: row.fault.unwrap_or(Fault::Quantity),
                amount,
            }),
            Err(why) => problems.push(wrong("line_amount", why)),
        }
    }
    let first = |wrong| Problem::new(&line_field("line_amount", 1), wrong);
    if lines.is_empty() && problems.is_empty() {
        problems.push(Problem::new(
            &line_field("line_label", 1),
            Wrong::LineMissing,
        ));
    }
    let whole = sum(&lines, currency);
    let fits = |sum: &Money| sum.minor() <= form.open.minor();
    if problems.is_empty() && !whole.as_ref().is_ok_and(fits) {
        problems.push(first(Wrong::LinesAbove(form.open)));
    }
    match whole {
        Ok(amount) if problems.is_empty() => Ok((amount, lines)),
        _ => Err(problems),
    }
}

fn label(typed: &str) -> Option<Wrong> {
    if typed.is_empty() {
        return Some(Wrong::LineMissing);
    }
    let long = typed.chars().count() > LABEL_CHARS_MAX;
    long.then_some(Wrong::TooLong(LABEL_CHARS_MAX))
}
