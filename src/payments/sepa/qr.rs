//! QR codes as small inline SVG.
//!
//! Attributes only: no style, script, class or colour beyond black on white, so that it shows under
//! a strict content security policy and scans on a dark page too.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

/// Modules along one side of version 13, the largest code of EPC069-12.
const SIDE_MAX: usize = 69;

/// White modules around the code (ISO/IEC 18004).
const MARGIN: usize = 4;

/// Why there is no code.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum QrError {
    /// Nothing to draw.
    #[error("a QR code needs a text")]
    Empty,
    /// More than version 13 holds at level M, 331 bytes.
    #[error("a text of {0} bytes does not fit a QR code of version 13")]
    TooLong(usize),
}

/// Draws a text as one `svg` element, error correction level M, at most version 13.
///
/// It has no size of its own; the page gives it one. Each run of black modules is a stroke.
pub fn svg(text: &str) -> Result<String, QrError> {
    Ok(draw(&modules(text)?))
}

/// The same as rows of modules, dark ones true, without the white around them.
pub fn modules(text: &str) -> Result<Vec<Vec<bool>>, QrError> {
    if text.is_empty() {
        return Err(QrError::Empty);
    }
    let too_long = || QrError::TooLong(text.len());
    let code = QRBuilder::new(text)
        .ecl(ECL::M)
        .build()
        .map_err(|_| too_long())?;
    if code.size > SIDE_MAX {
        return Err(too_long());
    }
    let rows = code.data.chunks(code.size).take(code.size);
    let dark = rows.map(|row| row.iter().map(|module| module.value()).collect());
    Ok(dark.collect())
}

fn draw(rows: &[Vec<bool>]) -> String {
    let side = rows.len() + 2 * MARGIN;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path stroke=\"#000\" d=\"{}\"/></svg>",
        strokes(rows)
    )
}

/// One horizontal line along the middle of each run; moves are relative, which is shortest.
fn strokes(rows: &[Vec<bool>]) -> String {
    let mut path = format!("M{MARGIN} {MARGIN}.5");
    let mut skipped_rows = 0;
    let mut column = 0;
    for row in rows {
        for (start, length) in runs(row) {
            let moved = i64::try_from(start).unwrap_or(0) - i64::try_from(column).unwrap_or(0);
            // Writing to a String cannot fail.
            let _ = write!(path, "m{moved} {skipped_rows}h{length}");
            skipped_rows = 0;
            column = start + length;
        }
        skipped_rows += 1;
    }
    path
}

/// `(start, length)` of each run of dark modules.
fn runs(row: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (place, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == place => *length += 1,
            _ => runs.push((place, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRANSFER: &str = "BCD\n002\n1\nSCT\nAGRIFRPPXXX\nExemple Fournitures SAS\n\
        FR7630006000011234567890189\nEUR12345.67\n\nRF18539007547034";

    /// Paints the strokes back onto a grid.
    fn modules(svg: &str, size: usize) -> Vec<Vec<bool>> {
        let path = svg.split("d=\"M4 4.5").nth(1).unwrap();
        let path = path.split('"').next().unwrap();
        let mut grid = vec![vec![false; size]; size];
        let (mut x, mut y) = (0_i64, 0_usize);
        for stroke in path.split('m').skip(1) {
            let (by, rest) = stroke.split_once(' ').unwrap();
            let (rows, length) = rest.split_once('h').unwrap();
            x += by.parse::<i64>().unwrap();
            y += rows.parse::<usize>().unwrap();
            for _ in 0..length.parse::<usize>().unwrap() {
                grid[y][usize::try_from(x).unwrap()] = true;
                x += 1;
            }
        }
        grid
    }

    #[test]
    fn the_strokes_paint_exactly_the_modules() {
        let code = QRBuilder::new(TRANSFER).ecl(ECL::M).build().unwrap();
        let expected: Vec<Vec<bool>> = (0..code.size)
            .map(|y| (0..code.size).map(|x| code[y][x].value()).collect())
            .collect();
        assert_eq!(modules(&svg(TRANSFER).unwrap(), code.size), expected);
    }

    #[test]
    fn a_transfer_code_is_small_and_inert() {
        let svg = svg(TRANSFER).unwrap();
        assert!(svg.len() <= 4096, "{} bytes", svg.len());
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 5"));
        for refused in ["style", "script", "class", "width", "height", "href", " on"] {
            assert!(!svg.contains(refused), "{refused}");
        }
    }

    #[test]
    fn version_13_is_the_last() {
        let full = svg(&"é".repeat(165)).unwrap();
        assert!(full.contains("viewBox=\"0 0 77 77\""));
        assert!(full.len() <= 8192, "{} bytes", full.len());
        assert_eq!(svg(&"é".repeat(166)), Err(QrError::TooLong(332)));
        assert_eq!(svg(&"é".repeat(5000)), Err(QrError::TooLong(10_000)));
        assert_eq!(svg(""), Err(QrError::Empty));
    }
}
