//! Which addresses are fetched from, and what is signed. Signatures themselves are tested with keys
//! of the day, in `tests/flows/bounced/sns.rs`.

use serde_json::json;

use super::*;

#[test]
fn only_addresses_of_sns_are_fetched_from() {
    let good = "https://sns.eu-west-3.amazonaws.com/SimpleNotificationService-0c1f.pem";
    assert!(is_certificate(good));
    assert!(is_certificate(
        "https://sns.cn-north-1.amazonaws.com.cn/a_b.pem"
    ));
    let confirm = "https://sns.eu-west-3.amazonaws.com/?Action=ConfirmSubscription&Token=1";
    assert!(path_at_sns(confirm).is_some() && !is_certificate(confirm));
    for bad in [
        "http://sns.eu-west-3.amazonaws.com/a.pem",
        "https://sns.eu-west-3.amazonaws.com.example/a.pem",
        "https://sns.eu-west-3.amazonaws.com:444/a.pem",
        "https://sns.eu-west-3.amazonaws.com@evil.example/a.pem",
        "https://evil.example/sns.eu-west-3.amazonaws.com/a.pem",
        "https://evil.example#sns.eu-west-3.amazonaws.com/a.pem",
        "https://evil.example\\.sns.eu-west-3.amazonaws.com/a.pem",
        "https://sns.evil.example.amazonaws.com/a.pem",
        "https://sns..amazonaws.com/a.pem",
        "https://sns.amazonaws.com/a.pem",
        "https://bucket.s3.amazonaws.com/a.pem",
        "https://sns.eu-west-3.amazonaws.com/a.pem?b",
        "https://sns.eu-west-3.amazonaws.com/?a.pem",
        "https://sns.eu-west-3.amazonaws.com/a\\b.pem",
        "https://sns.eu-west-3.amazonaws.com/a.pem ",
        " https://sns.eu-west-3.amazonaws.com/a.pem",
        "https://sns.eu-west-3.amazonaws.com",
        "",
    ] {
        assert!(!is_certificate(bad), "{bad}");
    }
}

#[test]
fn what_is_signed_is_some_fields_in_their_order() {
    let mut message = json!({
        "Type": "Notification", "MessageId": "m", "TopicArn": "arn", "Message": "{\"a\":1}",
        "Timestamp": "2026-11-22T10:00:00.000Z", "UnsubscribeURL": "https://x.example",
    });
    let expected = "Message\n{\"a\":1}\nMessageId\nm\nTimestamp\n2026-11-22T10:00:00.000Z\n\
                    TopicArn\narn\nType\nNotification\n";
    assert_eq!(signed(&message).as_deref(), Some(expected));
    message["Subject"] = json!("s");
    let with = expected.replace("Timestamp", "Subject\ns\nTimestamp");
    assert_eq!(signed(&message), Some(with));
    message["Subject"] = json!(null);
    assert_eq!(signed(&message).as_deref(), Some(expected));
    message["Type"] = json!("SubscriptionConfirmation");
    assert_eq!(signed(&message), None, "without its token");
    message["Token"] = json!("t");
    message["SubscribeURL"] = json!("https://u.example");
    let whole = "Message\n{\"a\":1}\nMessageId\nm\nSubscribeURL\nhttps://u.example\nTimestamp\n\
                 2026-11-22T10:00:00.000Z\nToken\nt\nTopicArn\narn\nType\n\
                 SubscriptionConfirmation\n";
    assert_eq!(signed(&message).as_deref(), Some(whole));
    for kind in ["", "Other"] {
        message["Type"] = json!(kind);
        assert_eq!(signed(&message), None, "{kind}");
    }
}
