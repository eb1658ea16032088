//! Comparison with a stored copy: one tag a line, the style left out.

use std::path::{Path, PathBuf};
use std::{env, fs};

use maud::Markup;
use views::paths;
use views::staff::shell::STAFF_CSS;

/// Fails when the page is not the stored one.
pub fn same(name: &str, page: &Markup) {
    preview(name, page);
    let shown = readable(&page.0);
    let path = folder().join(format!("{name}.html"));
    if env::var_os("ACQUIT_WRITE").is_some() {
        fs::write(&path, &shown).unwrap();
        return;
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == shown,
        "{name} differs from {}; look at it, then write it anew with ACQUIT_WRITE=1\n{shown}",
        path.display()
    );
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/pages")
}

fn preview(name: &str, page: &Markup) {
    if let Some(folder) = env::var_os("ACQUIT_PREVIEW") {
        let link = format!("<link rel=\"stylesheet\" href=\"{}\">", paths::STAFF_CSS);
        let whole = page
            .0
            .replace(&link, &format!("<style>{STAFF_CSS}</style>"));
        fs::write(Path::new(&folder).join(format!("{name}.html")), whole).unwrap();
    }
}

fn readable(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").unwrap_or((page, ""));
    let after = rest.split_once("</style>").map_or("", |(_, after)| after);
    let mut text = format!("{before}{after}").replace("><", ">\n<");
    text.push('\n');
    text
}
