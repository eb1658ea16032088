//! Bank identifiers: vectors, and what a wrong one says.

use proptest::prelude::*;

use super::*;
use crate::check97;

fn iban(text: &str) -> Result<Iban, BankError> {
    text.parse()
}

fn character<T>(found: char, place: usize) -> Result<T, BankError> {
    Err(BankError::Character { found, place })
}

fn length(country: &str, expected: usize, found: usize) -> Result<Iban, BankError> {
    let country = country.to_owned();
    Err(BankError::Length {
        country,
        expected,
        found,
    })
}

#[test]
fn good_ibans_are_taken_in_any_dress() {
    for (text, sepa, needs_bic) in [
        ("FR14 2004 1010 0505 0001 3M02 606", true, false),
        ("de89-3704-0044-0532-0130-00", true, false),
        ("BE68539007547034", true, false),
        ("ES9121000418450200051332", true, false),
        ("IT60X0542811101000000123456", true, false),
        ("LU280019400644750000", true, false),
        ("GB29NWBK60161331926819", true, true),
        ("CH9300762011623852957", true, true),
        ("RS35260005601001611379", true, true),
        ("MC5811222000010123456789030", true, true),
        ("TN5910006035183598478831", false, false),
        ("MT84MALT011000012345MTLCAST001S", true, false),
    ] {
        let iban = iban(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(iban.is_sepa(), sepa, "{text}");
        assert_eq!(iban.needs_bic(), needs_bic, "{text}");
    }
}

#[test]
fn an_iban_is_shown_in_fours_or_by_its_ends() {
    let iban = iban("fr1420041010050500013m02606").unwrap();
    assert_eq!(iban.as_str(), "FR1420041010050500013M02606");
    assert_eq!(iban.grouped(), "FR14 2004 1010 0505 0001 3M02 606");
    assert_eq!(iban.last_four(), "2606");
    assert_eq!(format!("{iban:?}"), "FR…2606");
}

#[test]
fn a_bad_iban_is_told_what_is_wrong_with_it() {
    for (text, expected) in [
        ("FR1420041010050500013M0260", length("FR", 27, 26)),
        ("FR1420041010050500013M026061", length("FR", 27, 28)),
        ("DE8937040044053201300", length("DE", 22, 21)),
        ("FR", length("FR", 27, 2)),
        ("FR14 2004 1O10 0505 0001 3M02 606", character('O', 10)),
        ("FR14 2004 1010 0505 0001 3M02 60é", character('é', 27)),
        ("DE89 3704 0044 0532 0130 0_", character('_', 22)),
        ("1234567890", character('1', 1)),
        ("FRA420041010050500013M02606", character('A', 3)),
        ("", Err(BankError::Country(String::new()))),
        (
            "ZZ6820041010050500013M02606",
            Err(BankError::Country("ZZ".to_owned())),
        ),
        (
            "TN591000603518359847883",
            Err(BankError::Structure("TN".to_owned())),
        ),
        ("FR1420041010050500013M02660", Err(BankError::CheckDigits)),
        ("FR1520041010050500013M02606", Err(BankError::CheckDigits)),
        ("DE89370400440532013001", Err(BankError::CheckDigits)),
    ] {
        assert_eq!(iban(text), expected, "{text}");
    }
}

#[test]
fn too_long_a_number_is_no_iban() {
    assert_eq!(
        iban(&format!("FR14{}", "1".repeat(60))),
        length("FR", 27, 64)
    );
    let unknown = format!("ZZ14{}", "1".repeat(60));
    assert_eq!(iban(&unknown), Err(BankError::Country("ZZ".to_owned())));
}

#[test]
fn a_french_number_must_fit_its_rib_key() {
    let bban = "20041010050500013M02607";
    let text = format!("FR{}{bban}", check97::digits("FR", bban));
    assert_eq!(iban(&text), Err(BankError::RibKey));
    let monaco = "MC5811222000010123456789030";
    assert!(iban(monaco).is_ok());
}

/// The one key that fits a French account number with this character in its account.
fn rib_key(letter: char) -> String {
    let fits = |key: &u32| {
        let bban = format!("20041010050500{letter}13M026{key:02}");
        iban(&format!("FR{}{bban}", check97::digits("FR", &bban))).is_ok()
    };
    let keys: Vec<u32> = (0..100).filter(fits).collect();
    assert_eq!(keys.len(), 1, "{letter}");
    format!("{:02}", keys[0])
}

#[test]
fn letters_of_a_french_account_count_as_digits_in_its_key() {
    let digits = "12345678912345678923456789";
    for (letter, digit) in ('A'..='Z').zip(digits.chars()) {
        assert_eq!(rib_key(letter), rib_key(digit), "{letter}");
    }
    assert_eq!(rib_key('0'), "06");
}

#[test]
fn bics_have_8_or_11_characters() {
    let read = |text: &str| text.parse::<Bic>().map(|bic| bic.to_string());
    assert_eq!(read(" bnpafrpp "), Ok("BNPAFRPP".to_owned()));
    assert_eq!(read("DEUT DE FF 500"), Ok("DEUTDEFF500".to_owned()));
    assert_eq!(read("BNPA1RPP"), character('1', 5));
    assert_eq!(read("BNPAFRP-"), character('-', 8));
    for text in ["", "BNPAFR", "BNPAFRPPX", "BNPAFRPPXXXX"] {
        assert!(matches!(read(text), Err(BankError::Form { .. })), "{text}");
    }
}

#[test]
fn creditor_identifiers_are_verified_without_their_business_code() {
    let read = |text: &str| text.parse::<CreditorId>().map(|id| id.to_string());
    assert_eq!(read("FR72ZZZ123456"), Ok("FR72ZZZ123456".to_owned()));
    assert_eq!(read("fr72 abc 123456"), Ok("FR72ABC123456".to_owned()));
    assert_eq!(
        read("DE98ZZZ09999999999"),
        Ok("DE98ZZZ09999999999".to_owned())
    );
    assert_eq!(read("DE98-ZZZ.09999999999"), read("DE98ZZZ09999999999"));
    assert_eq!(read("FR73ZZZ123456"), Err(BankError::CheckDigits));
    assert_eq!(read("FR7ZZZZ123456"), character('Z', 4));
    assert_eq!(read("FR72ZZZ12345é"), character('é', 13));
    for text in [
        "",
        "FR72ZZZ",
        "FR48ZZZ099999X",
        "DE98ZZZ0999999999",
        "BE70ZZZ",
    ] {
        assert!(matches!(read(text), Err(BankError::Form { .. })), "{text}");
    }
    assert_eq!(check97::digits("FR", "099999"), "98");
    assert_eq!(read("FR48ZZZ099999"), Err(BankError::CheckDigits));
}

#[test]
fn mandate_references_keep_to_what_banks_carry() {
    let read = |text: &str| text.parse::<MandateRef>().map(|rum| rum.to_string());
    let longest = "A".repeat(35);
    for text in ["A", "RUM-2026/001", "a+b?c:d(e).f,g'h-i", longest.as_str()] {
        assert_eq!(read(text), Ok(text.to_owned()));
    }
    assert_eq!(read(" RUM1 "), Ok("RUM1".to_owned()));
    assert_eq!(read("RUM 1"), character(' ', 4));
    assert_eq!(read("RUM_1"), character('_', 4));
    assert_eq!(read("é"), character('é', 1));
    for text in ["", "/A", "A/", "A//B", &"A".repeat(36)] {
        assert!(matches!(read(text), Err(BankError::Form { .. })), "{text}");
    }
}

#[test]
fn messages_tell_a_person_what_to_do() {
    let said = |text: &str| iban(text).unwrap_err().to_string();
    assert_eq!(
        said("FR14 2004"),
        "an account number of FR has 27 characters, this one has 8"
    );
    assert_eq!(
        said("FR14 2004 1O10 0505 0001 3M02 606"),
        "'O' at place 10 (spaces not counted) is not allowed there"
    );
}

proptest! {
    /// Neither a wrong character nor two swapped ones get through, and nothing makes it fall over.
    #[test]
    fn one_slip_is_always_noticed(account in "[0-9]{18}", place in 4..21_usize, other in 0..10_u8) {
        let good = format!("DE{}{account}", check97::digits("DE", &account));
        prop_assert!(iban(&good).is_ok());
        let mut bytes = good.clone().into_bytes();
        bytes[place] = b'0' + other;
        let slipped = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(iban(&slipped).is_ok(), slipped == good);
        let mut bytes = good.clone().into_bytes();
        bytes.swap(place, place + 1);
        let swapped = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(iban(&swapped).is_ok(), swapped == good);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,60}") {
        let _ = iban(&text);
        let _ = text.parse::<Bic>();
        let _ = text.parse::<CreditorId>();
        let _ = text.parse::<MandateRef>();
    }
}
