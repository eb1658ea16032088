//! Files from people: what they are is read off their content, and images are written anew, so
//! that nothing of a photo but its pixels is kept: no place, no device, no hidden payload.

mod picture;
#[cfg(test)]
mod tests;

use domain::attachment::{BYTES_MAX, FileKind, FileRefusal};

/// A file as it will be kept.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What it is.
    pub kind: FileKind,
    /// Its bytes: a PDF's own, an image's written anew.
    pub body: Vec<u8>,
}

/// Looks at a file and makes of it what will be kept. Takes a processor for up to some seconds.
pub fn prepare(bytes: Vec<u8>) -> Result<Prepared, FileRefusal> {
    if bytes.len() > BYTES_MAX {
        return Err(FileRefusal::TooLarge);
    }
    let kind = FileKind::sniff(&bytes)?;
    let body = match kind {
        FileKind::Pdf => bytes,
        FileKind::Jpeg | FileKind::Png => picture::rewrite(kind, &bytes)?,
    };
    Ok(Prepared { kind, body })
}
