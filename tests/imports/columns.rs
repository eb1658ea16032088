//! Which column holds what: chosen once, remembered for files with the same titles.

use acquit::import::{Column, Field, Mapping};

use super::*;

const ODD: &str = "Qui;Doc;Quand;Combien;Autre\nC1;F1;31/10/2026;100,00;70,00\n";

fn chosen(amount: &str, index: usize) -> Mapping {
    let column = |title: &str, index| Column {
        title: title.into(),
        index,
    };
    Mapping::new([
        (Field::Code, column("Qui", 0)),
        (Field::Number, column("Doc", 1)),
        (Field::Due, column("Quand", 2)),
        (Field::Open, column(amount, index)),
    ])
    .unwrap()
}

#[actix_web::test]
async fn a_mapping_is_saved_by_titles_and_can_be_changed() {
    for (world, supplier) in worlds().await {
        let plain = order(&supplier, "2026-11-20");
        assert!(
            take(&world, plain.clone(), ODD).await.is_err(),
            "not recognised by itself"
        );
        for (amount, index, open) in [("Combien", 3, "10000"), ("Autre", 4, "7000")] {
            let mut given = plain.clone();
            given.mapping = Some(chosen(amount, index));
            take(&world, given, ODD).await.unwrap();
            let again = import(&world, &supplier, ODD).await;
            assert_eq!(counts(&again), [0, 0, 1, 0], "the saved mapping is used");
            let expected = format!("invoice F1 2026-10-31 {open}-0={open}/10000");
            assert_eq!(items(&world), [expected]);
        }
        let moved = ODD.replace("Autre", "Divers");
        assert!(
            take(&world, plain, &moved).await.is_err(),
            "other titles are another file"
        );
    }
}
