//! Names and values as an address carries them: the one place where they are encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters (RFC 3986 §2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A value within an address.
pub(super) fn value(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Names and values as the query of an address.
pub(super) fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pair = |(name, text)| format!("{}={}", value(name), value(text));
    let pairs: Vec<String> = pairs.into_iter().map(pair).collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_place_in_an_address() {
        assert_eq!(value("a&b=é ~"), "a%26b%3D%C3%A9%20~");
        assert_eq!(query([("i", "1"), ("q", "é&+")]), "i=1&q=%C3%A9%26%2B");
        assert_eq!(query([]), "");
    }
}
