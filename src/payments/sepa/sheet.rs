//! Text of elements, gathered in a buffer that is handed on whenever it is full.
//!
//! Nothing is escaped, because nothing needs it: what stands in a SEPA file is of a character set
//! without `<`, `>` and `&`, and every text is checked for it before it comes here.

use std::fmt::Write as _;
use std::io;

use domain::bank::Bic;
use domain::batch::FileVersion;
use domain::{Day, Money};

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

    /// A text between what stands before and after it.
    pub(super) fn between(&mut self, before: &str, text: &str, after: &str) {
        for part in [before, text, after] {
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
        let minor = amount.minor();
        if minor < 0 {
            self.text.push('-');
        }
        self.number(minor.unsigned_abs() / 100, 1);
        self.text.push('.');
        self.number(minor.unsigned_abs() % 100, 2);
    }

    /// A day as ISO 8601 has it. Written by hand, as the amounts are: of all that a file holds
    /// these two would cost the most.
    pub(super) fn day(&mut self, day: Day) {
        self.number(day.year().unsigned_abs().into(), 4);
        self.text.push('-');
        self.number(day.month().into(), 2);
        self.text.push('-');
        self.number(day.day().into(), 2);
    }

    /// A number of at least so many digits.
    fn number(&mut self, number: u64, digits: usize) {
        let mut reversed = ['0'; 20];
        let (mut rest, mut written) = (number, 0);
        for place in &mut reversed {
            if rest == 0 && written >= digits {
                break;
            }
            let digit = u32::try_from(rest % 10).ok();
            *place = digit
                .and_then(|digit| char::from_digit(digit, 10))
                .unwrap_or('0');
            rest /= 10;
            written += 1;
        }
        self.text.extend(reversed.iter().take(written).rev());
    }

    /// A bank: its BIC, or the marker that says it was not provided. The element is mandatory, and
    /// banks refuse it empty or with the marker in the BIC's place.
    pub(super) fn agent(&mut self, bic: Option<&Bic>) {
        let tag = match self.version {
            FileVersion::V08 => "BICFI",
            FileVersion::V02 => "BIC",
        };
        match bic {
            Some(bic) => {
                self.raw("<FinInstnId>");
                self.leaf(tag, bic.as_str());
                self.raw("</FinInstnId>");
            }
            None => self.raw("<FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId>"),
        }
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
