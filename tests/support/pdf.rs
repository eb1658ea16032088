//! What a reader finds in a PDF: poppler's tools, which know nothing of how it was made.

use std::process::Command;

/// What poppler says of every tagged PDF that says whether its tags are suspect.
const SUSPECTS: &str = "Syntax Error: Suspects object is wrong type (boolean)";

/// A PDF and the file it lies in.
pub struct Pdf(tempfile::NamedTempFile);

impl Pdf {
    /// From its bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        Self(file)
    }

    /// Its text, as laid out, spaces made plain.
    pub fn text(&self) -> String {
        let said = self.ask("pdftotext", &["-layout"], Some("-"));
        said.replace(['\u{a0}', '\u{202f}'], " ")
    }

    /// Title, language, tagging and so on, a line each.
    pub fn facts(&self) -> String {
        self.ask("pdfinfo", &[], None)
    }

    /// Its structure with the text of each element.
    pub fn structure(&self) -> String {
        self.ask("pdfinfo", &["-struct-text"], None)
    }

    fn ask(&self, tool: &str, options: &[&str], out: Option<&str>) -> String {
        let mut command = Command::new(tool);
        command.args(options).arg(self.0.path()).args(out);
        let answer = command.output().expect("poppler-utils are installed");
        let complaints = String::from_utf8_lossy(&answer.stderr);
        // Poppler 22 asks the type of this entry wrongly: ISO 32000-1, table 321 says boolean.
        let complaints = complaints.replace(SUSPECTS, "");
        let complaints = complaints.trim();
        assert!(
            answer.status.success() && complaints.is_empty(),
            "{complaints}"
        );
        String::from_utf8_lossy(&answer.stdout).into_owned()
    }
}
