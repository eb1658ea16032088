//! Documents of the supplier that belong to an invoice, and how a file's name tells to which.

text_enum! {
    /// What a document is.
    pub enum DocumentKind {
        /// The invoice itself.
        Invoice = "invoice",
        /// The note signed at delivery.
        DeliveryNote = "delivery_note",
    }
}

/// Bytes of the largest document that is taken.
pub const BYTES_MAX: usize = 10_000_000;

/// Pieces of a file's name that are put together in search of a number.
const PIECES_MAX: usize = 12;

/// First words of a file's name that say it is a delivery note.
const DELIVERY: &[&str] = &["bl", "dn"];

/// What the name of a file says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// What it is.
    pub kind: DocumentKind,
    /// What may be the invoice's number, the longest first.
    pub numbers: Vec<String>,
}

/// Reads a file's name: `FA2026-0123.pdf`, `BL_FA2026-0123.pdf`, `FA2026-0123 signed.pdf`. None
/// when it is no PDF by its name.
#[must_use]
pub fn named(file_name: &str) -> Option<Named> {
    let (stem, extension) = file_name.rsplit_once('.')?;
    if !extension.eq_ignore_ascii_case("pdf") {
        return None;
    }
    let first = stem.split([' ', '_', '-']).next().unwrap_or_default();
    let is_note = DELIVERY.iter().any(|word| first.eq_ignore_ascii_case(word));
    let stem = if is_note {
        let rest = stem.get(first.len()..).unwrap_or_default();
        rest.trim_start_matches([' ', '_', '-'])
    } else {
        stem
    };
    let kind = if is_note {
        DocumentKind::DeliveryNote
    } else {
        DocumentKind::Invoice
    };
    let mut numbers = runs(stem);
    numbers.sort_by_key(|number| std::cmp::Reverse(number.chars().count()));
    numbers.dedup();
    Some(Named { kind, numbers })
}

/// Every run of pieces between blanks and underscores, with what stands between them.
fn runs(stem: &str) -> Vec<String> {
    let is_gap = |sign: char| matches!(sign, ' ' | '_');
    let mut bounds = Vec::new();
    let mut start = 0;
    for (at, gap) in stem.match_indices(is_gap) {
        bounds.push((start, at));
        start = at.saturating_add(gap.len());
    }
    bounds.push((start, stem.len()));
    bounds.truncate(PIECES_MAX);
    let mut found = Vec::new();
    for (place, (from, _)) in bounds.iter().enumerate() {
        for (_, to) in bounds.iter().skip(place) {
            found.extend(stem.get(*from..*to).map(ToOwned::to_owned));
        }
    }
    found.retain(|number| !number.trim().is_empty());
    found
}

/// Whether bytes begin as a PDF does (ISO 32000-2, 7.5.2; readers look at the first kilobyte).
#[must_use]
pub fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    head.windows(5).any(|five| five == b"%PDF-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> (DocumentKind, Vec<String>) {
        let named = named(name).unwrap();
        (named.kind, named.numbers)
    }

    #[test]
    fn a_name_tells_the_kind_and_the_number() {
        assert_eq!(
            read("FA2026-0123.pdf"),
            (DocumentKind::Invoice, vec!["FA2026-0123".into()])
        );
        for name in [
            "BL_FA2026-0123.pdf",
            "bl FA2026-0123.PDF",
            "DN-FA2026-0123.pdf",
        ] {
            assert_eq!(
                read(name),
                (DocumentKind::DeliveryNote, vec!["FA2026-0123".into()]),
                "{name}"
            );
        }
    }

    #[test]
    fn other_words_and_numbers_with_gaps_are_tried_longest_first() {
        let (_, numbers) = read("FA_12 signed.pdf");
        assert_eq!(
            numbers,
            ["FA_12 signed", "12 signed", "signed", "FA_12", "FA", "12"]
        );
        assert_eq!(read("BLEU-7.pdf").0, DocumentKind::Invoice);
        let (_, numbers) = read(&format!("{}.pdf", "a ".repeat(500)));
        assert!(numbers.len() < 100, "{}", numbers.len());
    }

    #[test]
    fn other_files_are_not_named() {
        for name in ["FA2026-0123.xml", "FA2026-0123", "", ".pdf.txt"] {
            assert_eq!(named(name), None, "{name}");
        }
        assert_eq!(read(".pdf").1, Vec::<String>::new());
    }

    #[test]
    fn a_pdf_is_known_by_its_beginning() {
        assert!(is_pdf(b"%PDF-1.7\n"));
        assert!(is_pdf(b"\xef\xbb\xbf%PDF-1.4"));
        assert!(!is_pdf(b"<html>"));
        assert!(!is_pdf(b""));
        assert!(!is_pdf(&[vec![0; 2000], b"%PDF-1.7".to_vec()].concat()));
    }
}
