//! Text of elements, gathered in a buffer that is handed on whenever it is full.
//!
//! Nothing is escaped, because nothing needs it: what stands in a SEPA file is of a character set
//! without `<`, `>` and `&`, and every text is checked for it before it comes here.

use std::fmt::Write as _;
use std::io;

use domain::Money;
use domain::bank::Bic;
use domain::batch::FileVersion;

/// Bytes that are gathered before they are handed on.
const FULL: usize = 64 * 1024;

/// The text so far.
pub(super) struct Sheet {
    text: String,
    version: FileVersion,
}

impl Sheet {
    pub(super) fn new(version: FileVersion) -> Self {
        Self {
            text: String::with_capacity(FULL + FULL / 4),
            version,
        }
    }

    /// As it is: tags, and what was checked.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Tags on a line of their own, so that two files can be compared by eye.
    pub(super) fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// An element that holds text alone.
    pub(super) fn leaf(&mut self, tag: &str, text: &str) {
        for part in ["<", tag, ">", text, "</", tag, ">"] {
            self.text.push_str(part);
        }
    }

    /// The same with anything that can be written.
    pub(super) fn shown(&mut self, tag: &str, value: impl std::fmt::Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.text, "<{tag}>{value}</{tag}>");
    }

    /// Euros with two decimals.
    pub(super) fn euros(&mut self, amount: Money) {
        let (whole, cents) = (amount.minor() / 100, amount.minor() % 100);
        let _ = write!(self.text, "{whole}.{cents:02}");
    }

    /// A bank: its BIC, or the marker that says it was not provided. The element is mandatory, and
    /// banks refuse it empty or with the marker in the BIC's place.
    pub(super) fn agent(&mut self, bic: Option<&Bic>) {
        self.raw("<FinInstnId>");
        match (bic, self.version) {
            (Some(bic), FileVersion::V08) => self.leaf("BICFI", bic.as_str()),
            (Some(bic), FileVersion::V02) => self.leaf("BIC", bic.as_str()),
            (None, _) => self.raw("<Othr><Id>NOTPROVIDED</Id></Othr>"),
        }
        self.raw("</FinInstnId>");
    }

    /// A creditor identifier. `PrvtId` also for companies, and `Prtry`, as the EPC's guide has it.
    pub(super) fn creditor_id(&mut self, id: &str) {
        self.raw("<Id><PrvtId><Othr>");
        self.leaf("Id", id);
        self.raw("<SchmeNm><Prtry>SEPA</Prtry></SchmeNm></Othr></PrvtId></Id>");
    }

    /// Hands on what was gathered once it is enough.
    pub(super) fn pass(&mut self, out: &mut impl io::Write) -> io::Result<()> {
        if self.text.len() < FULL {
            return Ok(());
        }
        self.finish(out)
    }

    /// Hands on all that is left.
    pub(super) fn finish(&mut self, out: &mut impl io::Write) -> io::Result<()> {
        out.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }
}
