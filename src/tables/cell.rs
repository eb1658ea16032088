//! A cell's text: its spaces, its title's letters, and as much of it as a message shows.

/// A text with its spaces collapsed, otherwise as the customer writes it.
pub(crate) fn tidy(text: &str) -> String {
    let is_tidy = |c: char| c == ' ' || !c.is_whitespace();
    if text.chars().all(is_tidy) && !text.contains("  ") {
        return text.trim().to_owned();
    }
    let mut tidied = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !tidied.is_empty() {
            tidied.push(' ');
        }
        tidied.push_str(word);
    }
    tidied
}

/// A value for an error message: at most 80 characters.
pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

/// A title without case, accents and punctuation: `N° pièce` and `N Piece` are one.
pub(crate) fn fold(title: &str) -> String {
    let mut folded = String::with_capacity(title.len());
    for letter in title.chars().flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(plain) => folded.push_str(plain),
            None if letter.is_alphanumeric() => folded.push(letter),
            None if ('\u{300}'..='\u{36f}').contains(&letter) => {}
            None if !folded.ends_with(' ') => folded.push(' '),
            None => {}
        }
    }
    folded.trim().to_owned()
}

/// The letter without its accent, for the letters of French and its neighbours.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'â' | 'ä' | 'á' | 'ã' => "a",
        'ç' => "c",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'î' | 'ï' | 'í' => "i",
        'ñ' => "n",
        'ô' | 'ö' | 'ó' | 'õ' => "o",
        'ù' | 'û' | 'ü' | 'ú' => "u",
        'ÿ' => "y",
        'œ' => "oe",
        'æ' => "ae",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_collapse_and_the_spelling_stays() {
        assert_eq!(tidy("  Espaces\u{a0} Doubles\tSAS "), "Espaces Doubles SAS");
        assert_eq!(tidy("=L’Œuvre du  Bois"), "=L’Œuvre du Bois");
    }

    #[test]
    fn case_accents_and_punctuation_do_not_count() {
        for (title, folded) in [
            ("N° pièce", "n piece"),
            ("  DATE D’ÉCHÉANCE ", "date d echeance"),
            ("E-mail", "e mail"),
            ("e\u{301}che\u{301}ance", "echeance"),
            ("> 90 j.", "90 j"),
            ("Œuvre", "oeuvre"),
        ] {
            assert_eq!(fold(title), folded);
        }
    }
}
