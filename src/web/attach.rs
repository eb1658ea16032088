//! Files on a form of either side: kept under its key, taken back when ticked, listed again.

use views::attached::File;
use views::problem::{Problem, Wrong};

use crate::app::App;
use crate::flows::FlowError;
use crate::flows::attach::{self, Given, Giver};
use crate::web::conversation::file;
use crate::web::form::Fields;

/// Does what the form says about files; gives those that wait for it now, and what was wrong, at
/// the field `file`.
pub(super) async fn take(
    app: &App,
    giver: impl Into<Giver>,
    (fields, key): (&Fields, &str),
    given: Vec<Given>,
) -> Result<(Vec<File>, Vec<Problem>), FlowError> {
    let giver = giver.into();
    let dropped: Vec<_> = fields
        .all("drop")
        .filter_map(|id| id.parse().ok())
        .collect();
    if !dropped.is_empty() {
        attach::take_back(app, giver.clone(), dropped).await?;
    }
    let refused = attach::keep(app, giver.clone(), key, given).await?;
    let waiting = attach::waiting(app, giver, key).await?;
    let problem =
        |one: attach::Refused| Problem::new("file", Wrong::FileRefused(one.name, one.why));
    let problems = refused.into_iter().map(problem).collect();
    Ok((waiting.iter().map(file).collect(), problems))
}
