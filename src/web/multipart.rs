//! Forms that carry files, taken apart as they come, within limits of bytes.

use actix_multipart::{Field, Multipart};
use domain::attachment::bare_name;
use futures_util::StreamExt;

/// Bytes of any field that is not a file.
const TEXT_MAX: usize = 64 * 1024;

/// Why a file did not come whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cut {
    /// More bytes than it may have; the rest was let go.
    TooLarge,
    /// The connection ended before the file did.
    BrokenOff,
}

/// How many bytes a request may still bring, of whatever kind.
pub(super) struct Allowance(usize);

impl Allowance {
    /// A request of at most so many bytes.
    pub(super) const fn of(bytes: usize) -> Self {
        Self(bytes)
    }

    /// Whether the request brought more than it may.
    pub(super) const fn is_spent(&self) -> bool {
        self.0 == 0
    }

    fn spend(&mut self, bytes: usize) {
        self.0 = self.0.saturating_sub(bytes);
    }
}

/// The bytes of a part. What is beyond `most` is read and let go, so that the parts after it are
/// still understood; what is beyond the allowance is not read at all.
pub(super) async fn bytes(
    part: &mut Field,
    most: usize,
    allowance: &mut Allowance,
) -> Result<Vec<u8>, Cut> {
    let mut kept = Vec::new();
    let mut fits = true;
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|_| Cut::BrokenOff)?;
        allowance.spend(chunk.len());
        if allowance.is_spent() {
            return Err(Cut::TooLarge);
        }
        fits = fits && kept.len() + chunk.len() <= most;
        if fits {
            kept.extend_from_slice(&chunk);
        } else {
            kept = Vec::new();
        }
    }
    if fits { Ok(kept) } else { Err(Cut::TooLarge) }
}

/// A short field as text; a longer one reads as empty.
pub(super) async fn text(part: &mut Field, allowance: &mut Allowance) -> String {
    let bytes = bytes(part, TEXT_MAX, allowance).await.unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The name of the file in a part, without its folder; empty when none was chosen.
pub(super) fn file_name(part: &Field) -> String {
    part.content_disposition()
        .and_then(|disposition| disposition.get_filename())
        .map_or_else(String::new, bare_name)
}

/// The next part; `None` at the end, `Err` when the request broke off.
pub(super) async fn next(parts: &mut Multipart) -> Option<Result<Field, Cut>> {
    let part = parts.next().await?;
    Some(part.map_err(|_| Cut::BrokenOff))
}
