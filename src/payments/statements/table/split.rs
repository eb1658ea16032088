//! Rows into values.

/// The separator of a line of titles: the one that makes most values.
pub(super) fn separator(line: &str) -> Option<char> {
    let count = |one: char| line.chars().filter(|letter| *letter == one).count();
    [';', '\t', ',']
        .into_iter()
        .filter(|one| count(*one) > 0)
        .max_by_key(|one| count(*one))
}

/// Values of a row; quotes may hold the separator, and are doubled within.
pub(super) fn split(line: &str, separator: char) -> Vec<String> {
    let (mut values, mut value, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                value.push('"');
            }
            '"' => quoted = !quoted,
            letter if letter == separator && !quoted => values.push(std::mem::take(&mut value)),
            letter => value.push(letter),
        }
    }
    values.push(value);
    values
}
