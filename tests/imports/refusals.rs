//! What an import refuses, and that nothing is half done.

use super::*;

const GOOD: &str = "C1;Un;;FA;F1;01/10/2026;31/10/2026;;100,00;100,00";

#[actix_web::test]
async fn bad_rows_are_told_and_kept_and_good_ones_go_in() {
    for (world, supplier) in worlds().await {
        let text = file(&[
            GOOD,
            "C1;Un;;FA;F2;01/10/2026;31/02/2026;;100,00;100,00",
            "C1;Un;;FA;F3;01/10/2026;31/10/2026;;1,00;1,O0",
            "C2;Deux;;FA;F4;01/10/2026;31/10/2026;;5,00",
            "C2;Deux;;FA;F5;01/10/2026;31/10/2026;;5,00;5,00",
        ]);
        let done = import(&world, &supplier, &text).await;
        assert_eq!((done.rows_good, done.rows_bad), (2, 3));
        let stored = "SELECT CAST(line AS TEXT) || ' ' || COALESCE(column_title, '-') || ' ' || \
                      value || ' ' || reason AS value FROM import_error ORDER BY import_error.line";
        let told = [
            "3 Date d'échéance 31/02/2026 due_date_impossible",
            "4 Reste dû 1,O0 amount_unreadable",
            "5 - C2;Deux;;FA;F4;01/10/2026;31/10/2026;;5,00 too_few_columns",
        ];
        assert_eq!(rows(&world, stored), told);
        let given = done.errors.iter().map(|error| {
            let column = error.column.as_deref().unwrap_or("-");
            format!("{} {column} {} {}", error.line, error.value, error.reason)
        });
        assert_eq!(given.collect::<Vec<_>>(), told);
        let counted = "SELECT CAST(rows_good AS TEXT) || ' ' || CAST(rows_bad AS TEXT) AS value \
                       FROM import";
        assert_eq!(rows(&world, counted), ["2 3"]);
    }
}

#[actix_web::test]
async fn an_item_in_another_currency_is_refused_and_keeps_its_own() {
    for (world, supplier) in worlds().await {
        import(&world, &supplier, &file(&[GOOD])).await;
        let dollars = "C1;Un;;FA;F1;01/10/2026;31/10/2026;USD;100,00;90,00";
        let done = import_complete(&world, &supplier, &file(&[dollars])).await;
        assert_eq!((done.rows_good, done.rows_bad, done.absent), (0, 1, 0));
        assert_eq!(done.errors[0].reason.as_str(), "currency_differs");
        assert_eq!(items(&world), ["invoice F1 2026-10-31 10000-0=10000/10000"]);
    }
}

#[actix_web::test]
async fn a_file_of_the_wrong_day_is_refused_whole() {
    for (world, supplier) in worlds().await {
        import(&world, &supplier, &file(&[GOOD])).await;
        let before = state(&world);
        let text = file(&["C1;Un;;FA;F1;01/10/2026;31/10/2026;;100,00;50,00"]);
        for (day, words) in [
            ("2026-11-19", ["2026-11-19", "2026-11-20"]),
            ("2026-11-21", ["2026-11-21", "2026-11-20"]),
        ] {
            let refused = take(&world, order(&supplier, day), &text)
                .await
                .unwrap_err();
            let told = refused.to_string();
            assert!(words.iter().all(|word| told.contains(word)), "{told}");
        }
        assert_eq!(state(&world), before);
        assert_eq!(rows(&world, "SELECT id AS value FROM import").len(), 1);
    }
}

#[actix_web::test]
async fn what_is_no_balance_is_refused_whole() {
    for (world, supplier) in worlds().await {
        let before = state(&world);
        for (text, words) in [
            ("", "the file is empty"),
            ("PK\u{3}\u{4}\0\0", "NUL byte"),
            ("Nom;Ville\nUn;Lyon\n", "no column for the document number"),
        ] {
            let refused = take(&world, order(&supplier, "2026-11-20"), text)
                .await
                .unwrap_err();
            let told = refused.to_string();
            assert!(
                told.starts_with("balance.csv: ") && told.contains(words),
                "{told}"
            );
        }
        assert_eq!(state(&world), before);
        assert_eq!(rows(&world, "SELECT id AS value FROM import"), [""; 0]);
    }
}
