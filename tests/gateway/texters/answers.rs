//! What every answer, cut and silence of a provider means.

use acquit::gateway::sms::Taken;
use domain::bounce::Verdict;

use super::*;

const ALL: [&str; 5] = ["ovh", "brevo", "smsmode", "twilio", "http"];

#[actix_web::test]
async fn what_a_provider_takes_is_known_by_its_own_id() {
    for (provider, reference, segments, price) in [
        ("ovh", "27814656", None, None),
        ("brevo", "1511882900176220", None, None),
        ("smsmode", "67c15045", Some(2), Some("0.084 EUR")),
        ("twilio", "SM0123", Some(1), None),
        ("http", "x-1", None, None),
    ] {
        let (status, said) = good(provider);
        let (outcome, _) = send(provider, Reply::say(status, said)).await;
        let taken = Taken {
            reference: reference.into(),
            segments,
            price: price.map(|price| price.parse().unwrap()),
        };
        assert_eq!(outcome, Outcome::Accepted(taken), "{provider}");
    }
}

/// The outcome in a word.
fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted(_) => "accepted",
        Outcome::Deferred(_) => "deferred",
        Outcome::Refused(Verdict::Hard, _) => "hard",
        Outcome::Refused(Verdict::Complaint, _) => "complaint",
        Outcome::Refused(..) => "refused",
        Outcome::CutOff(_) => "cut off",
    }
}

#[actix_web::test]
async fn every_status_cut_and_silence_has_one_meaning_at_all_of_them() {
    for (reply, expected) in [
        (Reply::say(400, r#"{"message":"no"}"#), "refused"),
        (Reply::say(422, "<html>"), "refused"),
        (Reply::say(401, "{}"), "deferred"),
        (Reply::say(402, "{}"), "deferred"),
        (Reply::say(403, "{}"), "deferred"),
        (Reply::say(404, "{}"), "deferred"),
        (Reply::say(429, "{}"), "deferred"),
        (Reply::say(301, ""), "deferred"),
        (Reply::say(503, "{}"), "deferred"),
        (
            Reply::say(400, r#"{"message":"Not enough credits"}"#),
            "deferred",
        ),
        (Reply::say(500, "{}"), "cut off"),
        (Reply::say(502, ""), "cut off"),
        (Reply::say(504, ""), "cut off"),
        // Taken, it says, and nothing of the provider's in it.
        (
            Reply::say(200, "<html>welcome to the Wi-Fi</html>"),
            "cut off",
        ),
        (Reply::say(200, "{}"), "cut off"),
        (Reply::Half(200), "cut off"),
        (Reply::Half(400), "refused"),
        (Reply::Cut, "cut off"),
        (Reply::Wait, "cut off"),
    ] {
        for provider in ALL {
            let (outcome, asked) = send(provider, reply.clone()).await;
            assert_eq!(
                word(&outcome),
                expected,
                "{provider} {reply:?}: {outcome:?}"
            );
            assert_eq!(asked.len(), 1, "{provider} {reply:?}: asked again");
        }
    }
}

#[actix_web::test]
async fn what_providers_say_of_a_number_or_an_account_is_understood() {
    for (provider, status, body, expected) in [
        (
            "ovh",
            200,
            r#"{"ids":[],"invalidReceivers":["+33612345678"]}"#,
            "hard",
        ),
        (
            "ovh",
            403,
            r#"{"message":"This call has not been granted"}"#,
            "deferred",
        ),
        (
            "brevo",
            400,
            r#"{"code":"invalid_parameter","message":"Invalid telephone number"}"#,
            "hard",
        ),
        (
            "brevo",
            400,
            r#"{"code":"invalid_parameter","message":"Invalid phone number"}"#,
            "hard",
        ),
        (
            "brevo",
            402,
            r#"{"code":"not_enough_credits","message":"x"}"#,
            "deferred",
        ),
        (
            "smsmode",
            400,
            r#"{"title":"Bad","detail":"recipient.to is invalid"}"#,
            "hard",
        ),
        (
            "twilio",
            400,
            r#"{"code":21211,"message":"not a valid phone number"}"#,
            "hard",
        ),
        (
            "twilio",
            400,
            r#"{"code":21610,"message":"unsubscribed"}"#,
            "complaint",
        ),
        (
            "twilio",
            400,
            r#"{"code":21408,"message":"region"}"#,
            "deferred",
        ),
        (
            "twilio",
            400,
            r#"{"code":21617,"message":"too long"}"#,
            "refused",
        ),
        ("twilio", 201, r#"{"sid":"SM1","error_code":30006}"#, "hard"),
    ] {
        let (outcome, _) = send(provider, Reply::say(status, body)).await;
        assert_eq!(word(&outcome), expected, "{provider} {body}: {outcome:?}");
    }
}

#[actix_web::test]
async fn a_provider_that_keeps_to_our_key_may_be_asked_again() {
    for reply in [
        Reply::say(500, "{}"),
        Reply::say(200, "{}"),
        Reply::Cut,
        Reply::Wait,
    ] {
        let (outcome, _) = send("idempotent", reply.clone()).await;
        assert_eq!(word(&outcome), "deferred", "{reply:?}: {outcome:?}");
    }
}

#[actix_web::test]
async fn whoever_is_not_reached_was_told_nothing() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    for provider in ALL {
        let way = way(provider, &format!("http://127.0.0.1:{port}"));
        let outcome = way.send(&order()).await;
        assert_eq!(word(&outcome), "deferred", "{provider}: {outcome:?}");
        let said = format!("{outcome:?}");
        for secret in ["the-key", "AS", "QUMx", "msg_", "b.fr"] {
            assert!(!said.contains(secret), "{provider}: {said}");
        }
        assert!(provider == "http" || way.greet(order().at).await.is_err());
    }
}

#[actix_web::test]
async fn an_account_is_looked_at_without_sending() {
    for (provider, line, said, shown) in [
        (
            "ovh",
            "GET /1.0/sms/sms-ab12345-1",
            r#"{"creditsLeft":98.5,"status":"enable"}"#,
            "200 sms-ab12345-1: 98.5 credits left",
        ),
        (
            "brevo",
            "GET /v3/account",
            r#"{"companyName":"Boreal"}"#,
            "200 Boreal",
        ),
        (
            "smsmode",
            "GET /sms/v1/messages",
            "{}",
            "200 the key opens the account",
        ),
        (
            "twilio",
            "GET /2010-04-01/Accounts/AC1.json",
            r#"{"friendly_name":"Boreal","status":"active"}"#,
            "200 Boreal active",
        ),
    ] {
        let sink = HttpSink::start(move |_| Reply::say(200, said)).await;
        let greeted = way(provider, &sink.url()).greet(order().at).await;
        assert_eq!(greeted.unwrap(), shown);
        assert_eq!(sink.asked()[0].line, line);
        let sink = HttpSink::start(|_| Reply::say(401, r#"{"message":"bad key"}"#)).await;
        let refused = way(provider, &sink.url()).greet(order().at).await;
        assert_eq!(refused.unwrap_err(), "401 bad key", "{provider}");
    }
}
