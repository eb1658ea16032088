//! Files that people attach: which kinds are taken, how large, and how each is known by its
//! content. What a browser or a name says of a file is never believed.

use crate::day::Moment;
use crate::id::{AttachmentId, DebtorId, DisputeId, RemarkId};

/// Bytes of one file.
pub const BYTES_MAX: usize = 10_000_000;

/// Megabytes of one file, as it is told to people.
pub const MEGABYTES_MAX: usize = BYTES_MAX / 1_000_000;

/// Files of one remark, or of a declaration.
pub const FILES_MAX: usize = 5;

/// Pixels of one image.
pub const PIXELS_MAX: u64 = 40_000_000;

/// Megapixels of one image, as it is told to people.
pub const MEGAPIXELS_MAX: u64 = PIXELS_MAX / 1_000_000;

/// Files of a debtor that wait for their form to be confirmed; the oldest give way.
pub const PENDING_MAX: usize = 20;

/// Hours after which a file goes whose form nobody confirmed: longer than any session.
pub const PENDING_HOURS: i64 = 24;

/// Characters of a file's name that are kept.
pub const NAME_CHARS_MAX: usize = 120;

text_enum! {
    /// The kinds of files that are taken, by their media types.
    pub enum FileKind {
        /// A document; kept as it is.
        Pdf = "application/pdf",
        /// A photo; written anew.
        Jpeg = "image/jpeg",
        /// A screenshot; written anew.
        Png = "image/png",
    }
}

/// What files of each kind begin with.
const BEGINNINGS: &[(FileKind, &[u8])] = &[
    (FileKind::Pdf, b"%PDF-"),
    (FileKind::Jpeg, b"\xff\xd8\xff"),
    (FileKind::Png, b"\x89PNG\r\n\x1a\n"),
];

/// Brands by which files of phones' own photo format name themselves (ISO/IEC 23008-12).
const HEIF_BRANDS: &[&[u8]] = &[
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1",
];

/// Why a file is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FileRefusal {
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// A phone's own photo format, which few computers can show.
    #[error("HEIC photos are not taken")]
    Heic,
    /// Neither PDF nor JPEG nor PNG.
    #[error("neither PDF nor JPEG nor PNG")]
    Kind,
    /// More than [`BYTES_MAX`].
    #[error("the file is too large")]
    TooLarge,
    /// More than [`FILES_MAX`].
    #[error("too many files")]
    TooMany,
    /// More than [`PIXELS_MAX`].
    #[error("the image has too many pixels")]
    TooManyPixels,
    /// It begins like an image and goes on like none.
    #[error("the image cannot be read")]
    Damaged,
}

impl FileKind {
    /// The kind of a file, by its first bytes.
    pub fn sniff(bytes: &[u8]) -> Result<Self, FileRefusal> {
        let known = BEGINNINGS
            .iter()
            .find(|(_, begins)| bytes.starts_with(begins));
        match known {
            Some((kind, _)) => Ok(*kind),
            None if bytes.is_empty() => Err(FileRefusal::Empty),
            None if is_heif(bytes) => Err(FileRefusal::Heic),
            None => Err(FileRefusal::Kind),
        }
    }

    /// Endings that names of this kind may have; the first is given to those that have none.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
        }
    }

    /// The name a file is kept under: without folders, with an ending that tells its kind.
    #[must_use]
    pub fn named(self, given: &str) -> String {
        let bare = bare_name(given);
        let ending = bare.rsplit_once('.').map(|(_, end)| end.to_lowercase());
        if ending.is_some_and(|end| self.endings().contains(&end.as_str())) {
            return bare;
        }
        let first = self.endings().first().copied().unwrap_or_default();
        let bare = if bare.is_empty() { "document" } else { &bare };
        format!("{bare}.{first}")
    }
}

/// A file's name alone: some browsers send the folder too, and nobody types control characters.
#[must_use]
pub fn bare_name(given: &str) -> String {
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = name.chars().filter(|sign| !sign.is_control());
    let cut: String = shown.take(NAME_CHARS_MAX).collect();
    cut.trim().to_owned()
}

/// `ftyp` and a brand of the format after the length of the first box.
fn is_heif(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12);
    bytes.get(4..8) == Some(b"ftyp") && brand.is_some_and(|brand| HEIF_BRANDS.contains(&brand))
}

/// Whether an image of this size may be read at all.
pub fn check_pixels(width: u32, height: u32) -> Result<(), FileRefusal> {
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        Err(FileRefusal::TooManyPixels)
    } else {
        Ok(())
    }
}

/// A file as it is listed: everything but its bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attachment {
    /// Id.
    pub id: AttachmentId,
    /// On whose account.
    pub debtor: DebtorId,
    /// Of which dispute; none while its form waits to be confirmed.
    pub dispute: Option<DisputeId>,
    /// With which remark; none for those of the declaration.
    pub remark: Option<RemarkId>,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Bytes.
    pub size: usize,
    /// When it came.
    pub at: Moment,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (bytes, expected) in [
            (&b"%PDF-1.7\n..."[..], Ok(FileKind::Pdf)),
            (b"\xff\xd8\xff\xe1..", Ok(FileKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n..", Ok(FileKind::Png)),
            (b"", Err(FileRefusal::Empty)),
            (b"\0\0\0\x18ftypheic....", Err(FileRefusal::Heic)),
            (b"\0\0\0\x18ftypmif1....", Err(FileRefusal::Heic)),
            (b"\0\0\0\x18ftypisom....", Err(FileRefusal::Kind)),
            (b"PK\x03\x04word/document.xml", Err(FileRefusal::Kind)),
            (b"MZ\x90\0", Err(FileRefusal::Kind)),
            (b"<svg xmlns=\"\">", Err(FileRefusal::Kind)),
            (b"<!doctype html><script>", Err(FileRefusal::Kind)),
            (b" %PDF-1.7", Err(FileRefusal::Kind)),
            (b"%PDF", Err(FileRefusal::Kind)),
        ] {
            assert_eq!(FileKind::sniff(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn names_lose_folders_and_tell_the_kind() {
        for (kind, given, expected) in [
            (FileKind::Pdf, "C:\\Users\\a\\Bon 12.PDF", "Bon 12.PDF"),
            (FileKind::Jpeg, "../../etc/photo.JPEG", "photo.JPEG"),
            (FileKind::Png, "facture.pdf", "facture.pdf.png"),
            (FileKind::Jpeg, "photo", "photo.jpg"),
            (FileKind::Pdf, "", "document.pdf"),
            (FileKind::Pdf, "a\0b\r\nc\u{9b}.pdf", "abc.pdf"),
            (FileKind::Pdf, "  é à.pdf ", "é à.pdf"),
        ] {
            assert_eq!(kind.named(given), expected);
        }
        let long = FileKind::Pdf.named(&"é".repeat(500));
        assert_eq!(long.chars().count(), NAME_CHARS_MAX + ".pdf".len());
    }

    #[test]
    fn images_have_at_most_forty_megapixels() {
        assert_eq!(check_pixels(8_000, 5_000), Ok(()));
        assert_eq!(check_pixels(8_001, 5_000), Err(FileRefusal::TooManyPixels));
        let most = check_pixels(u32::MAX, u32::MAX);
        assert_eq!(most, Err(FileRefusal::TooManyPixels));
        assert_eq!((MEGABYTES_MAX, MEGAPIXELS_MAX), (10, 40));
    }
}
