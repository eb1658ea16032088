//! Signatures, times and bodies that are accepted or not.

use super::*;

const NOW: Moment = Moment::from_seconds(1_790_000_000);
const BODY: &[u8] = br#"{"id":"evt_1","type":"ping","livemode":false}"#;
/// `printf '1790000000.%s' "$BODY" | openssl dgst -sha256 -hmac whsec_test`
const BY_OPENSSL: &str =
    "t=1790000000,v1=1dbce9dc84169c96f7dc51bf4908af65ae74ff60bd02e1425fca219de09642b3";

fn secrets(all: &[&str]) -> Vec<SecretString> {
    all.iter().map(|text| (*text).into()).collect()
}

fn v1(header: &str) -> &str {
    header.split_once("v1=").unwrap().1
}

#[test]
fn a_signature_is_the_one_openssl_makes() {
    assert_eq!(sign(&"whsec_test".into(), BODY, NOW), BY_OPENSSL);
    assert_eq!(
        verify(&secrets(&["whsec_test"]), BY_OPENSSL, BODY, NOW),
        Ok(())
    );
}

#[test]
fn what_is_believed() {
    let good = sign(&"whsec_test".into(), BODY, NOW);
    let other = sign(&"whsec_other".into(), BODY, NOW);
    let two = format!("{other},v1={}", v1(&good));
    let unknown_scheme = format!("{good},v0=00");
    let spaced = good.replace(",v1", ", v1");
    for (case, held, header) in [
        ("one secret", &["whsec_test"][..], &good),
        ("the new secret of two", &["whsec_old", "whsec_test"], &good),
        ("the old secret of two", &["whsec_test", "whsec_new"], &good),
        ("two signatures", &["whsec_test"], &two),
        ("a scheme unknown here", &["whsec_test"], &unknown_scheme),
        ("a space after the comma", &["whsec_test"], &spaced),
    ] {
        assert_eq!(verify(&secrets(held), header, BODY, NOW), Ok(()), "{case}");
    }
}

#[test]
fn what_is_not_believed() {
    let good = sign(&"whsec_test".into(), BODY, NOW);
    let signature = v1(&good);
    let later = good.replace("t=1790000000", "t=1790000001");
    let blank = sign(&"".into(), BODY, NOW);
    let case = |name: &str, held: &[&str], header: &str, expected| {
        assert_eq!(
            verify(&secrets(held), header, BODY, NOW),
            Err(expected),
            "{name}"
        );
    };
    use WebhookError::{Forged, Header};
    case("another secret", &["whsec_other"], &good, Forged);
    case("no secret held", &[], &good, Forged);
    case("a blank secret", &[""], &blank, Forged);
    case("another time", &["whsec_test"], &later, Forged);
    case("empty", &["whsec_test"], "", Header);
    case(
        "no time",
        &["whsec_test"],
        &format!("v1={signature}"),
        Header,
    );
    case("no signature", &["whsec_test"], "t=1790000000", Header);
    case("only v0", &["whsec_test"], "t=1790000000,v0=00", Header);
    case("two times", &["whsec_test"], &format!("t=1,{good}"), Header);
    case(
        "no number",
        &["whsec_test"],
        &format!("t=x,v1={signature}"),
        Header,
    );
    case(
        "no hexadecimal",
        &["whsec_test"],
        &good.replace("1dbc", "+dbc"),
        Header,
    );
    case(
        "no text",
        &["whsec_test"],
        &good.replace("1dbc", "é6c"),
        Header,
    );
}

#[test]
fn every_truncated_header_is_refused() {
    for length in 0..BY_OPENSSL.len() {
        let cut = BY_OPENSSL.get(..length).unwrap();
        let answer = verify(&secrets(&["whsec_test"]), cut, BODY, NOW);
        assert_eq!(answer, Err(WebhookError::Header), "{cut}");
    }
}

#[test]
fn any_altered_bit_of_the_body_is_noticed() {
    for place in 0..BODY.len() * 8 {
        let mut body = BODY.to_vec();
        body[place / 8] ^= 1 << (place % 8);
        let answer = verify(&secrets(&["whsec_test"]), BY_OPENSSL, &body, NOW);
        assert_eq!(answer, Err(WebhookError::Forged), "bit {place}");
    }
}

#[test]
fn five_minutes_are_tolerated_either_way() {
    for (seconds, expected) in [
        (-301, Err(WebhookError::Stale)),
        (-300, Ok(())),
        (300, Ok(())),
        (301, Err(WebhookError::Stale)),
    ] {
        let now = NOW.plus_seconds(seconds);
        let answer = verify(&secrets(&["whsec_test"]), BY_OPENSSL, BODY, now);
        assert_eq!(answer, expected, "{seconds} s");
    }
}

#[test]
fn an_old_forgery_is_called_a_forgery() {
    let answer = verify(
        &secrets(&["whsec_other"]),
        BY_OPENSSL,
        BODY,
        NOW.plus_days(1),
    );
    assert_eq!(answer, Err(WebhookError::Forged));
}

#[test]
fn bytes_are_signed_whether_or_not_they_are_text() {
    let body = b"{\"id\":\"\xff\xfe\"}";
    let header = sign(&"whsec_test".into(), body, NOW);
    assert_eq!(
        verify(&secrets(&["whsec_test"]), &header, body, NOW),
        Ok(())
    );
    assert_eq!(read(body), Err(WebhookError::Unreadable));
}

#[test]
fn a_body_above_the_limit_is_neither_checked_nor_read() {
    let body = vec![b' '; BODY_MAX + 1];
    let header = sign(&"whsec_test".into(), &body, NOW);
    let answer = verify(&secrets(&["whsec_test"]), &header, &body, NOW);
    assert_eq!(answer, Err(WebhookError::TooLarge));
    assert_eq!(read(&body), Err(WebhookError::TooLarge));
}

#[test]
fn an_event_is_read_for_its_names() {
    let payment = "pay_00000000000000000000000007";
    let body = format!(
        r#"{{"id":"evt_1","object":"event","type":"checkout.session.completed","livemode":true,
            "account":"acct_1","api_version":"2099-01-01.unknown","data":{{"object":{{
            "id":"cs_live_1","object":"checkout.session","client_reference_id":"order 12",
            "metadata":{{"payment":"{payment}","note":"x"}},"new_field":[1,2,3]}}}}}}"#
    );
    let expected = StripeEvent {
        id: "evt_1".to_owned(),
        kind: "checkout.session.completed".to_owned(),
        account: Some("acct_1".to_owned()),
        livemode: true,
        object_id: Some("cs_live_1".to_owned()),
        object_kind: Some("checkout.session".to_owned()),
        payment: payment.parse().ok(),
        kept_card: false,
        intent: None,
    };
    assert_eq!(expected.goes_back(), None);
    assert_eq!(expected.payment_ref(), Some("cs_live_1"));
    assert_eq!(read(body.as_bytes()), Ok(expected));
}

#[test]
fn events_of_money_that_goes_back_name_its_payment_intent() {
    for (kind, object, expected) in [
        (
            "charge.refunded",
            r#"{"payment_intent":"pi_1"}"#,
            Some("pi_1"),
        ),
        (
            "charge.refund.updated",
            r#"{"payment_intent":"pi_1"}"#,
            Some("pi_1"),
        ),
        (
            "charge.dispute.created",
            r#"{"payment_intent":"pi_1"}"#,
            Some("pi_1"),
        ),
        (
            "charge.dispute.closed",
            r#"{"payment_intent":"pi_1"}"#,
            Some("pi_1"),
        ),
        (
            "refund.failed",
            r#"{"payment_intent":"pi_1"}"#,
            Some("pi_1"),
        ),
        ("charge.succeeded", r#"{"payment_intent":"pi_1"}"#, None),
        ("charge.refunded", r#"{"payment_intent":null}"#, None),
        (
            "charge.refunded",
            r#"{"payment_intent":{"id":"pi_1"}}"#,
            None,
        ),
    ] {
        let body = format!(
            r#"{{"id":"evt_1","type":"{kind}","livemode":false,"data":{{"object":{object}}}}}"#
        );
        let event = read(body.as_bytes()).unwrap();
        assert_eq!(event.goes_back(), expected, "{kind} {object}");
    }
}

#[test]
fn the_payment_is_found_where_it_may_stand() {
    let ours = "pay_00000000000000000000000007";
    for (object, found) in [
        (format!(r#"{{"client_reference_id":"{ours}"}}"#), true),
        (format!(r#"{{"metadata":{{"payment":"{ours}"}}}}"#), true),
        (
            r#"{"metadata":null,"client_reference_id":7}"#.to_owned(),
            false,
        ),
        (r#"{"metadata":{"payment":"inv_1"}}"#.to_owned(), false),
        (r#""text""#.to_owned(), false),
    ] {
        let body =
            format!(r#"{{"id":"evt_1","type":"x","livemode":false,"data":{{"object":{object}}}}}"#);
        let event = read(body.as_bytes()).unwrap();
        assert_eq!(event.payment.is_some(), found, "{object}");
    }
}

#[test]
fn what_is_no_event_is_unreadable() {
    for body in [
        "",
        "null",
        "[]",
        r#"{"id":"evt_1","type":"x"}"#,
        r#"{"id":1,"type":"x","livemode":false}"#,
        r#"{"id":"evt_1","livemode":false}"#,
        r#"{"id":"evt_1","type":"x","livemode":false} trailing"#,
    ] {
        assert_eq!(
            read(body.as_bytes()),
            Err(WebhookError::Unreadable),
            "{body}"
        );
    }
}
