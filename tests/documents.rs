//! Documents that follow from the code are compared with it; `ACQUIT_WRITE=1` writes them anew.

use std::fmt::Write;

use acquit::config::SETTINGS;

use crate::support::source::root;

const HEAD: &str = "# Configuration

Every setting has one name. `database-url`, for example, may be given as

1. the flag `--database-url` (only `database-url`, `origin` and `listen` have one),
2. the environment variable `ACQUIT_DATABASE_URL`,
3. a file named by `ACQUIT_DATABASE_URL_FILE`: for secrets, which belong neither in flags nor in the
   environment,
4. the key `database-url` of the TOML file named by `--config`.

The first that is given wins. A missing or wrong setting is refused at start with its form and an
example. How much is logged is said by `ACQUIT_LOG` (`info`, `acquit=debug`, …).

| setting | what it is | form | default |
|---|---|---|---|
";

fn configuration() -> String {
    let mut text = String::from(HEAD);
    for setting in SETTINGS {
        let default = match setting.default {
            None => format!("must be given, for example {}", setting.example),
            Some("") => "none".to_owned(),
            Some(value) => format!("`{value}`"),
        };
        let (name, what, form) = (setting.name, setting.what, setting.form);
        writeln!(text, "| `{name}` | {what} | {form} | {default} |").unwrap();
    }
    text
}

#[test]
fn the_settings_are_documented_as_they_are() {
    let path = root().join("docs/configuration.md");
    let text = configuration();
    if std::env::var("ACQUIT_WRITE").is_ok() {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == text,
        "docs/configuration.md is out of date: run with ACQUIT_WRITE=1"
    );
}
