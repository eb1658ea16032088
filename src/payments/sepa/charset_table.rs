//! The characters that EPC217-08 replaces, by what takes their place.
//!
//! From the conversion table of EPC217-08 v1.1, its gaps filled by the prose of §6.2 (`&`, `_`,
//! `~`, `@`). Regrouped from the transcription in the crate `sepa` 0.9.0 (MIT OR Apache-2.0). Greek
//! and Cyrillic letters are meant, not their Latin look-alikes.

use std::sync::LazyLock;

/// `(replacement, the characters it stands for)`.
const REPLACEMENTS: &[(&str, &str)] = &[
    (",", ";"),
    ("(", "[{<"),
    ("/", "\\|"),
    (")", "]}>"),
    ("'", "`\""),
    (" ", "\u{a0}"),
    ("?", "¿"),
    ("+", "&"),
    ("-", "_~"),
    ("(at)", "@"),
    ("A", "ÀÁÂÃÄÅÆĀĂĄΆΑАЪ"),
    ("a", "àáâãäåæāăąάαаъ"),
    ("B", "Б"),
    ("b", "б"),
    ("C", "ÇĆĈĊČ"),
    ("c", "çćĉċč"),
    ("CH", "ΧЧ"),
    ("ch", "χч"),
    ("D", "ÐĎĐΔД"),
    ("d", "ðďđδд"),
    ("E", "ÈÉÊËĒĔĖĘĚΈΕЕ€"),
    ("e", "èéêëēĕėęěέεе"),
    ("F", "ΦФ"),
    ("f", "φф"),
    ("G", "ĜĞĠĢΓГ"),
    ("g", "ĝğġģγг"),
    ("H", "ĤĦХ"),
    ("h", "ĥħх"),
    ("I", "ÌÍÎÏĨĪĬĮİĲΉΊΗΙΪИ"),
    ("i", "ìíîïĩīĭįıĳΐήίηιϊи"),
    ("J", "Ĵ"),
    ("j", "ĵ"),
    ("K", "ĶΚК"),
    ("k", "ķκк"),
    ("L", "ĹĻĽĿŁΛЛ"),
    ("l", "ĺļľŀłλл"),
    ("M", "ΜМ"),
    ("m", "μм"),
    ("N", "ÑŃŅŇΝН"),
    ("n", "ñńņňνн"),
    ("O", "ÒÓÔÕÖØŐŒΌΏΟΩО"),
    ("o", "òóôõöøőœοωόώо"),
    ("P", "ΠП"),
    ("p", "πп"),
    ("PS", "Ψ"),
    ("ps", "ψ"),
    ("R", "ŔŖŘΡР"),
    ("r", "ŕŗřρр"),
    ("S", "ŚŜŞŠȘΣСẞ"),
    ("s", "ßśŝşšșςσс"),
    ("SH", "Ш"),
    ("sh", "ш"),
    ("SHT", "Щ"),
    ("sht", "щ"),
    ("T", "ÞŢŤŦȚΤТ"),
    ("t", "þţťŧțτт"),
    ("TH", "Θ"),
    ("th", "θ"),
    ("TS", "Ц"),
    ("ts", "ц"),
    ("U", "ÙÚÛÜŨŪŬŮŰŲУ"),
    ("u", "ùúûüũūŭůűųу"),
    ("V", "ΒВ"),
    ("v", "βв"),
    ("W", "Ŵ"),
    ("w", "ŵ"),
    ("X", "Ξ"),
    ("x", "ξ"),
    ("Y", "ÝŶŸΎΥΫЙЬ"),
    ("y", "ýÿŷΰυϋύйь"),
    ("YA", "Я"),
    ("ya", "я"),
    ("YU", "Ю"),
    ("yu", "ю"),
    ("Z", "ŹŻŽΖЗ"),
    ("z", "źżžζз"),
    ("ZH", "Ж"),
    ("zh", "ж"),
];

/// Beyond the EPC's table: signs that word processors put for `'` and `-`, which the table's
/// catch-all would turn into full stops (`L.Oreal`).
pub(super) const TYPOGRAPHY: &[(&str, &str)] = &[
    ("'", "\u{2018}\u{2019}\u{201b}\u{2032}\u{201c}\u{201d}"),
    ("-", "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}"),
];

/// For each code point up to the last that is replaced, the place of its replacement, from 1, in
/// the two lists one after the other: a file of debits asks for some at every name.
static PLACES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut places = Vec::new();
    for (place, (_, originals)) in (1..).zip(all()) {
        for letter in originals.chars() {
            let code = code(letter);
            if places.len() <= code {
                places.resize(code + 1, 0);
            }
            if let Some(free) = places.get_mut(code).filter(|found| **found == 0) {
                *free = place;
            }
        }
    }
    places
});

fn all() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    REPLACEMENTS.iter().chain(TYPOGRAPHY)
}

fn code(letter: char) -> usize {
    usize::try_from(u32::from(letter)).unwrap_or(usize::MAX)
}

/// What takes the place of a character, if the tables know it.
pub(super) fn replacement(letter: char) -> Option<&'static str> {
    let place = PLACES.get(code(letter)).filter(|place| **place > 0)?;
    let before = usize::from(*place).checked_sub(1)?;
    let found = match before.checked_sub(REPLACEMENTS.len()) {
        None => REPLACEMENTS.get(before),
        Some(rest) => TYPOGRAPHY.get(rest),
    };
    found.map(|(replacement, _)| *replacement)
}
