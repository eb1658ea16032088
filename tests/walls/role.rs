//! A role that PostgreSQL hides nothing from, and a table without a wall, are named with what to
//! do about them.

use acquit::store::{Across, Conn, Role, wall};

use super::{connect, one, vault};
use crate::support::databases::{Database, backends, owner, with_login};

#[test]
fn what_keeps_the_wall_from_standing_is_named() {
    for backend in backends() {
        let database = Database::migrated(backend, &vault());
        let mut conn = connect(&database, Across::Migration);
        assert_eq!(wall::faults(&mut conn).unwrap(), Vec::<String>::new());
        if backend == "sqlite" {
            continue;
        }
        conn.run_sql("ALTER TABLE contact NO FORCE ROW LEVEL SECURITY")
            .unwrap();
        conn.run_sql("DROP POLICY wall ON staff_user").unwrap();
        let [fault] = &wall::faults(&mut conn).unwrap()[..] else {
            panic!("one fault");
        };
        assert!(
            fault.contains("no wall between suppliers in contact, staff_user"),
            "{fault}"
        );
    }
}

#[test]
fn a_superuser_and_a_role_with_bypassrls_are_named() {
    if !backends().contains(&"postgres") {
        return;
    }
    let database = Database::migrated("postgres", &vault());
    let mut owner = owner(&vault());
    let user = one(&mut owner, "SELECT current_user::text AS value");
    let faults = wall::faults(&mut owner).unwrap();
    assert!(
        faults.iter().any(
            |fault| fault.contains(&format!("'{user}'")) && fault.contains("a role of its own")
        ),
        "{faults:?}"
    );
    let name = acquit::clock::new_id::<domain::UserId>().to_string();
    let make = format!("CREATE ROLE {name} LOGIN BYPASSRLS PASSWORD 'own-{name}'");
    owner.run_sql(&make).unwrap();
    let url = with_login(&database.url, &name, &format!("own-{name}"));
    let mut conn = Conn::open(&url, vault(), Role::Reader, Across::Inspection).unwrap();
    let faults = wall::faults(&mut conn).unwrap();
    assert!(faults[0].contains(&format!("'{name}'")), "{faults:?}");
    drop(conn);
    owner.run_sql(&format!("DROP ROLE {name}")).unwrap();
}
