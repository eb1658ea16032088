//! Alphabets, lengths, spellings, senders and prices, by table.

use super::*;

#[test]
fn the_alphabet_is_that_of_the_standard() {
    assert_eq!(BASIC.chars().count(), 127, "128 without the escape");
    assert_eq!(EXTENSION.chars().count(), 10);
    let mut all: Vec<char> = BASIC.chars().chain(EXTENSION.chars()).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 137, "no letter twice");
    for (letter, expected) in [
        ('a', Some(1)),
        ('é', Some(1)),
        ('Ç', Some(1)),
        ('ç', None),
        ('ê', None),
        ('€', Some(2)),
        ('[', Some(2)),
        ('|', Some(2)),
        ('’', None),
        ('\u{202f}', None),
        ('Ω', Some(1)),
        ('`', None),
    ] {
        assert_eq!(septets(letter), expected, "{letter}");
    }
}

#[test]
fn a_text_takes_as_many_segments_as_it_is_paid_for() {
    use Encoding::{Gsm7, Ucs2};
    let pairs = format!("{}€{}", "a".repeat(152), "b".repeat(152));
    let emoji = format!("{}😀{}", "é".repeat(66), "ç".repeat(66));
    for (text, encoding, units, segments) in [
        (String::new(), Gsm7, 0, 1),
        ("a".repeat(160), Gsm7, 160, 1),
        ("a".repeat(161), Gsm7, 161, 2),
        ("a".repeat(306), Gsm7, 306, 2),
        ("a".repeat(307), Gsm7, 307, 3),
        ("€".repeat(80), Gsm7, 160, 1),
        ("€".repeat(81), Gsm7, 162, 2),
        // 152 + an escape that does not fit + its letter: the pair goes to the next segment.
        (pairs, Gsm7, 306, 3),
        ("ç".repeat(70), Ucs2, 70, 1),
        ("ç".repeat(71), Ucs2, 71, 2),
        ("ç".repeat(134), Ucs2, 134, 2),
        ("ç".repeat(135), Ucs2, 135, 3),
        ("😀".repeat(35), Ucs2, 70, 1),
        (emoji, Ucs2, 134, 3),
    ] {
        let expected = Measure {
            encoding,
            units,
            segments,
        };
        assert_eq!(measure(&text), expected, "{text}");
    }
}

#[test]
fn a_text_is_spelled_in_the_alphabet() {
    for (text, expected) in [
        ("Échéance à régler", "Échéance à régler"),
        (
            "reçu, fenêtre, île, hôtel, sûr",
            "recu, fenetre, ile, hotel, sur",
        ),
        (
            "À l’œuvre\u{a0}: «\u{a0}oui\u{a0}»",
            "A l'oeuvre : \" oui \"",
        ),
        ("7\u{202f}160,00\u{a0}€", "7 160,00 EUR"),
        ("Łódź, Győr, Şişli, Dvořák", "Lodz, Gyor, Sisli, Dvorak"),
        ("a  b\u{a0} c ", "a b c"),
        ("e\u{301}te\u{302}", "ete"),
        ("好\u{1f600}", "??"),
        ("zero\u{200b}width", "zerowidth"),
        ("{[~]}|^\\", "{[~]}|^\\"),
        ("a\u{c}b", "a?b"),
        ("1\r\n2", "1\n2"),
    ] {
        let spelled = spell(text);
        assert_eq!(spelled, expected, "{text}");
        assert_eq!(measure(&spelled).encoding, Encoding::Gsm7, "{text}");
    }
}

#[test]
fn every_spelling_is_in_the_alphabet_and_is_needed() {
    for letter in (' '..='\u{24f}').chain('\u{2000}'..='\u{206f}') {
        let spelled = spell(&format!("x{letter}x"));
        assert!(
            spelled.chars().all(|one| septets(one).is_some()),
            "{letter:?}"
        );
        let accented = letter.is_alphabetic() && letter < '\u{180}';
        let lost = spelled.contains('?') && accented && !"ĸŉſµ".contains(letter);
        assert!(!lost, "no spelling for {letter:?}");
    }
}

#[test]
fn a_sender_is_short_and_has_a_letter() {
    for text in ["BOREAL", "Boreal 24", "A12", " Acquit "] {
        assert_eq!(text.parse::<Sender>().unwrap().as_str(), text.trim());
    }
    for text in [
        "",
        "ab",
        "12345",
        "36180",
        "Boréal",
        "+33612345678",
        "TWELVELETTER",
        "a-b-c",
    ] {
        assert!(text.parse::<Sender>().is_err(), "{text}");
    }
}

#[test]
fn prices_are_finer_than_cents() {
    let one: Price = "0.065 EUR".parse().unwrap();
    assert_eq!(
        (one.micros(), one.to_string().as_str()),
        (65_000, "0.065 EUR")
    );
    assert_eq!(one.times(3).to_string(), "0.195 EUR");
    assert_eq!("0,07 EUR".parse::<Price>().unwrap().to_string(), "0.07 EUR");
    assert_eq!("50 EUR".parse::<Price>().unwrap().to_string(), "50.00 EUR");
    assert_eq!(Price::told("-0.0075", "usd").unwrap().micros(), 7_500);
    for text in ["", "0.065", "EUR 1", "0.0000001 EUR", "-1 EUR", "1 XXX"] {
        assert!(text.parse::<Price>().is_err(), "{text}");
    }
    assert_eq!(Price::told("", "EUR"), None);
}
