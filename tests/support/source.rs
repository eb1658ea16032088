//! The project's own files, for the tests that hold them to their rules.
//!
//! Reads the tree as it lies on disk, so that a file counts before it is committed. It never
//! follows a symbolic link and never enters what a build or an installer made.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that hold no source of ours: build results, packages, snapshots of output.
const SKIPPED: &[&str] = &[".git", "target", "node_modules", "tests/golden"];

/// One text file of the repository.
pub struct Source {
    /// From the top of the repository, with slashes.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// The top of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file of the repository, by path; what is not UTF-8 (an image) is left out.
pub fn text_files() -> Vec<Source> {
    let mut found = Vec::new();
    collect(root(), &mut found).expect("the repository can be read");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Every Rust file of the repository, by path.
pub fn rust_files() -> Vec<Source> {
    text_files()
        .into_iter()
        .filter(|source| source.path.ends_with(".rs"))
        .collect()
}

/// The names in a folder, sorted; none when the folder does not exist.
pub fn names_in(folder: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root().join(folder)) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("a readable entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

fn collect(folder: &Path, found: &mut Vec<Source>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let name = from_root(&path);
        let kind = entry.file_type()?;
        if is_skipped(&name) {
            continue;
        } else if kind.is_dir() {
            collect(&path, found)?;
        } else if kind.is_file()
            && let Ok(text) = String::from_utf8(fs::read(&path)?)
        {
            found.push(Source { path: name, text });
        }
    }
    Ok(())
}

fn from_root(path: &Path) -> String {
    let inside: PathBuf = path
        .strip_prefix(root())
        .expect("inside the repository")
        .into();
    inside.to_string_lossy().replace('\\', "/")
}

fn is_skipped(path: &str) -> bool {
    SKIPPED
        .iter()
        .any(|skipped| path == *skipped || path.ends_with(&format!("/{skipped}")))
}
