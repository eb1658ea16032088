//! A database is refused that would lose what it accepted, or whose tables are of another day.

use acquit::clock::new_id;
use acquit::store::{Conn, Settings, Store};

use super::vault;
use crate::support::databases::{Database, backends, owner, with_login};

fn refusal(url: &str) -> String {
    match Store::open(&Settings::new(url), &vault()) {
        Ok(_) => panic!("{url} was opened"),
        Err(why) => why.to_string(),
    }
}

#[test]
fn tables_that_are_not_up_to_date_are_refused() {
    for backend in backends() {
        let database = Database::empty(backend, &vault());
        let why = refusal(&database.url);
        assert!(why.contains("run `acquit migrate`"), "{why}");
    }
}

/// A login of its own, so that its settings reach no other test.
fn with_own_login(work: impl FnOnce(&mut Conn, &str, &str)) {
    if !backends().contains(&"postgres") {
        return;
    }
    let database = Database::migrated("postgres", &vault());
    let mut conn = owner(&vault());
    let name = new_id::<domain::UserId>().to_string();
    let make = format!("CREATE ROLE {name} LOGIN SUPERUSER PASSWORD 'geheim-{name}'");
    conn.run_sql(&make).unwrap();
    work(&mut conn, &name, &database.url);
    conn.run_sql(&format!("DROP ROLE {name}")).unwrap();
}

#[test]
fn a_server_that_confirms_before_it_has_written_is_refused() {
    with_own_login(|conn, name, url| {
        let own = with_login(url, name, &format!("geheim-{name}"));
        drop(Store::open(&Settings::new(&own), &vault()).unwrap());
        for value in ["off", "local"] {
            let set = format!("ALTER ROLE {name} SET synchronous_commit = {value}");
            conn.run_sql(&set).unwrap();
            let why = refusal(&own);
            assert!(
                why.contains(&format!("synchronous_commit is '{value}'")),
                "{why}"
            );
        }
    });
}

#[test]
fn a_failed_connection_is_reported_without_the_password() {
    with_own_login(|_, name, url| {
        let why = refusal(&with_login(url, name, "wrong-s3cret"));
        assert!(why.contains(&format!("postgres://{name}:***@")), "{why}");
        assert!(why.contains("password authentication failed"), "{why}");
        assert!(!why.contains("s3cret"), "{why}");
    });
    let why = refusal("postgres://acquit:wrong-s3cret@127.0.0.1:1/acquit");
    assert!(why.contains("127.0.0.1:1"), "{why}");
    assert!(!why.contains("s3cret"), "{why}");
}
