//! Numbers of invoices in a payer's words.

/// Words of a text that are looked at.
const WORDS_MAX: usize = 80;

/// Words that a number may be written in: `F 2026 0117`.
const RUN_MAX: usize = 5;

/// Candidates of one text: a bound on what is looked up.
const CANDIDATES_MAX: usize = 200;

/// Capitals and digits alone, without the separators that payers leave out or put in.
#[must_use]
pub fn compact(number: &str) -> String {
    number
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

/// What in a text may be the number of an invoice, compact: words and runs of words with at least
/// three characters and two digits.
///
/// ```text
/// "Fact. F 2026-0117" → FACTF2026, FACTF20260117, F2026, F20260117, 2026, 20260117, 0117
/// ```
#[must_use]
pub fn numbers_in(text: &str) -> Vec<String> {
    let split = |letter: char| !letter.is_alphanumeric();
    let words: Vec<String> = text
        .split(split)
        .map(compact)
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .collect();
    let mut found: Vec<String> = Vec::new();
    for start in 0..words.len() {
        let mut run = String::new();
        for word in words.iter().skip(start).take(RUN_MAX) {
            run.push_str(word);
            let digits = run.bytes().filter(u8::is_ascii_digit).count();
            if (3..=35).contains(&run.len())
                && digits >= 2
                && found.len() < CANDIDATES_MAX
                && !found.contains(&run)
            {
                found.push(run.clone());
            }
        }
    }
    found
}
