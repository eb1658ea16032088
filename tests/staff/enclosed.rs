//! Files that staff attach to what they say about a dispute.

use acquit::flows::attach::Giver;
use domain::dispute::DisputeState;

use super::dispute::Case;
use super::*;
use crate::support::files::{heic, pdf, photo_with_place};
use crate::support::staff_site::Page;

/// Posts the answer form of the dispute's page with files.
async fn post(case: &Case, fields: &[(&str, &str)], files: &[(&str, Vec<u8>)]) -> Page {
    let page = case.browser.get(&case.path()).await;
    page.shows(&["multipart/form-data", "PDF, JPEG ou PNG"]);
    let (csrf, key) = (page.csrf(), page.field("key"));
    let tokens = [("csrf", csrf.as_str()), ("key", key.as_str())];
    let fields = [&tokens[..], fields].concat();
    case.browser.post_files(&case.path(), &fields, files).await
}

fn count(case: &Case, query: &str) -> usize {
    case.site.world.conn().read_sql(query).unwrap().len()
}

#[actix_web::test]
async fn a_document_goes_out_with_words_or_alone_and_decides_nothing() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let files = [("bon signé.pdf", pdf()), ("quai.jpg", photo_with_place())];
        let sent = post(&case, &[("decision", "tell"), ("answer", "")], &files).await;
        assert_eq!(sent.status, 303, "{backend}: {}", sent.text);
        assert_eq!(case.dispute().await.state, DisputeState::Open);
        let page = case.browser.get(&case.path()).await;
        page.shows(&["bon signé.pdf", "quai.jpg", "Message"]);
        let marked = "SELECT id AS value FROM attachment WHERE \"by\" LIKE 'staff %' \
                      AND remark_id IS NOT NULL";
        assert_eq!(count(&case, marked), 2);
        let told = "SELECT id AS value FROM message WHERE kind = 'dispute_answer'";
        assert_eq!(count(&case, told), 1, "the debtor is told");
        let silent = post(&case, &[("decision", "tell"), ("answer", " ")], &[]).await;
        assert_eq!(silent.status, 422, "neither words nor files");
    }
}

#[actix_web::test]
async fn a_decision_carries_its_proof() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let words = ("answer", "Le bon est signé.");
        let files = [("bon.pdf", pdf())];
        let sent = post(&case, &[("decision", "reject"), words], &files).await;
        assert_eq!(sent.status, 303, "{backend}");
        assert_eq!(case.dispute().await.state, DisputeState::Rejected);
        // What was forgotten follows, though all is decided.
        let more = post(
            &case,
            &[("decision", "tell"), ("answer", "Et la commande.")],
            &files,
        );
        assert_eq!(more.await.status, 303);
        assert_eq!(case.dispute().await.state, DisputeState::Rejected);
    }
}

#[actix_web::test]
async fn a_refused_file_is_named_and_all_else_stays() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let fields = [("decision", "ask"), ("answer", "Une photo ?")];
        let files = [("IMG.HEIC", heic()), ("bon.pdf", pdf())];
        let again = post(&case, &fields, &files).await;
        assert_eq!(again.status, 422, "{backend}");
        again.shows(&[
            "«\u{a0}IMG.HEIC\u{a0}»",
            "Une photo ?",
            "name=\"drop\"",
            "#file-",
        ]);
        assert_eq!(
            case.dispute().await.state,
            DisputeState::Open,
            "nothing was said"
        );
        // The good file waits under the form's key.
        let (csrf, key) = (again.csrf(), again.field("key"));
        let tokens = [("csrf", csrf.as_str()), ("key", key.as_str())];
        let fields = [&tokens[..], &fields].concat();
        let sent = case.browser.post(&case.path(), &fields).await;
        assert_eq!(sent.status, 303);
        let kept = "SELECT id AS value FROM attachment WHERE remark_id IS NOT NULL";
        assert_eq!(count(&case, kept), 1);
        // The same form again changes nothing.
        let remarks = "SELECT id AS value FROM dispute_remark";
        assert_eq!(case.browser.post(&case.path(), &fields).await.status, 303);
        assert_eq!(count(&case, remarks), 1);
    }
}

#[actix_web::test]
async fn no_file_is_read_without_the_forms_token() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let fields = [
            ("csrf", "forged"),
            ("key", "0123456789abcdef"),
            ("decision", "tell"),
        ];
        let files = [("bon.pdf", pdf())];
        let refused = case.browser.post_files(&case.path(), &fields, &files).await;
        assert_eq!(refused.status, 403, "{backend}");
        let waiting = "SELECT id AS value FROM attachment WHERE dispute_id IS NULL";
        assert_eq!(count(&case, waiting), 0);
    }
}

/// Staff's files wait beside the debtor's, under their own form's key.
#[actix_web::test]
async fn what_staff_prepares_is_not_the_debtors() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let dispute = case.dispute().await;
        let giver = Giver {
            supplier: dispute.supplier,
            debtor: dispute.debtor,
            actor: acquit::flows::Actor::staff("compta@boreal.example"),
        };
        let given = acquit::flows::attach::Given {
            name: "bon.pdf".into(),
            body: Ok(pdf()),
        };
        let app = &case.site.world.app;
        acquit::flows::attach::keep(app, giver.clone(), "s", vec![given])
            .await
            .unwrap();
        for (key, expected) in [("s", 1), ("d", 0)] {
            let found = acquit::flows::attach::waiting(app, giver.clone(), key).await;
            assert_eq!(found.unwrap().len(), expected, "{backend} {key}");
        }
    }
}
