//! The columns of an uploaded table, each with what it holds: `c<place>` posts the stable name of
//! the field, or nothing.

use domain::party::Language;
use maud::{Markup, html};

use crate::parts;
use crate::problem::{self, Problem};
use crate::text::Text;
use crate::text::import as t;

/// One column of the file.
#[derive(Clone, Debug)]
pub struct FileColumn {
    /// Its place, from 0: the select's name is `c<place>`.
    pub place: usize,
    /// Its title.
    pub title: String,
    /// The stable name of the field it was recognised as.
    pub field: Option<String>,
    /// Its values in the first rows.
    pub examples: Vec<String>,
}

/// A row for each column: its title, the choice, and what stands in it.
pub(super) fn table(
    lang: Language,
    columns: &[FileColumn],
    fields: &[(&str, Text)],
    problems: &[Problem],
) -> Markup {
    let titles = [
        t::COLUMN.of(lang),
        t::MEANING.of(lang),
        t::EXAMPLES.of(lang),
    ];
    let rows = html! {
        @for column in columns { (row(lang, column, fields, problems)) }
    };
    parts::table(&titles, &[], &rows)
}

fn row(
    lang: Language,
    column: &FileColumn,
    fields: &[(&str, Text)],
    problems: &[Problem],
) -> Markup {
    let name = format!("c{}", column.place);
    let chosen = column.field.as_deref().unwrap_or_default();
    let wrong = problem::at(problems, &name, lang);
    let note = wrong.as_ref().map(|_| format!("{name}-wrong"));
    html! {
        tr {
            th scope="row" { label for=(name) { (column.title) } }
            td {
                @if let Some(words) = &wrong { p.wrong id=[note.as_ref()] { (words) } }
                select id=(name) name=(name) aria-invalid=[wrong.as_ref().map(|_| "true")]
                    aria-describedby=[note.as_ref()] {
                    option value="" selected[chosen.is_empty()] { (t::UNUSED.of(lang)) }
                    @for (field, label) in fields {
                        option value=(field) selected[*field == chosen] { (label.of(lang)) }
                    }
                }
            }
            td { @for value in &column.examples { span.sub { (value) } } }
        }
    }
}
