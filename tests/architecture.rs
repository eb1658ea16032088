//! The directions of the code: who may name whom, and which package has which home.
//!
//! The rules themselves are data, in `rules`; here they are held against the tokens of every file.

mod planted;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use self::rules::{
    ACROSS, HOMES, MAY_NAME, NEVER, ONE_FILE, PURE, RAW_SQL, READ_ONLY, WRITERS, lists,
};
use crate::support::paths::{Mentions, mentions};
use crate::support::source::{Source, root, rust_files};

/// The module of the root package a file belongs to, or none for another package.
fn home_module(path: &str) -> Option<&str> {
    let inside = path
        .strip_prefix("src/")
        .filter(|rest| !rest.starts_with("domain/"))?;
    inside
        .split('/')
        .next()
        .map(|first| first.trim_end_matches(".rs"))
}

/// The module path of a file, as `super` counts: `src/web/portal/mod.rs` is `web::portal`.
fn module_path(path: &str) -> Vec<String> {
    let inside = path
        .trim_start_matches(package(path))
        .trim_end_matches(".rs");
    let mut names: Vec<String> = inside.split('/').map(str::to_owned).collect();
    names.pop_if(|last| matches!(last.as_str(), "mod" | "lib" | "main"));
    names
}

/// The package a file belongs to, as its folder.
fn package(path: &str) -> &'static str {
    let folders = ["src/domain/", "views/", "src/"];
    folders
        .into_iter()
        .find(|folder| path.starts_with(folder))
        .unwrap_or("")
}

/// Modules that are compiled for tests only, by package.
type TestModules = BTreeSet<(&'static str, Vec<String>)>;

fn test_modules(sources: &[Source]) -> TestModules {
    let mut found = TestModules::new();
    for source in sources {
        let Ok(named) = mentions(&source.text, &module_path(&source.path)) else {
            continue;
        };
        let modules = named.test_modules.into_iter();
        found.extend(modules.map(|module| (package(&source.path), module)));
    }
    found
}

/// Whether a file is itself, or lies in, a module for tests only.
fn is_test(path: &str, tests: &TestModules) -> bool {
    let module = module_path(path);
    (1..=module.len()).any(|depth| tests.contains(&(package(path), module[..depth].to_vec())))
}

/// Everything one file does against the directions, a line each. Tests may use what they like of
/// other packages and of the system; which of our modules they name is bound all the same.
fn violations(path: &str, text: &str, in_test: bool) -> Vec<String> {
    let mut named = match mentions(text, &module_path(path)) {
        Ok(named) => named,
        Err(error) => return vec![format!("{path}: cannot be read as Rust: {error}")],
    };
    let mut found = against_modules(path, &named);
    if in_test {
        return found;
    }
    named.paths.retain(|mention| !mention.in_test);
    found.extend(against_homes(path, &named));
    found.extend(against_never(path, &named));
    found.extend(against_writes(path, &named));
    found.extend(against_walls(path, text, &named));
    found
}

fn against_modules(path: &str, named: &Mentions) -> Vec<String> {
    let Some(own) = home_module(path) else {
        return Vec::new();
    };
    let Some((_, allowed)) = MAY_NAME.iter().find(|(module, _)| *module == own) else {
        return vec![format!("{path}: module `{own}` has no row in MAY_NAME")];
    };
    let root_name = if own == "main" { "acquit" } else { "crate" };
    let mut found = Vec::new();
    for mention in &named.paths {
        let [first, target, ..] = mention.segments.as_slice() else {
            continue;
        };
        let ruled = MAY_NAME.iter().any(|(module, _)| module == target);
        let fine = target == own || lists(allowed, target);
        if first == root_name && ruled && !fine {
            found.push(format!(
                "{path}:{}: `{own}` must not name `{target}`",
                mention.line
            ));
        }
    }
    found
}

fn against_homes(path: &str, named: &Mentions) -> Vec<String> {
    let mut found = Vec::new();
    for mention in &named.paths {
        let Some(package) = mention.segments.first() else {
            continue;
        };
        let Some((_, homes)) = HOMES.iter().find(|(name, _)| names(name, package)) else {
            continue;
        };
        if !homes.split(' ').any(|home| path.starts_with(home)) {
            found.push(format!(
                "{path}:{}: `{package}` lives in {homes}",
                mention.line
            ));
        }
    }
    found
}

fn against_never(path: &str, named: &Mentions) -> Vec<String> {
    let mut found = Vec::new();
    for mention in &named.paths {
        let full = mention.segments.join("::") + "::";
        for (folder, banned, why) in NEVER {
            if path.starts_with(folder) && full.starts_with(&format!("{banned}::")) {
                found.push(format!("{path}:{}: `{banned}`: {why}", mention.line));
            }
        }
    }
    found
}

fn against_writes(path: &str, named: &Mentions) -> Vec<String> {
    let bound = READ_ONLY.iter().any(|folder| path.starts_with(folder));
    if !bound || WRITERS.contains(&path) {
        return Vec::new();
    }
    let writes = named.calls.iter().filter(|call| call.method == "write");
    writes
        .map(|call| format!("{path}:{}: writes go through flows", call.line))
        .collect()
}

/// The reasons a file gives for working across all suppliers.
fn reasons(text: &str) -> BTreeSet<&str> {
    let after = text.split("Across::").skip(1);
    after
        .filter_map(|rest| rest.split(|letter: char| !letter.is_alphanumeric()).next())
        .collect()
}

fn against_walls(path: &str, text: &str, named: &Mentions) -> Vec<String> {
    if !path.starts_with("src/") || path == "src/store/reach.rs" {
        return Vec::new();
    }
    let across = reasons(text)
        .into_iter()
        .filter(|reason| !ACROSS.contains(&(path, reason)))
        .map(|reason| format!("{path}: works across suppliers for `{reason}`"));
    let raw = named
        .calls
        .iter()
        .filter(|call| RAW_SQL.contains(&call.method.as_str()) && !path.starts_with("src/store/"))
        .map(|call| {
            format!(
                "{path}:{}: raw SQL is for the store and for tests",
                call.line
            )
        });
    across.chain(raw).collect()
}

/// Whether the name of a rule means this package.
fn names(rule: &str, package: &str) -> bool {
    match rule.strip_suffix('*') {
        Some(stem) => package == stem || package.starts_with(&format!("{stem}_")),
        None => package == rule,
    }
}

/// Packages of `ONE_FILE` that more than one file names.
fn scattered<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut homes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, text) in files {
        let Ok(named) = mentions(text, &module_path(path)) else {
            continue;
        };
        for package in ONE_FILE {
            if named
                .paths
                .iter()
                .any(|one| one.segments.first().is_some_and(|n| n == package))
            {
                homes.entry(package).or_default().push(path);
            }
        }
    }
    let many = homes.into_iter().filter(|(_, files)| files.len() > 1);
    many.map(|(package, files)| format!("`{package}` is named in {}", files.join(", ")))
        .collect()
}

fn is_code(path: &str) -> bool {
    path.starts_with("src/") || path.starts_with("views/")
}

#[test]
fn nothing_is_named_against_the_directions() {
    let files = rust_files();
    let tests = test_modules(&files);
    let code = files.iter().filter(|source| is_code(&source.path));
    let found: Vec<String> = code
        .flat_map(|one| violations(&one.path, &one.text, is_test(&one.path, &tests)))
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn who_may_work_across_suppliers_does() {
    let files = rust_files();
    for (path, reason) in ACROSS {
        let source = files.iter().find(|source| source.path == *path);
        let used = source.is_some_and(|source| reasons(&source.text).contains(reason));
        assert!(used, "{path} does not work across suppliers for {reason}");
    }
}

#[test]
fn a_package_that_guards_secrets_has_one_file() {
    let files = rust_files();
    let code = files.iter().filter(|source| is_code(&source.path));
    let found = scattered(code.map(|source| (source.path.as_str(), source.text.as_str())));
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_pure_packages_depend_on_nothing_else() {
    for (manifest, allowed) in PURE {
        let text = std::fs::read_to_string(root().join(manifest)).unwrap();
        let parsed: toml::Table = text.parse().unwrap();
        for name in parsed["dependencies"].as_table().unwrap().keys() {
            assert!(lists(allowed, name), "{manifest}: `{name}` is not allowed");
        }
    }
}
