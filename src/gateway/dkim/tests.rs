//! Keys, and the forms in which headers and bodies are signed. Whole signatures are verified by
//! another program in `tests/gateway/signed.rs`.

use super::*;

fn seed(text: &str) -> DkimKey {
    DkimKey::Ed25519(text.to_owned().into())
}

#[test]
fn unusable_keys_and_names_are_refused_in_words() {
    let good = seed("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n");
    assert!(DkimSigner::new("boreal.test", "acquit1", &good).is_ok());
    let error = DkimSigner::new("boreal.test; h=", "acquit1", &good).unwrap_err();
    assert_eq!(error, DkimError::Name("boreal.test; h=".to_owned()));
    for short in ["BwcH", "", "…"] {
        let error = DkimSigner::new("boreal.test", "acquit1", &seed(short)).unwrap_err();
        assert_eq!(error, DkimError::Ed25519);
    }
    for pem in [
        "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
        "MIIE",
        "",
    ] {
        let error = DkimSigner::new(
            "boreal.test",
            "acquit1",
            &DkimKey::Rsa(pem.to_owned().into()),
        );
        assert_eq!(error.unwrap_err(), DkimError::Rsa, "{pem}");
    }
}

/// The key pair of RFC 8463, appendix A.
#[test]
fn the_record_is_that_of_the_rfc() {
    let key = seed("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
    let signer = DkimSigner::new("football.example.com", "brisbane", &key).unwrap();
    assert_eq!(
        signer.record_name(),
        "brisbane._domainkey.football.example.com"
    );
    let expected = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    assert_eq!(signer.record(), expected);
}

/// The example of RFC 6376 §3.4.5.
#[test]
fn headers_and_bodies_are_relaxed_as_in_the_rfc() {
    assert_eq!(relaxed_value(" X \r\n"), "X");
    assert_eq!(relaxed_value(" Y\t\r\n\tZ  "), "Y Z");
    assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
    for (body, expected) in [
        ("", ""),
        ("\r\n\r\n", ""),
        ("a", "a\r\n"),
        ("a\r\n\r\nb", "a\r\n\r\nb\r\n"),
        ("\t\r\na \t b\t\r\n", "\r\na b\r\n"),
    ] {
        assert_eq!(relaxed_body(body), expected, "{body:?}");
    }
}

#[test]
fn the_last_header_of_a_name_counts_with_all_its_lines() {
    let head = "From: a\r\nSubject: x\r\n y\r\nTo: t\r\nsubject : z\r\n\tw";
    assert_eq!(last_header(head, "subject").as_deref(), Some(" z\tw"));
    assert_eq!(last_header(head, "to").as_deref(), Some(" t"));
    assert_eq!(last_header(head, "from").as_deref(), Some(" a"));
    assert_eq!(last_header(head, "cc"), None);
}

#[test]
fn a_signature_is_the_same_at_the_same_instant_and_its_lines_are_short() {
    let key = seed("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");
    let signer = DkimSigner::new("boreal.test", "acquit1", &key).unwrap();
    let at = Moment::from_seconds(1_795_286_865);
    let message = "From: a@boreal.test\r\nSubject: x\r\n\r\nBonjour\r\n";
    let header = signer.header(message, at).unwrap();
    assert_eq!(signer.header(message, at).unwrap(), header);
    assert!(
        header.starts_with("DKIM-Signature: v=1; a=ed25519-sha256;"),
        "{header}"
    );
    assert!(
        header.contains("t=1795286865;") && header.ends_with("\r\n"),
        "{header}"
    );
    assert!(
        header
            .trim_end()
            .split("\r\n")
            .all(|line| line.len() <= 120),
        "{header}"
    );
}
