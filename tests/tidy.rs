//! Sizes and habits that keep the code readable, held by a test rather than by memory.

use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::support::source::{Source, names_in, rust_files, text_files};

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;
const COLUMNS_MAX: usize = 100;

/// Beginnings of paths that exist on one machine only; written so that this file holds none.
const MACHINE_PATHS: &[&str] = &[
    concat!("/wor", "k/"),
    concat!("/roo", "t/"),
    concat!("/hom", "e/"),
];

/// Roots of packages and programs, which no `mod` line names.
const ROOTS: &[&str] = &["lib.rs", "main.rs", "build.rs"];

/// Something with a length, and where it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Length {
    lines: usize,
    at: String,
}

/// Every function of a file, from its `fn` to its closing brace, nested ones counted twice.
fn functions(source: &Source) -> Vec<Length> {
    let tokens = TokenStream::from_str(&source.text)
        .unwrap_or_else(|error| panic!("{}: {error}", source.path));
    let mut found = Vec::new();
    walk(tokens, &source.path, &mut found);
    found
}

fn walk(tokens: TokenStream, path: &str, found: &mut Vec<Length>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Ident(word) if word == "fn" => found.extend(function(&trees[at..], path)),
            TokenTree::Group(group) => walk(group.stream(), path, found),
            _ => {}
        }
    }
}

/// The function that begins here; none for a `fn(…)` type or a signature without a body.
fn function(rest: &[TokenTree], path: &str) -> Option<Length> {
    let TokenTree::Ident(name) = rest.get(1)? else {
        return None;
    };
    let end = rest.iter().find_map(|tree| match tree {
        TokenTree::Punct(punct) if punct.as_char() == ';' => Some(None),
        TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
            Some(Some(body.span_close().end().line))
        }
        _ => None,
    })??;
    let start = rest.first()?.span().start().line;
    Some(Length {
        lines: end - start + 1,
        at: format!("{path}:{start} {name}"),
    })
}

fn files(sources: &[Source]) -> Vec<Length> {
    let sized = |one: &Source| Length {
        lines: one.text.lines().count(),
        at: one.path.clone(),
    };
    sources.iter().map(sized).collect()
}

fn too_long(all: &[Length], max: usize) -> Vec<String> {
    let over = all.iter().filter(|one| one.lines > max);
    over.map(|one| format!("{}: {} lines, {max} at most", one.at, one.lines))
        .collect()
}

fn too_wide(source: &Source) -> Vec<String> {
    let lines = source.text.lines().enumerate();
    let wide = lines.filter(|(_, line)| line.chars().count() > COLUMNS_MAX);
    wide.map(|(at, line)| {
        format!(
            "{}:{}: {} columns",
            source.path,
            at + 1,
            line.chars().count()
        )
    })
    .collect()
}

fn machine_paths(source: &Source) -> Vec<String> {
    let named = |line: &str| MACHINE_PATHS.iter().find(|path| line.contains(**path));
    let lines = source.text.lines().enumerate();
    let found = lines.filter_map(|(at, line)| named(line).map(|path| (at, path)));
    found
        .map(|(at, path)| format!("{}:{}: names {path}", source.path, at + 1))
        .collect()
}

/// Fails with every complaint at once.
fn none(complaints: impl Iterator<Item = String>) {
    let found: Vec<String> = complaints.collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Median and longest, as one line of the report.
fn report(what: &str, mut all: Vec<Length>) -> String {
    all.sort();
    let median = all.get(all.len() / 2).map_or(0, |one| one.lines);
    let longest = all
        .last()
        .map_or(String::new(), |one| format!("{} ({})", one.lines, one.at));
    format!(
        "{what}: {} of them, median {median} lines, longest {longest}",
        all.len()
    )
}

/// Whether some file beside or above names this one in a `mod` line.
fn is_reached(source: &Source, sources: &[Source]) -> bool {
    let (folder, file) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
    if ROOTS.contains(&file) || folder == "benches" || folder == "fuzz/fuzz_targets" {
        return true;
    }
    let (parent, stem) = match file {
        "mod.rs" => folder.rsplit_once('/').unwrap_or(("", folder)),
        _ => (folder, file.trim_end_matches(".rs")),
    };
    let parents = ["mod.rs", "lib.rs", "main.rs"].map(|name| format!("{parent}/{name}"));
    let named = format!("mod {stem};");
    let holders = sources
        .iter()
        .filter(|one| parents.contains(&one.path) || one.path == format!("{parent}.rs"));
    holders
        .flat_map(|one| one.text.lines())
        .any(|line| line.trim_end().ends_with(&named))
}

#[test]
fn files_and_functions_are_short() {
    let sources = rust_files();
    let functions: Vec<Length> = sources.iter().flat_map(functions).collect();
    let mut found = too_long(&files(&sources), FILE_LINES_MAX);
    found.extend(too_long(&functions, FUNCTION_LINES_MAX));
    println!("{}", report("files", files(&sources)));
    println!("{}", report("functions", functions));
    none(found.into_iter());
}

#[test]
fn lines_fit_in_100_columns() {
    none(rust_files().iter().flat_map(too_wide));
}

#[test]
fn every_file_says_first_what_it_is() {
    none(
        rust_files()
            .iter()
            .filter(|one| !one.text.starts_with("//! "))
            .map(|one| format!("{}: begin with a `//!` line", one.path)),
    );
}

#[test]
fn every_file_is_part_of_a_package() {
    let sources = rust_files();
    let lost = sources.iter().filter(|one| !is_reached(one, &sources));
    none(lost.map(|one| format!("{}: no `mod` line names it", one.path)));
}

#[test]
fn no_file_names_a_path_of_one_machine() {
    none(text_files().iter().flat_map(machine_paths));
}

#[test]
fn each_migration_stands_for_both_databases() {
    let sqlite = names_in("migrations/sqlite");
    assert_eq!(sqlite, names_in("migrations/postgres"));
    for name in sqlite {
        let up_and_down = ["down.sql", "up.sql"];
        assert_eq!(names_in(&format!("migrations/sqlite/{name}")), up_and_down);
        assert_eq!(
            names_in(&format!("migrations/postgres/{name}")),
            up_and_down
        );
    }
}

#[test]
fn what_is_too_long_or_too_wide_is_caught() {
    let body = "    let a = 1;\n".repeat(FUNCTION_LINES_MAX);
    let text = format!("trait T {{\n    fn x(f: fn(u8));\n}}\nmod m {{\nfn y() {{\n{body}}}\n}}\n");
    let planted = Source {
        path: "a.rs".to_owned(),
        text,
    };
    let found = functions(&planted);
    assert_eq!(
        found,
        [Length {
            lines: FUNCTION_LINES_MAX + 2,
            at: "a.rs:5 y".to_owned()
        }]
    );
    assert_eq!(too_long(&found, FUNCTION_LINES_MAX).len(), 1);
    let wide = Source {
        path: "a.rs".to_owned(),
        text: "é".repeat(COLUMNS_MAX + 1),
    };
    assert_eq!(too_wide(&wide).len(), 1);
    let just = Source {
        path: "a.rs".to_owned(),
        text: "é".repeat(COLUMNS_MAX),
    };
    assert!(too_wide(&just).is_empty());
}
