//! An upload taken apart as it comes: its form's token first, then a file of bounded size.

use actix_multipart::{Field, Multipart};
use views::problem::{Problem, Wrong};

use super::answer::Refusal;
use super::form;
use super::session::Staff;
use crate::web::multipart::{self, Allowance, Cut};

/// Megabytes of a file that this page takes; the command line takes any size.
pub(super) const MEGABYTES_MAX: usize = 50;

/// Bytes of a request: what is beyond the largest file is let go up to here, so that the form can
/// be shown again.
const REQUEST_MAX: usize = 4 * MEGABYTES_MAX * 1_000_000;

/// What was uploaded.
#[derive(Default)]
pub(super) struct Received {
    /// The file's name and bytes, if one came whole.
    pub(super) file: Option<(String, Vec<u8>)>,
    /// The day of its data, as typed.
    pub(super) as_of: String,
    /// Whether it is said to be complete.
    pub(super) complete: bool,
    /// What the document is, as chosen.
    pub(super) kind: String,
    /// What was wrong with the file.
    pub(super) problems: Vec<Problem>,
}

impl Received {
    fn wrong(&mut self, wrong: Wrong) {
        self.problems.push(Problem::new("file", wrong));
    }
}

/// Reads an upload. Nothing of the file is read before the form's token was found right.
pub(super) async fn receive(staff: &Staff, mut parts: Multipart) -> Result<Received, Refusal> {
    staff.check_origin()?;
    let mut received = Received::default();
    let mut trusted = false;
    let mut allowance = Allowance::of(REQUEST_MAX);
    while let Some(part) = multipart::next(&mut parts).await {
        let Ok(mut part) = part else {
            received.wrong(broken_off());
            break;
        };
        match part.name().unwrap_or_default() {
            "csrf" => {
                staff.check_form(&text(&mut part, &mut allowance).await)?;
                trusted = true;
            }
            "as_of" => received.as_of = text(&mut part, &mut allowance).await,
            "complete" => received.complete = text(&mut part, &mut allowance).await == "yes",
            "kind" => received.kind = text(&mut part, &mut allowance).await,
            "file" if trusted => take_file(&mut part, &mut allowance, &mut received).await,
            _ => drop(text(&mut part, &mut allowance).await),
        }
        if allowance.is_spent() {
            break;
        }
    }
    if !trusted {
        staff.check_form("")?;
    }
    if received.file.is_none() && received.problems.is_empty() {
        received.wrong(Wrong::FileMissing);
    }
    Ok(received)
}

/// A short field as a person types it.
async fn text(part: &mut Field, allowance: &mut Allowance) -> String {
    form::typed(&multipart::text(part, allowance).await)
}

async fn take_file(part: &mut Field, allowance: &mut Allowance, received: &mut Received) {
    let name = multipart::file_name(part);
    match multipart::bytes(part, MEGABYTES_MAX * 1_000_000, allowance).await {
        Ok(bytes) if name.is_empty() && bytes.is_empty() => {}
        Ok(bytes) => received.file = Some((name, bytes)),
        Err(Cut::BrokenOff) => received.wrong(broken_off()),
        Err(Cut::TooLarge) => received.wrong(Wrong::FileTooLarge(MEGABYTES_MAX)),
    }
}

fn broken_off() -> Wrong {
    Wrong::FileUnreadable("the upload broke off before its end".to_owned())
}
