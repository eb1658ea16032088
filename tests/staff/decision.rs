//! A decision that costs money is shown before it counts, confirmed after, and followed until the
//! credit note is in the books.

use acquit::store::{self, Across};
use domain::Money;
use domain::dispute::{CreditNote, DisputeEvent, DisputeState};

use super::dispute::Case;
use super::*;

#[actix_web::test]
async fn accepting_is_asked_first_and_confirmed_after() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let (path, csrf) = (case.path(), csrf(&case.browser).await);
        let form = [
            ("csrf", csrf.as_str()),
            ("key", "decisionkey00000001"),
            ("decision", "accept"),
        ];
        let words = ("answer", "Deux palettes <manquaient>");
        let check = case
            .browser
            .post(&path, &[&form[..], &[words]].concat())
            .await;
        assert_eq!(check.status, 200, "{backend}");
        check.shows(&[
            "Accepter ce litige",
            "FA-1",
            "400,00",
            "Société C1",
            "Deux palettes &lt;manquaient&gt;",
            "Avoirs à émettre",
            "prévenu par e-mail, à ",
            "value=\"confirm\"",
        ]);
        assert_eq!(case.dispute().await.state, DisputeState::Open, "{backend}");

        let edit = [&form[..], &[words, ("step", "edit")]].concat();
        let back = case.browser.post(&path, &edit).await;
        assert_eq!(back.status, 200);
        back.shows(&["Deux palettes &lt;manquaient&gt;", "value=\"accept\""]);
        assert_eq!(case.dispute().await.state, DisputeState::Open);

        // What is not so is not confirmed, whatever the address says.
        let early = case.browser.get(&case.after("accept")).await;
        assert!(!early.text.contains("Litige accepté"), "{backend}");

        let yes = [&form[..], &[words, ("step", "confirm")]].concat();
        for _ in 0..2 {
            let answer = case.browser.post(&path, &yes).await;
            assert_eq!(answer.status, 303, "{backend}");
            assert_eq!(answer.to(), case.after("accept"));
            let page = case.browser.get(answer.to()).await;
            page.shows(&[
                "Litige accepté",
                "400,00",
                "prévenu par e-mail",
                "reste à émettre",
            ]);
        }
        assert_eq!(case.dispute().await.state, DisputeState::Accepted);
        let told = "SELECT kind AS value FROM message WHERE kind = 'dispute_answer'";
        assert_eq!(case.site.world.conn().read_sql(told).unwrap().len(), 1);

        let late = [
            ("csrf", csrf.as_str()),
            ("key", "decisionkey00000002"),
            ("decision", "accept"),
        ];
        let answer = case.browser.post(&path, &late).await;
        assert_eq!(answer.to(), case.after("late"));
        case.browser
            .get(answer.to())
            .await
            .shows(&["traité entre-temps"]);
    }
}

#[actix_web::test]
async fn a_credit_note_of_less_says_what_is_due_again() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let csrf = csrf(&case.browser).await;
        let form = [
            ("csrf", csrf.as_str()),
            ("decision", "accept"),
            ("credit", "AV-1"),
            ("credited", "150"),
        ];
        let check = case.browser.post(&case.path(), &form).await;
        check.shows(&["par un avoir", "AV-1", "150,00", "250,00", "de nouveau dû"]);
        assert_eq!(case.dispute().await.state, DisputeState::Open, "{backend}");
    }
}

#[actix_web::test]
async fn credit_notes_to_issue_stand_in_the_list_of_the_day() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let list = "Avoirs à émettre";
        assert!(!case.browser.get("/staff").await.text.contains(list));
        case.says(&[("decision", "accept")]).await;
        case.site.world.go_to(paris("2026-11-23", 10));
        let browser = case.sign_in_again().await;
        let page = browser.get("/staff").await;
        page.shows(&[list, "FA-1", "400,00", "il y a 3 jours", &case.path()]);

        let (app, dispute) = (&case.site.world.app, case.dispute().await);
        let reply = acquit::flows::dispute::Reply {
            event: DisputeEvent::Credit,
            text: String::new(),
            credit: Some(CreditNote {
                number: "AV-9".into(),
                amount: Money::eur(40_000),
            }),
            until: None,
            actor: acquit::flows::Actor::job("import"),
            key: None,
        };
        let (supplier, id) = (dispute.supplier, dispute.id);
        acquit::flows::dispute::answer(app, supplier, id, reply)
            .await
            .unwrap();
        assert!(
            !browser.get("/staff").await.text.contains(list),
            "{backend}"
        );
    }
}

#[actix_web::test]
async fn the_oldest_credit_note_comes_first() {
    for backend in backends() {
        let case = Case::new(backend).await;
        case.says(&[("decision", "accept")]).await;
        let first = case.id.to_string();
        let mut conn = case.site.world.conn();
        // A dispute made later, and accepted the day before.
        conn.run_sql(&format!(
            "INSERT INTO dispute (supplier_id, id, debtor_id, invoice_id, reason, currency, amount,
               text, state, declared_at, answer_by, answered_at)
             SELECT supplier_id, 'dis_7zzzzzzzzzzzzzzzzzzzzzzzzz', debtor_id, invoice_id, reason,
               currency, 12345, text, state, declared_at, answer_by, answered_at - 86400000000
             FROM dispute WHERE id = '{first}'"
        ))
        .unwrap();
        let due = case
            .site
            .world
            .app
            .store
            .read(Across::Inspection, {
                let supplier = case.boreal.id;
                move |conn| store::report::credits_due(conn, &[supplier], 9)
            })
            .await
            .unwrap();
        let amounts: Vec<i64> = due.iter().map(|one| one.amount.minor()).collect();
        assert_eq!(amounts, [12_345, 40_000], "{backend}");
    }
}
