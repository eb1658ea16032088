//! What the columns of an uploaded table hold: as recognised, as chosen, and as it is read by.

use views::problem::Problem;
use views::staff::columns::FileColumn;

use super::form;
use crate::flows::bank_file::columns::{Column, Holds, Mapping};

/// Values that are shown of a column.
const EXAMPLES: usize = 3;

/// What each column holds, by place: nothing, or a field's stable name.
pub(super) type Chosen = Vec<Option<String>>;

/// What is known of the columns.
pub(super) fn recognised<H: Holds>(width: usize, known: &Mapping<H>) -> Chosen {
    let mut chosen = vec![None; width];
    for (field, column) in known.columns() {
        if let Some(place) = chosen.get_mut(column.index) {
            *place = Some(field.name().to_owned());
        }
    }
    chosen
}

/// What was posted for each column; a name that is no field counts as nothing.
pub(super) fn posted<H: Holds>(width: usize, fields: &[(String, String)]) -> Chosen {
    (0..width)
        .map(|place| Some(value(fields, &format!("c{place}"))))
        .map(|name| name.filter(|name| H::named(name).is_some()))
        .collect()
}

/// A posted value without control characters; nothing when it was not posted.
pub(super) fn value(fields: &[(String, String)], name: &str) -> String {
    let found = fields.iter().find(|(known, _)| known == name);
    found.map_or_else(String::new, |(_, value)| form::typed(value))
}

/// The columns as the page shows them.
pub(super) fn columns(
    titles: &[String],
    examples: &[Vec<String>],
    chosen: Chosen,
) -> Vec<FileColumn> {
    let titles = titles.iter().zip(chosen).enumerate();
    titles
        .map(|(place, (title, field))| FileColumn {
            place,
            title: title.clone(),
            field,
            examples: examples
                .iter()
                .filter_map(|row| row.get(place).filter(|cell| !cell.is_empty()).cloned())
                .take(EXAMPLES)
                .collect(),
        })
        .collect()
}

/// The columns that are used; one that holds what another holds already is a problem.
pub(super) fn picked<H: Holds>(
    titles: &[String],
    chosen: &Chosen,
    twice: impl Fn(usize, &'static str) -> Problem,
) -> (Vec<(H, Column)>, Vec<Problem>) {
    let (mut columns, mut problems): (Vec<(H, Column)>, _) = (Vec::new(), Vec::new());
    for (index, (title, name)) in titles.iter().zip(chosen).enumerate() {
        let Some(field) = name.as_deref().and_then(H::named) else {
            continue;
        };
        if columns.iter().any(|(known, _)| *known == field) {
            problems.push(twice(index, field.name()));
        }
        let title = title.clone();
        columns.push((field, Column { title, index }));
    }
    (columns, problems)
}
