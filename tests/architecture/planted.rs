//! The checker itself: what it must catch, and what it must leave alone.

use super::{is_test, scattered, test_modules, violations};
use crate::support::source::Source;

/// Sources that break one rule each: (file, source, part of the complaint).
const BROKEN: &[(&str, &str, &str)] = &[
    (
        "src/payments/card.rs",
        "use crate::store::Store;",
        "must not name `store`",
    ),
    (
        "src/payments/card.rs",
        "use super::super::gateway::link;",
        "must not name `gateway`",
    ),
    (
        "src/import/csv.rs",
        "fn f() { crate::flows::settle::run(); }",
        "must not name `flows`",
    ),
    (
        "src/store/invoice.rs",
        "use crate::{clock::Clock, store};",
        "must not name `clock`",
    ),
    (
        "src/flows/settle.rs",
        "fn f(r: &crate::web::Request) {}",
        "must not name `web`",
    ),
    ("src/web/mod.rs", "use crate::jobs;", "must not name `jobs`"),
    (
        "src/main.rs",
        "use acquit::store::Store;",
        "must not name `store`",
    ),
    (
        "src/web/portal/pay.rs",
        "use diesel::prelude::*;",
        "`diesel` lives in",
    ),
    (
        "src/web/mod.rs",
        "fn f() { diesel_migrations::run(); }",
        "`diesel_migrations` lives in",
    ),
    (
        "src/flows/pay.rs",
        "type C = stripe_checkout::Session;",
        "`stripe_checkout` lives in",
    ),
    (
        "src/payments/card.rs",
        "use stripe::Client;",
        "`stripe` lives in",
    ),
    (
        "src/flows/deliver.rs",
        "use lettre::{Message as Mail};",
        "`lettre` lives in",
    ),
    (
        "src/import/mod.rs",
        "use ::quick_xml as xml;",
        "`quick_xml` lives in",
    ),
    (
        "src/config.rs",
        "#[derive(clap::Args)] struct A;",
        "`clap` lives in",
    ),
    (
        "src/gateway/email.rs",
        "use views::mail;",
        "`views` lives in",
    ),
    (
        "src/domain/money.rs",
        "use views::parts;",
        "`views` lives in",
    ),
    (
        "src/domain/day.rs",
        "use acquit::clock::Clock;",
        "`acquit` lives in",
    ),
    (
        "src/domain/day.rs",
        "fn f() { std::fs::read(\"a\"); }",
        "reads and writes nothing",
    ),
    (
        "views/portal/pay.rs",
        "use std::{fmt, env};",
        "markup and nothing else",
    ),
    (
        "src/web/portal/pay.rs",
        "fn f() { maud::html! { p {} } }",
        "markup is written in views",
    ),
    (
        "src/web/staff/team.rs",
        "fn f(s: Store) { s.write(|c| go(c)); }",
        "go through flows",
    ),
    (
        "src/jobs/mod.rs",
        "fn f(s: Store) { s.write::<_, E>(g); }",
        "go through flows",
    ),
    (
        "src/web/portal/account.rs",
        "fn f(s: Store) { s.read(Across::Upkeep, look); }",
        "works across suppliers for `Upkeep`",
    ),
    (
        "src/flows/deliver.rs",
        "fn f(s: Store) { s.report(Across::Inspection, look); }",
        "works across suppliers for `Inspection`",
    ),
    (
        "src/flows/pay.rs",
        "fn f(c: &mut Conn) { c.run_sql(\"SET a.b = 'c'\"); }",
        "raw SQL is for the store",
    ),
    ("src/novelty/mod.rs", "fn f() {}", "has no row"),
    ("src/web/mod.rs", "fn f( {", "cannot be read"),
];

/// Sources that look like a breach and are none: (file, source).
const SOUND: &[(&str, &str)] = &[
    (
        "src/web/mod.rs",
        "//! Not like `diesel::insert`.\nfn f() { say(\"crate::jobs::x\"); }",
    ),
    (
        "src/flows/pay.rs",
        "use crate::payments::stripe;\nfn f() { stripe::open(); }",
    ),
    ("src/import/mod.rs", "mod csv;\nfn f() { csv::rows(); }"),
    (
        "src/flows/pay.rs",
        "use crate::payments::{stripe::{self}};\nfn f() { stripe::open(); }",
    ),
    (
        "src/web/portal/pay.rs",
        "mod tests { use super::super::session; }",
    ),
    ("src/web/mod.rs", "mod tests { use super::headers; }"),
    ("src/jobs/lease.rs", "fn f(s: Store) { s.write(take); }"),
    ("src/flows/settle.rs", "fn f(s: Store) { s.write(record); }"),
    ("src/gateway/compose.rs", "use views::mail;"),
    ("src/web/portal/pay.rs", "use maud::Markup;"),
    ("src/main.rs", "use acquit::cli;"),
    (
        "src/flows/deliver.rs",
        "fn f(s: Store) { s.write(Across::Delivery, claim); }",
    ),
    ("src/store/conn.rs", "fn f() -> impl Fn() + use<> { || () }"),
];

#[test]
fn a_breach_is_caught() {
    for (path, source, complaint) in BROKEN {
        let found = violations(path, source, false);
        let caught = found.len() == 1 && found[0].contains(complaint);
        assert!(
            caught,
            "{path}: {source}\nwants `{complaint}`, found {found:?}"
        );
    }
}

#[test]
fn what_is_sound_passes() {
    for (path, source) in SOUND {
        let found = violations(path, source, false);
        assert!(found.is_empty(), "{path}: {source}\nfound {found:?}");
    }
}

#[test]
fn a_complaint_names_the_line() {
    let found = violations("src/web/mod.rs", "use std::fmt;\n\nuse crate::jobs;", false);
    assert_eq!(found, ["src/web/mod.rs:3: `web` must not name `jobs`"]);
}

#[test]
fn a_test_may_use_the_system_but_not_another_layer() {
    let inline = "#[cfg(test)]\nmod tests { fn f() { std::fs::read(\"a\"); } }";
    assert!(violations("src/domain/day.rs", inline, false).is_empty());
    let outside = "fn f() { std::fs::read(\"a\"); crate::flows::go(); }";
    assert_eq!(
        violations("src/payments/card/tests.rs", outside, true).len(),
        1
    );
}

#[test]
fn a_file_is_a_test_when_its_module_says_so() {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let tests = test_modules(&[
        source(
            "src/domain/lib.rs",
            "#[cfg(test)]\nmod drawings;\npub mod day;",
        ),
        source("src/web/mod.rs", "#[cfg(test)]\nmod tests;\nmod portal;"),
    ]);
    let verdicts = [
        ("src/domain/drawings.rs", true),
        ("src/domain/day.rs", false),
        ("src/web/tests/mod.rs", true),
        ("src/web/tests/portal.rs", true),
        ("src/web/portal.rs", false),
        ("src/drawings.rs", false),
        ("views/tests.rs", false),
    ];
    for (path, wanted) in verdicts {
        assert_eq!(is_test(path, &tests), wanted, "{path}");
    }
}

#[test]
fn a_second_home_for_a_secret_is_caught() {
    let one = ("src/flows/sign_in.rs", "use argon2::Argon2;");
    let other = ("src/web/login.rs", "fn f() { argon2::verify(); }");
    assert!(scattered([one].into_iter()).is_empty());
    assert_eq!(scattered([one, other].into_iter()).len(), 1);
}
