//! Texts and e-mail addresses of a cell.

/// A text with its spaces collapsed, otherwise as the customer writes it.
pub(super) fn tidy(text: &str) -> String {
    let is_tidy = |c: char| c == ' ' || !c.is_whitespace();
    if text.chars().all(is_tidy) && !text.contains("  ") {
        return text.trim().to_owned();
    }
    let mut tidied = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !tidied.is_empty() {
            tidied.push(' ');
        }
        tidied.push_str(word);
    }
    tidied
}

/// A value for an error message: at most 80 characters.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

/// The first usable address of a cell that may hold several, or none that is usable.
pub(super) fn email(text: &str) -> Option<String> {
    let between = |c: char| c.is_whitespace() || matches!(c, ';' | ',' | '<' | '>' | '"');
    let found = text.split(between).find(|address| usable(address));
    found.map(str::to_owned)
}

/// ASCII addresses with a domain of two labels or more (RFC 5321 lengths).
fn usable(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let local_sign = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    (1..=64).contains(&local.len())
        && local.chars().all(local_sign)
        && !dots
        && domain.len() <= 253
        && domain.contains('.')
        && domain.split('.').all(label)
}

fn label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_collapse_and_the_spelling_stays() {
        assert_eq!(tidy("  Espaces\u{a0} Doubles\tSAS "), "Espaces Doubles SAS");
        assert_eq!(tidy("=L’Œuvre du  Bois"), "=L’Œuvre du Bois");
    }

    #[test]
    fn the_first_usable_address_counts() {
        for (cell, address) in [
            (
                "compta@a.example ; achats@a.example",
                Some("compta@a.example"),
            ),
            ("facturation@, achats@a.example", Some("achats@a.example")),
            (
                "Compta <Compta@A.example.com>",
                Some("Compta@A.example.com"),
            ),
            ("compta(at)a.example", None),
            ("facturation@", None),
            ("@a.example", None),
            ("a@b", None),
            ("a@b..example", None),
            ("a@-b.example", None),
            ("a..b@c.example", None),
            ("voir service achats", None),
            ("", None),
        ] {
            assert_eq!(email(cell).as_deref(), address, "{cell}");
        }
    }
}
