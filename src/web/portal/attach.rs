//! Files on a debtor's form: kept under its key, taken back when ticked, listed again.

use views::attached::File;
use views::problem::{Problem, Wrong};

use crate::app::App;
use crate::flows::attach::{self, Given};
use crate::web::conversation::file;
use crate::web::error::WebError;
use crate::web::form::Fields;
use crate::web::session::Visit;

/// Does what the form says about files; gives those that wait for it now, and what was wrong.
pub(super) async fn take(
    app: &App,
    visit: &Visit,
    (fields, key): (&Fields, &str),
    given: Vec<Given>,
) -> Result<(Vec<File>, Vec<Problem>), WebError> {
    let dropped: Vec<_> = fields
        .all("drop")
        .filter_map(|id| id.parse().ok())
        .collect();
    if !dropped.is_empty() {
        attach::take_back(app, visit.visitor, dropped).await?;
    }
    let refused = attach::keep(app, visit.visitor, key, given).await?;
    let waiting = attach::waiting(app, visit.visitor, key).await?;
    let problem =
        |one: attach::Refused| Problem::new("file", Wrong::FileRefused(one.name, one.why));
    let problems = refused.into_iter().map(problem).collect();
    Ok((waiting.iter().map(file).collect(), problems))
}
