//! Mandates signed on paper or with another program, as a CSV file: one a row, refused alone.
//!
//! Titles, in any order and either language: `client`/`customer`, `rum`/`reference`,
//! `titulaire`/`holder`, `iban`, `bic`, `signature`/`signed_on`, `type`/`scheme` (CORE or B2B),
//! `usage` (`recurrent`/`recurring` or `unique`/`one_off`), `signataire`/`signatory`,
//! `dernier`/`last_collected_on`, `banque`/`registered` (B2B: whether the debtor's bank knows it).

use std::io::Read;

use domain::Day;
use domain::bank::{Bic, Iban, MandateRef};
use domain::mandate::{Scheme, Usage};

use super::FileError;
use crate::tables::{self, Layout, Record, Records, Step, Text};

/// One mandate of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MandateRow {
    /// Physical line, from 1.
    pub line: u64,
    /// The customer's code in the supplier's books.
    pub customer: String,
    /// Its reference (RUM).
    pub reference: MandateRef,
    /// The account holder.
    pub holder: String,
    /// The account.
    pub iban: Iban,
    /// Its BIC, when given.
    pub bic: Option<Bic>,
    /// The day of signature.
    pub signed_on: Day,
    /// Core or B2B.
    pub scheme: Scheme,
    /// One-off or recurring.
    pub usage: Usage,
    /// Who signed, when known.
    pub signatory: Option<String>,
    /// The last day of collection under it, when there was one.
    pub last_collected_on: Option<Day>,
}

/// A row that was refused: where, which value, and the rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {field} '{value}': {rule}")]
pub struct MandateRefusal {
    /// Physical line, from 1.
    pub line: u64,
    /// Which column.
    pub field: &'static str,
    /// What stood there; of an account number only its beginning.
    pub value: String,
    /// What it has to be.
    pub rule: String,
}

/// Each column: its name here, and the titles it goes by.
const COLUMNS: &[(&str, &str)] = &[
    ("customer", "client customer"),
    ("reference", "rum reference"),
    ("holder", "titulaire holder"),
    ("iban", "iban"),
    ("bic", "bic"),
    ("signed_on", "signature signed_on"),
    ("scheme", "type scheme"),
    ("usage", "usage"),
    ("signatory", "signataire signatory"),
    ("last_collected_on", "dernier last_collected_on"),
    ("registered", "banque registered"),
];

/// Columns without which nothing can be read.
const NEEDED: [&str; 5] = ["customer", "reference", "holder", "iban", "signed_on"];

/// Reads all rows; a missing title is told as the refusal of line 1.
pub fn read<R: Read>(source: R) -> Result<Vec<Result<MandateRow, MandateRefusal>>, FileError> {
    let text = Text::open(source)?;
    let sample = text.window();
    if sample.trim().is_empty() {
        return Err(FileError::Empty);
    }
    let first = sample.lines().next().unwrap_or_default();
    let separators = [b';', b'\t', b','];
    let count = |byte: &u8| first.bytes().filter(|one| one == byte).count();
    let separator = separators.into_iter().max_by_key(count).unwrap_or(b';');
    let layout = Layout {
        separator,
        quoted: true,
        line_end: b'\n',
    };
    let mut records = Records::new(text, layout);
    let mut rows = Vec::new();
    let mut titles: Option<Titles> = None;
    loop {
        match records.advance()? {
            Step::End => return Ok(rows),
            Step::TooLong => rows.push(Err(refusal(
                records.current().line,
                "row",
                "",
                "the line is too long",
            ))),
            Step::Record => match &titles {
                None => match Titles::of(records.current()) {
                    Ok(found) => titles = Some(found),
                    Err(missing) => return Ok(vec![Err(missing)]),
                },
                Some(titles) => rows.extend(titles.row(records.current())),
            },
        }
    }
}

fn refusal(line: u64, field: &'static str, value: &str, rule: &str) -> MandateRefusal {
    let shown = if field == "iban" { 4 } else { 60 };
    MandateRefusal {
        line,
        field,
        value: value.chars().take(shown).collect(),
        rule: rule.to_owned(),
    }
}

/// Which column stands where.
struct Titles {
    places: Vec<(&'static str, usize)>,
}

impl Titles {
    fn of(record: Record<'_>) -> Result<Self, MandateRefusal> {
        let line = record.line;
        let titles: Vec<String> = record.cells().map(str::to_lowercase).collect();
        let mut places = Vec::new();
        for (name, known) in COLUMNS {
            let fits = |title: &String| known.split(' ').any(|one| one == title);
            if let Some(place) = titles.iter().position(fits) {
                places.push((*name, place));
            }
        }
        for needed in NEEDED {
            if !places.iter().any(|(name, _)| *name == needed) {
                let all = titles.join(", ");
                return Err(refusal(line, needed, &all, "the file has no such column"));
            }
        }
        Ok(Self { places })
    }

    fn cell<'a>(&self, record: Record<'a>, name: &str) -> &'a str {
        let found = self.places.iter().find(|(own, _)| *own == name);
        found.map_or("", |(_, place)| record.cell(*place))
    }

    /// The row; none when it is empty.
    fn row(&self, record: Record<'_>) -> Option<Result<MandateRow, MandateRefusal>> {
        if record.cells().all(str::is_empty) {
            return None;
        }
        Some(self.mandate(record))
    }

    fn mandate(&self, record: Record<'_>) -> Result<MandateRow, MandateRefusal> {
        let line = record.line;
        let cell = |name| self.cell(record, name);
        let scheme = self.scheme(record)?;
        let row = MandateRow {
            line,
            customer: self.words(record, "customer")?,
            reference: parsed(line, "reference", cell("reference"))?,
            holder: self.words(record, "holder")?,
            iban: parsed(line, "iban", cell("iban"))?,
            bic: match cell("bic") {
                "" => None,
                bic => Some(parsed(line, "bic", bic)?),
            },
            signed_on: day(line, "signed_on", cell("signed_on"))?,
            scheme,
            usage: self.usage(record)?,
            signatory: Some(cell("signatory").to_owned()).filter(|name| !name.is_empty()),
            last_collected_on: match cell("last_collected_on") {
                "" => None,
                text => Some(day(line, "last_collected_on", text)?),
            },
        };
        if !row.iban.is_sepa() {
            let rule = "the account is outside SEPA: it cannot be debited";
            return Err(refusal(line, "iban", cell("iban"), rule));
        }
        Ok(row)
    }

    fn words(&self, record: Record<'_>, name: &'static str) -> Result<String, MandateRefusal> {
        match self.cell(record, name) {
            "" => Err(refusal(record.line, name, "", "it is missing")),
            text => Ok(text.to_owned()),
        }
    }

    /// B2B only once the debtor's bank has registered the mandate: it refuses every debit before.
    fn scheme(&self, record: Record<'_>) -> Result<Scheme, MandateRefusal> {
        let (line, text) = (record.line, self.cell(record, "scheme"));
        match text.to_uppercase().as_str() {
            "" | "CORE" => Ok(Scheme::Core),
            "B2B" => match self.cell(record, "registered").to_lowercase().as_str() {
                "oui" | "yes" | "1" | "true" => Ok(Scheme::B2b),
                other => {
                    let rule = "a B2B mandate is taken over once the debtor's bank has \
                                registered it: write yes then";
                    Err(refusal(line, "registered", other, rule))
                }
            },
            _ => Err(refusal(line, "scheme", text, "CORE or B2B")),
        }
    }

    fn usage(&self, record: Record<'_>) -> Result<Usage, MandateRefusal> {
        let (line, text) = (record.line, self.cell(record, "usage"));
        match text.to_lowercase().as_str() {
            "" | "recurrent" | "récurrent" | "recurring" | "rcur" => Ok(Usage::Recurring),
            "unique" | "ponctuel" | "one_off" | "ooff" => Ok(Usage::OneOff),
            _ => Err(refusal(line, "usage", text, "recurring or one_off")),
        }
    }
}

fn parsed<T>(line: u64, field: &'static str, text: &str) -> Result<T, MandateRefusal>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let wrong = |why: T::Err| refusal(line, field, text, &why.to_string());
    text.parse().map_err(wrong)
}

fn day(line: u64, field: &'static str, text: &str) -> Result<Day, MandateRefusal> {
    tables::day(text).map_err(|_| refusal(line, field, text, "a day such as 31/12/2026"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: &str = "Client;RUM;Titulaire;IBAN;BIC;Signature;Type;Usage;Banque;Dernier\n";

    fn rows(text: &str) -> Vec<String> {
        let told = |row: Result<MandateRow, MandateRefusal>| match row {
            Ok(row) => format!(
                "{} {} {} {} {} {} {:?}",
                row.line,
                row.customer,
                row.reference,
                row.signed_on,
                row.scheme,
                row.usage,
                row.last_collected_on
            ),
            Err(why) => why.to_string(),
        };
        read(text.as_bytes())
            .unwrap()
            .into_iter()
            .map(told)
            .collect()
    }

    #[test]
    fn mandates_are_read_and_refused_row_by_row() {
        let iban = "FR14 2004 1010 0505 0001 3M02 606";
        let text = format!(
            "{TITLES}C1;RUM-1;SARL Un;{iban};;02/10/2019;CORE;;;15/09/2026\n\
             ;;;;;;;;;\n\
             C2;RUM-2;SA Deux;{iban};PSSTFRPP;2024-01-31;B2B;unique;oui;\n\
             C3;RUM-3;SA Trois;{iban};;31/01/2024;B2B;;;\n\
             C4;RUM-4;SA Quatre;FR15;;31/01/2024;;;;\n\
             C5;RUM-5;;{iban};;31/01/2024;;;;\n\
             C6;RUM-6;SA Six;{iban};;31/02/2024;;;;\n\
             C7;RUM-7;SA Sept;TR330006100519786457841326;;31/01/2024;;;;\n"
        );
        let found = rows(&text);
        let expected = [
            "2 C1 RUM-1 2019-10-02 CORE recurring Some(2026-09-15)",
            "4 C2 RUM-2 2024-01-31 B2B one_off None",
            "line 5: registered '': a B2B mandate is taken over once",
            "line 6: iban 'FR15': an account number of FR has 27",
            "line 7: holder '': it is missing",
            "line 8: signed_on '31/02/2024': a day such as",
            "line 9: iban 'TR33': the account is outside SEPA",
        ];
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found}");
        }
    }

    #[test]
    fn a_file_without_its_columns_says_which() {
        let found = rows("Client;RUM;Titulaire;IBAN\nC1;R;T;X\n");
        assert_eq!(
            found,
            ["line 1: signed_on 'client, rum, titulaire, iban': the file has no such column"]
        );
        assert!(matches!(read(&b" \n"[..]), Err(FileError::Empty)));
    }
}
