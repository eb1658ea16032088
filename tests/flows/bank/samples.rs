//! Every file at hand is imported, waits, or is refused for a reason; taken again, nothing changes.

use std::path::{Path, PathBuf};

use acquit::flows::FlowError;
use domain::statement::FileState;

use super::*;
use crate::support::databases::backends;
use crate::support::source::root;

/// Own files always; those of real banks where they are beside the project.
fn files() -> Vec<(String, PathBuf)> {
    let mut folders = vec![
        root().join("tests/data/bank"),
        root().join("tests/data/camt053"),
    ];
    let shared = root()
        .ancestors()
        .skip(1)
        .map(|place| place.join("shared/bank-samples"))
        .find(|folder| folder.is_dir());
    if let Some(shared) = shared {
        let inside = std::fs::read_dir(shared).unwrap();
        folders.extend(
            inside
                .map(|one| one.unwrap().path())
                .filter(|path| path.is_dir()),
        );
    }
    let mut files = Vec::new();
    for folder in folders {
        let kind = name(&folder);
        for file in std::fs::read_dir(&folder).unwrap() {
            files.push((kind.clone(), file.unwrap().path()));
        }
    }
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// What a file came to: its state and why.
async fn verdict(scene: &Scene, path: &Path) -> (String, String) {
    let bytes = std::fs::read(path).unwrap();
    let (app, supplier) = (&scene.world.app, scene.supplier.id);
    match run(app, supplier, &name(path), bytes).await {
        Ok(booked) => (
            booked.state.to_string(),
            match booked.state {
                FileState::Imported => {
                    format!("{} booked, {} known", booked.movements, booked.known)
                }
                _ => booked.reason.replace('\n', "; "),
            },
        ),
        Err(FlowError::Unusable(why)) => ("refused".to_owned(), why),
        Err(other) => panic!("{}: {other}", path.display()),
    }
}

/// All that a file can change.
fn tables(scene: &Scene) -> Vec<String> {
    let mut conn = scene.world.conn();
    let mut all = Vec::new();
    for query in [
        "SELECT file_id || state || format || reason || movements || booked AS value
         FROM bank_reading ORDER BY file_id",
        "SELECT key || file_id || matching || amount || COALESCE(same_as, '') AS value
         FROM bank_entry ORDER BY key",
        "SELECT tx_id || n || account || amount AS value FROM ledger_line ORDER BY tx_id, n",
        "SELECT id || sha256 AS value FROM bank_file ORDER BY id",
        "SELECT id || state AS value FROM payment ORDER BY id",
    ] {
        all.extend(conn.read_sql(query).unwrap());
    }
    all
}

/// Files that were refused or wait have no movement; of the others each movement is there.
fn whole(scene: &Scene) {
    let mut conn = scene.world.conn();
    let torn = conn
        .read_sql(
            "SELECT r.file_name || ' ' || r.state || ' ' || r.movements AS value
             FROM bank_reading r
             WHERE (r.state IN ('waiting', 'refused', 'discarded') AND EXISTS
                 (SELECT 1 FROM bank_entry e WHERE e.file_id = r.file_id))
               OR (r.state = 'imported' AND r.booked > r.movements)
               OR r.state = 'booking'",
        )
        .unwrap();
    assert_eq!(torn, Vec::<String>::new());
    let unbalanced = conn
        .read_sql(
            "SELECT currency AS value FROM ledger_line GROUP BY currency HAVING SUM(amount) <> 0",
        )
        .unwrap();
    assert_eq!(unbalanced, Vec::<String>::new());
}

#[actix_web::test]
async fn every_file_is_imported_waits_or_is_refused_and_once_is_enough() {
    let files = files();
    assert!(files.len() > 15, "the own files are missing");
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let mut first = Vec::new();
        println!("{backend}: file | kind | result | reason");
        for (kind, path) in &files {
            let (state, why) = verdict(&scene, path).await;
            let short: String = why.chars().take(150).collect();
            println!("{} | {kind} | {state} | {short}", name(path));
            assert!(
                !why.is_empty(),
                "{}: {state} without a reason",
                path.display()
            );
            first.push(state);
        }
        whole(&scene);
        let before = tables(&scene);
        for ((_, path), state) in files.iter().zip(&first) {
            assert_eq!(verdict(&scene, path).await.0, *state, "{}", path.display());
        }
        assert_eq!(tables(&scene), before, "{backend}: taken twice");
        for state in ["imported", "waiting", "refused"] {
            assert!(
                first.iter().any(|one| one == state),
                "{backend}: none {state}"
            );
        }
    }
}
