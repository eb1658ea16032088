//! A text in the letters of the GSM alphabet.

use super::septets;

/// What stands for letters that the alphabet lacks. It has the accents of `à é è ù ò ì ä ö ñ ü å`,
/// but not those of `ç ê î ô û`; capitals lose theirs with few exceptions.
const SPELLED: &[(&str, &str)] = &[
    ("áâãāăąǎ", "a"),
    ("ÁÀÂÃĀĂĄ", "A"),
    ("çćĉċč", "c"),
    ("ĆĈĊČ", "C"),
    ("ďđð", "d"),
    ("ĎĐÐ", "D"),
    ("êëēĕėęě", "e"),
    ("ÈÊËĒĔĖĘĚ", "E"),
    ("ĝğġģ", "g"),
    ("ĜĞĠĢ", "G"),
    ("ĥħ", "h"),
    ("ĤĦ", "H"),
    ("íîïĩīĭįı", "i"),
    ("ÍÌÎÏĨĪĬĮİ", "I"),
    ("ĵ", "j"),
    ("Ĵ", "J"),
    ("ķ", "k"),
    ("Ķ", "K"),
    ("ĺļľŀł", "l"),
    ("ĹĻĽĿŁ", "L"),
    ("ńņňŋ", "n"),
    ("ŃŅŇŊ", "N"),
    ("óôõōŏő", "o"),
    ("ÓÒÔÕŌŎŐ", "O"),
    ("ŕŗř", "r"),
    ("ŔŖŘ", "R"),
    ("śŝşšș", "s"),
    ("ŚŜŞŠȘ", "S"),
    ("ţťŧț", "t"),
    ("ŢŤŦȚ", "T"),
    ("úûũūŭůűų", "u"),
    ("ÚÙÛŨŪŬŮŰŲ", "U"),
    ("ŵ", "w"),
    ("Ŵ", "W"),
    ("ýÿŷ", "y"),
    ("ÝŸŶ", "Y"),
    ("źżž", "z"),
    ("ŹŻŽ", "Z"),
    ("ĳ", "ij"),
    ("Ĳ", "IJ"),
    ("œ", "oe"),
    ("Œ", "OE"),
    ("ẞ", "SS"),
    ("þ", "th"),
    ("Þ", "TH"),
    ("‘’‚‛′`´", "'"),
    ("“”„‟″«»", "\""),
    ("‐‑‒–—―−", "-"),
    ("…", "..."),
    ("•·", "-"),
    ("°", "o"),
    ("ª", "a"),
    ("º", "o"),
    ("¹", "1"),
    ("²", "2"),
    ("³", "3"),
    ("×", "x"),
    ("©", "(c)"),
    ("®", "(r)"),
    ("™", "(tm)"),
    ("№", "No"),
    // Two septets in the alphabet, and a letter that some networks lose.
    ("€", "EUR"),
    // The no-break spaces, wide and narrow, and their kin.
    (
        "\u{a0}\u{202f}\u{2007}\u{2008}\u{2009}\u{200a}\u{2002}\u{2003}\u{3000}\t",
        " ",
    ),
    // What has no width says nothing.
    ("\u{ad}\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\r", ""),
];

/// Spells a text in the letters of the alphabet; what has no spelling becomes a question mark.
/// Never more than one space in a row, none at the ends.
#[must_use]
pub fn spell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let mut one = [0; 4];
        for letter in spelled(letter, &mut one).chars() {
            if letter != ' ' || !(out.is_empty() || out.ends_with([' ', '\n'])) {
                out.push(letter);
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn spelled(letter: char, room: &mut [u8; 4]) -> &str {
    let known = SPELLED.iter().find(|(of, _)| of.contains(letter));
    if let Some((_, instead)) = known {
        return instead;
    }
    match septets(letter) {
        Some(_) if letter != '\u{c}' => letter.encode_utf8(room),
        // An accent that was written after its letter (NFD).
        None if ('\u{300}'..='\u{36f}').contains(&letter) => "",
        _ => "?",
    }
}
