//! The same money is counted once, and twins are two.

use domain::ledger::Account;

use super::*;
use crate::support::databases::backends;

fn bank_ref(reference: &str) -> String {
    format!("<AcctSvcrRef>{reference}</AcctSvcrRef>")
}

fn cents(scene: &Scene) -> i64 {
    let books = scene.books();
    let bank = books.iter().find(|(account, _)| *account == Account::Bank);
    bank.map_or(0, |(_, amount)| *amount)
}

#[actix_web::test]
async fn statement_report_and_notice_of_the_same_money_count_once_in_any_order() {
    let orders = [
        [NOTICE, STATEMENT, REPORT],
        [STATEMENT, NOTICE, REPORT],
        [REPORT, NOTICE, STATEMENT],
    ];
    for backend in backends() {
        for (number, order) in orders.into_iter().enumerate() {
            let scene = Scene::new(backend).await;
            // One by the bank's reference, one by the payer's id, twins without either.
            let rows = [
                Row {
                    entry: bank_ref("BK-1"),
                    ..row("10.00", &words("un"))
                },
                row("20.00", &refs("<EndToEndId>PAYER-7</EndToEndId>")),
                Row {
                    entry: bank_ref("BK-2"),
                    ..row("5.00", &words("jumeau"))
                },
                Row {
                    entry: bank_ref("BK-3"),
                    ..row("5.00", &words("jumeau"))
                },
            ];
            let mut known = Vec::new();
            for message in order {
                let bytes = document(message, message.0, "", &rows);
                known.push(take(&scene, message.0, bytes).await.known);
            }
            assert_eq!(known, [0, 4, 4], "{backend} {number}");
            assert_eq!(cents(&scene), 4_000, "{backend} {number}");
        }
    }
}

#[actix_web::test]
async fn twins_of_one_day_are_two_and_a_file_again_is_none() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let twin = row("5.00", &words("jumeau"));
        let bytes = document(STATEMENT, "S1", "", &[twin.clone(), twin.clone()]);
        let first = take(&scene, "a.xml", bytes.clone()).await;
        assert_eq!((first.movements, first.known), (2, 0));
        // The same bytes under another name, and the same statement in other bytes.
        let again = take(&scene, "b.xml", bytes).await;
        assert_eq!(
            (again.file, again.movements, again.known),
            (first.file, 0, 2)
        );
        let spaced = document(STATEMENT, "S1", "<!-- again -->", &[twin.clone(), twin]);
        let once_more = take(&scene, "c.xml", spaced).await;
        assert_eq!((once_more.movements, once_more.known), (0, 2));
        assert_eq!(cents(&scene), 1_000, "{backend}");
    }
}

/// A notice without any reference waits for the statement; one twin told before leaves the other.
#[actix_web::test]
async fn what_nothing_would_link_counts_when_the_statement_tells_it() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let nameless = row("7.00", &words("sans reference"));
        take(
            &scene,
            "n.xml",
            document(NOTICE, "N1", "", std::slice::from_ref(&nameless)),
        )
        .await;
        assert_eq!(cents(&scene), 0, "{backend}");
        let both = [nameless.clone(), nameless];
        take(&scene, "s.xml", document(STATEMENT, "S1", "", &both)).await;
        assert_eq!(cents(&scene), 1_400, "{backend}");
    }
}

/// A statement books a batch as a whole, the notice tells its payments: they count instead.
#[actix_web::test]
async fn a_batch_that_is_told_in_parts_later_is_divided() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let whole = Row {
            entry: bank_ref("BK-9"),
            details: None,
            ..row("30.00", "")
        };
        take(
            &scene,
            "s.xml",
            document(STATEMENT, "S1", "", std::slice::from_ref(&whole)),
        )
        .await;
        assert_eq!(standings(&scene), ["none"]);
        let part = |cents: &str| format!("<Amt Ccy=\"EUR\">{cents}</Amt>{}", words("part"));
        let details = format!("{}</TxDtls><TxDtls>{}", part("10.00"), part("20.00"));
        let parts = Row {
            details: Some(details),
            ..whole.clone()
        };
        take(
            &scene,
            "n.xml",
            document(NOTICE, "N1", "", std::slice::from_ref(&parts)),
        )
        .await;
        assert_eq!(standings(&scene), ["none", "none", "divided"], "{backend}");
        assert_eq!(cents(&scene), 3_000, "{backend}");

        // The other way round: the whole is known from its parts.
        let scene = Scene::new(backend).await;
        take(&scene, "n.xml", document(NOTICE, "N1", "", &[parts])).await;
        take(&scene, "s.xml", document(STATEMENT, "S1", "", &[whole])).await;
        assert_eq!(standings(&scene), ["none", "none", "same"], "{backend}");
        assert_eq!(cents(&scene), 3_000, "{backend}");
    }
}
