//! `:86:` in the German form, the slash form, or as plain words.

use domain::Money;

use super::fields::Line;
use crate::payments::statements::model::Transaction;
use crate::payments::statements::words::{reference, squeezed};

/// What the text says, by key.
#[derive(Default)]
struct Said {
    end_to_end_id: Option<String>,
    own_reference: Option<String>,
    mandate: Option<String>,
    text: String,
    name: Option<String>,
    account: Option<String>,
    reason: Option<String>,
    charges: Option<String>,
}

/// The payment that a line and its text tell of.
pub(super) fn transaction(line: &Line, amount: Money, text: &str) -> Transaction {
    let said = said(text);
    let code = line.code.get(1..).unwrap_or_default();
    let returned = line.reversal || code == "RTI" || said.reason.is_some();
    let words = if said.text.is_empty() {
        squeezed(&line.more)
    } else {
        said.text
    };
    let charges = said.charges.and_then(|charges| {
        let decimal = charges.replace(',', ".").parse().ok()?;
        let charges = Money::from_decimal(decimal, amount.currency()).ok()?;
        Some(charges).filter(|charges| charges.is_positive())
    });
    Transaction {
        charges,
        bank_ref: line.bank_ref.clone(),
        end_to_end_id: said
            .end_to_end_id
            .or(said.own_reference)
            .or_else(|| line.reference.clone())
            .filter(|text| !["EREF", "KREF", "PREF", "MREF"].contains(&text.as_str())),
        mandate: said.mandate,
        text: words,
        counterparty_name: said.name,
        counterparty_iban: said.account,
        returned,
        return_reason: said.reason,
        fee: !line.credit && !returned && matches!(code, "CHG" | "COM"),
        ..Transaction::plain(amount, line.credit)
    }
}

fn said(text: &str) -> Said {
    let text: String = text.lines().collect();
    let german = text.as_bytes().get(3) == Some(&b'?') || text.contains("?20");
    if german {
        by_question_marks(&text)
    } else if text.starts_with('/') {
        by_slashes(&text)
    } else {
        Said {
            text: squeezed(&text),
            ..Said::default()
        }
    }
}

/// `166?00GUTSCHRIFT?20EREF+…?21…?30BIC?31IBAN?32NAME?33NAME`.
fn by_question_marks(text: &str) -> Said {
    let (mut words, mut name, mut account) = (String::new(), String::new(), String::new());
    for part in text.split('?').skip(1) {
        let Some((key, value)) = part.split_at_checked(2) else {
            continue;
        };
        match key {
            "20" | "21" | "22" | "23" | "24" | "25" | "26" | "27" | "28" | "29" | "60" | "61"
            | "62" | "63" => words.push_str(value),
            "31" => account.push_str(value.trim()),
            "32" | "33" => name.push_str(value),
            _ => {}
        }
    }
    let mut said = by_keywords(&words);
    said.name = reference(&squeezed(&name));
    said.account = reference(&account);
    said
}

const KEYWORDS: [&str; 10] = [
    "EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "COAM+", "OAMT+", "SVWZ+", "ABWA+", "ABWE+",
];

/// `EREF+…KREF+…SVWZ+…`, in any order; text before the first is the payer's too.
fn by_keywords(words: &str) -> Said {
    let mut places: Vec<(usize, &str)> = KEYWORDS
        .iter()
        .filter_map(|key| words.find(key).map(|at| (at, *key)))
        .collect();
    places.sort_unstable();
    let mut said = Said::default();
    let first = places.first().map_or(words.len(), |(at, _)| *at);
    let before = words.get(..first).unwrap_or_default();
    let ends = places
        .iter()
        .skip(1)
        .map(|(at, _)| *at)
        .chain([words.len()]);
    for ((at, key), end) in places.iter().zip(ends) {
        let value = words.get(at + key.len()..end).unwrap_or_default();
        match *key {
            "EREF+" => said.end_to_end_id = reference(value),
            "KREF+" => said.own_reference = reference(value),
            "MREF+" => said.mandate = reference(value),
            "SVWZ+" => said.text = squeezed(value),
            "COAM+" => said.charges = reference(value),
            _ => {}
        }
    }
    if said.text.is_empty() {
        said.text = squeezed(before);
    }
    said.reason = reason(&said.text);
    said
}

/// A return as German banks word it: `RETOURE SEPA-Lastschrift … AC04`.
fn reason(text: &str) -> Option<String> {
    let upper = text.to_uppercase();
    if !upper.contains("RETOURE") && !upper.contains("RUECKLAST") {
        return None;
    }
    let is_code = |word: &&str| {
        let (letters, digits) = word.split_at_checked(2).unwrap_or_default();
        word.len() == 4
            && letters.bytes().all(|byte| byte.is_ascii_uppercase())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let words = upper.split(|letter: char| !letter.is_ascii_alphanumeric());
    let found = words.into_iter().find(is_code);
    Some(found.unwrap_or("MS03").to_owned())
}

/// `/EREF/…/MARF/…/RTRN/AM04/CNTP/IBAN/BIC/NAME///REMI/USTD//…/`.
fn by_slashes(text: &str) -> Said {
    let keys = [
        "EREF", "PREF", "MARF", "RTRN", "CNTP", "REMI", "NAME", "IBAN", "BENM", "ORDP", "CSID",
        "PURP", "ULTC", "ULTD", "ISDT", "CHGS", "TRCD", "BIC",
    ];
    let mut said = Said::default();
    let parts: Vec<&str> = text.split('/').collect();
    let mut key = "";
    let mut values: Vec<(&str, Vec<&str>)> = Vec::new();
    for part in parts.into_iter().skip(1) {
        if keys.contains(&part) {
            key = part;
            values.push((part, Vec::new()));
        } else if !key.is_empty()
            && let Some((_, all)) = values.last_mut()
        {
            all.push(part);
        }
    }
    for (key, all) in &values {
        let whole = all.join("/");
        let first = all.iter().find(|part| !part.trim().is_empty());
        let first = first.and_then(|part| reference(part));
        match *key {
            "EREF" => said.end_to_end_id = first,
            "PREF" => said.own_reference = first,
            "MARF" => said.mandate = first,
            "RTRN" => said.reason = first,
            "NAME" => said.name = first,
            "IBAN" => said.account = first,
            "CNTP" => {
                said.account = all.first().and_then(|part| reference(part));
                said.name = all.get(2).and_then(|part| reference(part));
            }
            "REMI" => {
                let words = whole
                    .trim_start_matches("USTD//")
                    .trim_start_matches("STRD/CUR/");
                said.text = squeezed(words.trim_matches('/'));
            }
            _ => {}
        }
    }
    said
}
