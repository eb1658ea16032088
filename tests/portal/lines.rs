//! A debtor disputes lines of an invoice instead of an amount.

use super::{Visit, everywhere};
use crate::support::html::Form;

async fn form(visit: &Visit) -> Form {
    let path = format!("/invoices/{}/dispute", visit.invoices[0].id);
    let page = visit.get(&path).await;
    page.shows(
        200,
        &["Certaines lignes de la facture", "Ajouter une ligne"],
    );
    page.form(0).with("reason", "price").with("scope", "lines")
}

/// Two lines of 1,000.50 and 0.49.
fn filled(form: Form) -> Form {
    form.with_nth("line_label", 0, "Palettes <bois>")
        .with_nth("line_fault", 0, "price")
        .with_nth("line_amount", 0, "1 000,50")
        .with_nth("line_label", 1, "7")
        .with_nth("line_amount", 1, "0,49")
}

#[actix_web::test]
async fn lines_are_added_checked_and_shown_with_their_total() {
    everywhere(|visit| async move {
        let more = visit
            .submit(&filled(form(&visit).await).step("recount"))
            .await;
        more.shows(200, &["Ligne 3", "Palettes &lt;bois&gt;", "1 000,50"]);
        let more = more.form(0);
        assert_eq!(more.value("scope"), "lines");
        let faults: Vec<&str> = more
            .fields
            .iter()
            .filter(|(name, _)| name == "line_fault")
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(
            faults,
            ["price", "quantity", "quantity"],
            "what was chosen is kept"
        );
        // The third row stays empty and counts for nothing.
        let check = visit.submit(&more.step("check")).await;
        check.shows(
            200,
            &[
                "1\u{202f}000,99\u{a0}€",
                "Palettes &lt;bois&gt;",
                "Quantité",
                "0,49",
            ],
        );
        let changed = visit.submit(&check.form(0).step("edit")).await;
        assert_eq!(changed.form(0).value("line_amount"), "1 000,50");
        let receipt = visit.submit(&check.form(0).step("confirm")).await;
        receipt.shows(200, &["Suivre votre signalement", "Palettes &lt;bois&gt;"]);
        assert_eq!(
            (visit.count("dispute"), visit.count("dispute_line")),
            (1, 2)
        );
        assert!(
            visit.rows("dispute").contains("100099"),
            "{}",
            visit.rows("dispute")
        );
        let (_, rest) = receipt.text.split_once("href=\"/disputes/").unwrap();
        let report = format!("/disputes/{}", rest.split('"').next().unwrap());
        visit
            .get(&report)
            .await
            .shows(200, &["Palettes &lt;bois&gt;", "1\u{202f}000,50"]);
    })
    .await;
}

#[actix_web::test]
async fn each_wrong_line_is_named_and_all_is_kept() {
    everywhere(|visit| async move {
        let form = form(&visit).await.step("check");
        let none = visit.submit(&form).await;
        none.shows(422, &["href=\"#line_label-1\"", "désignation ou le numéro"]);
        let bad = filled(form.clone())
            .with_nth("line_amount", 0, "mille")
            .with_nth("line_label", 1, " ");
        let page = visit.submit(&bad).await;
        page.shows(
            422,
            &[
                "href=\"#line_amount-1\"",
                "href=\"#line_label-2\"",
                "value=\"mille\"",
            ],
        );
        // All of the invoice is 4,660.00.
        let much = filled(form.clone()).with_nth("line_amount", 0, "4659,52");
        let page = visit.submit(&much).await;
        page.shows(422, &["ne peut pas dépasser 4\u{202f}660,00\u{a0}€"]);
        let long = filled(form).with_nth("line_label", 0, &"é".repeat(81));
        visit.submit(&long).await.shows(422, &["80 caractères"]);
        assert_eq!(visit.count("dispute"), 0);
    })
    .await;
}

#[actix_web::test]
async fn ten_lines_are_the_most() {
    everywhere(|visit| async move {
        let mut page = visit.submit(&form(&visit).await.step("recount")).await;
        for _ in 0..9 {
            page = visit.submit(&page.form(0).step("recount")).await;
        }
        page.shows(200, &["Ligne 10"]);
        assert!(!page.text.contains("Ligne 11") && !page.text.contains("Ajouter une ligne"));
    })
    .await;
}
