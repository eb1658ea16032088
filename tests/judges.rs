//! Two further judges of the files of direct debits: the schemas that `sepaxml` of PyPI and Tryton
//! ship with their own files. `tests/run` installs both, at the versions of `tests/judges.txt`.
//!
//! Both carry pain.008.001.02 and .08. Neither has pain.002, pain.007 or camt.055, and of the
//! statements Tryton has camt.054 up to .04 only.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use domain::batch::FileVersion;

/// Whose, and the folder below the packages.
const JUDGES: [(&str, &str); 2] = [
    ("sepaxml", "sepaxml/schemas"),
    ("Tryton", "trytond/modules/account_payment_sepa/tests"),
];

/// Where Python keeps the packages of the tests.
fn packages() -> PathBuf {
    let python = std::env::var("ACQUIT_TEST_PYTHON")
        .expect("ACQUIT_TEST_PYTHON names no Python with the judges: run tests/run");
    let code = "import sysconfig; print(sysconfig.get_paths()['purelib'])";
    let output = Command::new(python).args(["-c", code]).output().unwrap();
    PathBuf::from(String::from_utf8(output.stdout).unwrap().trim())
}

fn judged(schema: &Path, file: &Path) -> Output {
    assert!(schema.is_file(), "{} is missing", schema.display());
    Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .args([schema, file])
        .output()
        .expect("xmllint is missing (Debian: libxml2-utils)")
}

#[test]
fn the_golden_files_are_valid_for_the_schemas_of_two_other_programs() {
    let (packages, folder) = (packages(), tempfile::tempdir().unwrap());
    for version in FileVersion::ALL {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let golden = golden.join(format!("{version}.xml"));
        let without = folder.path().join(format!("{version}.xml"));
        let text = std::fs::read_to_string(&golden).unwrap();
        let text = text.replace("<ReqdColltnDt>2026-11-25</ReqdColltnDt>", "");
        std::fs::write(&without, text).unwrap();
        for (judge, below) in JUDGES {
            let schema = packages.join(below).join(format!("{version}.xsd"));
            let good = judged(&schema, &golden);
            let words = String::from_utf8_lossy(&good.stderr);
            assert!(good.status.success(), "{judge}: {words}");
            let bad = judged(&schema, &without);
            let words = String::from_utf8_lossy(&bad.stderr);
            assert!(
                words.contains("ReqdColltnDt"),
                "{judge} sees no fault: {words}"
            );
        }
    }
}
