//! E-mail addresses of a cell.

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
