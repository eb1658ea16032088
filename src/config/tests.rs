//! Which source wins, and what a wrong setting says.

use super::*;

fn sources(flags: &[(&str, &str)], environment: &[(&str, &str)]) -> Sources {
    let own = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    };
    Sources {
        flags: own(flags),
        environment: own(environment),
        file: BTreeMap::new(),
    }
}

#[test]
fn a_flag_wins_over_the_environment_and_the_environment_over_the_file() {
    let mut all = sources(
        &[("listen", "127.0.0.1:1")],
        &[("ACQUIT_LISTEN", "127.0.0.1:2")],
    );
    all.file.insert("listen".into(), "127.0.0.1:3".into());
    assert_eq!(all.get("listen").unwrap(), "127.0.0.1:1");
    all.flags.clear();
    assert_eq!(all.get("listen").unwrap(), "127.0.0.1:2");
    all.environment.clear();
    assert_eq!(all.get("listen").unwrap(), "127.0.0.1:3");
    all.file.clear();
    assert_eq!(all.get("listen").unwrap(), "127.0.0.1:8080");
}

#[test]
fn a_secret_comes_from_the_file_its_variable_names() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    std::fs::write(&path, "abc\n").unwrap();
    let all = sources(&[], &[("ACQUIT_SECRET_FILE", path.to_str().unwrap())]);
    assert_eq!(all.get("secret").unwrap(), "abc");
}

#[test]
fn a_missing_setting_names_itself_its_form_and_an_example() {
    let said = sources(&[], &[])
        .get("database-url")
        .unwrap_err()
        .to_string();
    for part in [
        "database-url",
        "ACQUIT_DATABASE_URL",
        "postgres://",
        "/var/lib/acquit/acquit.db",
    ] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn wrong_settings_are_refused_with_their_form() {
    let base = [
        ("database-url", "a.db"),
        ("secret", "x"),
        ("origin", "https://a.example"),
    ];
    let with = |name: &'static str, value: &'static str| {
        let mut flags = base.to_vec();
        flags.retain(|(known, _)| *known != name);
        flags.push((name, value));
        Config::read(&sources(&flags, &[])).unwrap_err().to_string()
    };
    assert!(with("origin", "a.example").contains("https:// and a host"));
    assert!(with("origin", "https://a.example/path").contains("https:// and a host"));
    assert!(with("listen", "here").contains("127.0.0.1:8080"));
    let mut mail = base.to_vec();
    mail.extend([("smtp-host", "h"), ("smtp-security", "none")]);
    assert!(
        Config::read(&sources(&mail, &[]))
            .unwrap_err()
            .to_string()
            .contains("starttls")
    );
    assert!(Config::read(&sources(&base, &[])).is_ok());
}

#[test]
fn an_unknown_key_of_the_file_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acquit.toml");
    std::fs::write(&path, "lissen = \"127.0.0.1:1\"\n").unwrap();
    let said = Sources::default().read_file(&path).unwrap_err().to_string();
    assert!(
        said.contains("'lissen'") && said.contains("listen"),
        "{said}"
    );
}
