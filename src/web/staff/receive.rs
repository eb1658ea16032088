//! An upload taken apart as it comes: its form's token first, then a file of bounded size.

use actix_multipart::{Field, Multipart};
use futures_util::StreamExt;
use views::problem::{Problem, Wrong};

use super::answer::Refusal;
use super::form;
use super::session::Staff;

/// Megabytes of a file that this page takes; the command line takes any size.
pub(super) const MEGABYTES_MAX: usize = 50;

/// Bytes of any other field.
const FIELD_MAX: usize = 4 * 1024;

/// Characters of a file's name that are kept.
const NAME_CHARS: usize = 120;

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
    while let Some(part) = parts.next().await {
        let Ok(mut part) = part else {
            received.wrong(broken_off());
            break;
        };
        match part.name().unwrap_or_default() {
            "csrf" => {
                staff.check_form(&text(&mut part).await)?;
                trusted = true;
            }
            "as_of" => received.as_of = text(&mut part).await,
            "complete" => received.complete = text(&mut part).await == "yes",
            "kind" => received.kind = text(&mut part).await,
            "file" if trusted => take_file(&mut part, &mut received).await,
            _ => drop(text(&mut part).await),
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

/// A short field; a longer one reads as empty.
async fn text(part: &mut Field) -> String {
    match part.bytes(FIELD_MAX).await {
        Ok(Ok(bytes)) => form::typed(&String::from_utf8_lossy(&bytes)),
        _ => String::new(),
    }
}

async fn take_file(part: &mut Field, received: &mut Received) {
    let name = part
        .content_disposition()
        .and_then(|disposition| disposition.get_filename())
        .map_or_else(String::new, file_name);
    match part.bytes(MEGABYTES_MAX * 1_000_000).await {
        Ok(Ok(bytes)) if name.is_empty() && bytes.is_empty() => {}
        Ok(Ok(bytes)) => received.file = Some((name, bytes.to_vec())),
        Ok(Err(_)) => received.wrong(broken_off()),
        Err(_) => received.wrong(Wrong::FileTooLarge(MEGABYTES_MAX)),
    }
}

fn broken_off() -> Wrong {
    Wrong::FileUnreadable("the upload broke off before its end".to_owned())
}

/// The name alone: some browsers send the folder too.
fn file_name(given: &str) -> String {
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default();
    form::typed(name).chars().take(NAME_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_without_its_folder() {
        assert_eq!(file_name("C:\\Users\\a\\balance.csv"), "balance.csv");
        assert_eq!(file_name("../../etc/b\0alance.csv\n"), "balance.csv");
        assert_eq!(file_name(&"é".repeat(500)).chars().count(), NAME_CHARS);
    }
}
