//! Addresses of databases in texts that people and logs see: never with the password.

/// Letters that end a part of an address; the client library may quote a single part.
const ENDS: [char; 7] = ['/', ':', '@', '?', '#', '[', ']'];

/// A text about a connection with every trace of the address's password taken out.
pub(super) fn without_password(url: &str, text: &str) -> String {
    let mut secrets: Vec<&str> = passwords(url).collect();
    let parts: Vec<&str> = secrets.iter().flat_map(|one| one.split(ENDS)).collect();
    secrets.extend(parts);
    secrets.retain(|secret| !secret.is_empty());
    // The longest first: a shorter one may be a part of it.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
        .iter()
        .fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
}

/// What stands between the first `:` after the scheme and the last `@`, and `password=` options.
fn passwords(url: &str) -> impl Iterator<Item = &str> {
    let after_scheme = url.split_once("://").map(|(_, rest)| rest);
    let login = after_scheme.and_then(|rest| rest.rsplit_once('@'));
    let password = login.and_then(|(login, _)| login.split_once(':'));
    let options = after_scheme.unwrap_or_default().split(['?', '&']).skip(1);
    let named = options
        .filter_map(|option| option.split_once('='))
        .filter(|(name, _)| name.ends_with("password"))
        .map(|(_, value)| value);
    password
        .map(|(_, password)| password)
        .into_iter()
        .chain(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_password_is_shown() {
        for (url, expected) in [
            (
                "postgres://acquit:s3cret@db:5432/a",
                "postgres://acquit:***@db:5432/a",
            ),
            (
                "postgres://u:p%40ss@h/d?sslmode=require",
                "postgres://u:***@h/d?sslmode=require",
            ),
            ("postgres://u:qq@zz/xx:ww@h/d", "postgres://u:***@h/d"),
            (
                "postgres://h/d?user=u&password=s3cret&sslmode=require",
                "postgres://h/d?user=u&password=***&sslmode=require",
            ),
            ("postgres://u@h/d", "postgres://u@h/d"),
            ("postgres://u:@h/d", "postgres://u:@h/d"),
            ("/var/lib/acquit.db", "/var/lib/acquit.db"),
        ] {
            assert_eq!(without_password(url, url), expected);
        }
    }

    #[test]
    fn a_part_that_the_client_library_quotes_is_taken_out() {
        let url = "postgres://u:qq/zz@h/d";
        let said = "invalid integer value \"qq\" for connection option \"port\"";
        let shown = without_password(url, said);
        assert_eq!(
            shown,
            "invalid integer value \"***\" for connection option \"port\""
        );
    }
}
