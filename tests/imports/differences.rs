//! What a file says that is new, the same, or different.

use acquit::flows::settle::{Receipt, settle};
use acquit::flows::{Actor, pay_by_transfer};
use domain::InvoiceId;
use domain::invoice::Share;
use domain::ledger::Account;
use domain::party::{Contact, Debtor};

use super::*;

#[actix_web::test]
async fn a_first_file_adds_customers_contacts_and_items() {
    for (world, supplier) in worlds().await {
        let text = file(&[
            "0042;Menuiserie Bois;compta@bois.example;FA;F1;01/10/2026;31/10/2026;;120,00;100,00",
            "0042;Menuiserie Bois;;AV;A1;05/10/2026;05/10/2026;;-20,00;-20,00",
            "0043;Atelier Roy;;FA;F2;01/10/2026;31/10/2026;USD;50,00;50,00",
            "0042;Menuiserie Bois;;RG;R1;07/10/2026;07/10/2026;;-7,50;-7,50",
            "0044;Tout Payé;x@paye.example;FA;F3;01/10/2026;31/10/2026;;9,00;0,00",
        ]);
        let done = import(&world, &supplier, &text).await;
        assert_eq!(counts(&done), [4, 0, 1, 0]);
        assert_eq!((done.rows_good, done.rows_bad), (5, 0));
        let totals: Vec<_> = done.totals.values().map(ToString::to_string).collect();
        assert_eq!(totals, ["72.50 EUR", "50.00 USD"]);
        assert_eq!(
            items(&world),
            [
                "credit_note A1 2026-10-05 2000-0=2000/2000",
                "invoice F1 2026-10-31 10000-0=10000/12000",
                "invoice F2 2026-10-31 5000-0=5000/5000",
                "receipt R1 2026-10-07 750-0=750/750",
            ]
        );
        let debtors = "SELECT code || ' ' || name || ' ' || CAST(plan_on AS TEXT) || ' ' || \
             CAST(epoch AS TEXT) AS value FROM debtor ORDER BY code";
        let expected = [
            "0042 Menuiserie Bois 2026-11-20 0",
            "0043 Atelier Roy 2026-11-20 0",
        ];
        assert_eq!(rows(&world, debtors), expected);
        let contacts = "SELECT email AS value FROM contact";
        assert_eq!(rows(&world, contacts), ["compta@bois.example"]);
        assert_eq!(
            data_as_of(&world, &supplier).await,
            "2026-11-20".parse().ok()
        );
        let trail = "SELECT detail AS value FROM audit";
        let told = "balance.csv as of 2026-11-20: 4 new, 0 changed, 1 unchanged, 0 left out, 0 \
                    refused";
        assert_eq!(rows(&world, trail), [told]);
    }
}

const BOOKS: [&str; 5] = [
    "C1;Un;a@un.example;FA;F1;01/10/2026;31/10/2026;;100,00;100,00",
    "C1;Un;;FA;F2;01/10/2026;31/10/2026;;200,00;200,00",
    "C1;Un;;FA;F3;01/10/2026;31/10/2026;;300,00;300,00",
    "C2;Deux;;RG;VIR;02/10/2026;02/10/2026;;-40,00;-40,00",
    "C2;Deux;;RG;VIR;02/10/2026;02/10/2026;;-50,00;-50,00",
];

#[actix_web::test]
async fn the_same_file_again_changes_nothing() {
    for (world, supplier) in worlds().await {
        let text = file(&BOOKS);
        assert_eq!(
            counts(&import(&world, &supplier, &text).await),
            [5, 0, 0, 0]
        );
        let before = state(&world);
        world.go_to(paris("2026-11-20", 15));
        assert_eq!(
            counts(&import(&world, &supplier, &text).await),
            [0, 0, 5, 0]
        );
        assert_eq!(state(&world), before);
        let twice = rows(&world, "SELECT sha256 AS value FROM import");
        assert!(twice[0] == twice[1] && twice[0].len() == 64, "{twice:?}");
    }
}

#[actix_web::test]
async fn an_edited_file_changes_what_it_says_differently() {
    for (world, supplier) in worlds().await {
        import(&world, &supplier, &file(&BOOKS)).await;
        let edited = file(&[
            "C1;Un;a@un.example;FA;F1;01/10/2026;31/10/2026;;100,00;35,00",
            "C1;Un;;FA;F2;01/10/2026;15/12/2026;;200,00;200,00",
            "C1;Un;;FA;F3;01/10/2026;31/10/2026;;330,00;330,00",
            "C1;Un;;AV;A9;03/11/2026;03/11/2026;;-12,00;-12,00",
            "C2;Deux;;RG;VIR;02/10/2026;02/10/2026;;-40,00;-40,00",
            "C2;Deux;;RG;VIR;02/10/2026;02/10/2026;;-50,00;-45,00",
        ]);
        assert_eq!(
            counts(&import(&world, &supplier, &edited).await),
            [1, 4, 1, 0]
        );
        assert_eq!(
            items(&world),
            [
                "credit_note A9 2026-11-03 1200-0=1200/1200",
                "invoice F1 2026-10-31 3500-0=3500/10000",
                "invoice F2 2026-12-15 20000-0=20000/20000",
                "invoice F3 2026-10-31 33000-0=33000/33000",
                "receipt VIR 2026-10-02 4000-0=4000/4000",
                "receipt VIR 2026-10-02 4500-0=4500/5000",
            ]
        );
        let epochs = rows(
            &world,
            "SELECT CAST(epoch AS TEXT) AS value FROM debtor ORDER BY code",
        );
        assert_eq!(
            epochs,
            ["1", "1"],
            "the guard of a changed account is raised"
        );
    }
}

#[actix_web::test]
async fn instalments_are_items_of_their_own() {
    for (world, supplier) in worlds().await {
        let one = "C1;Un;;FA;F1;01/10/2026;31/10/2026;;90,00;90,00";
        import(&world, &supplier, &file(&[one])).await;
        let split = file(&[
            "C1;Un;;FA;F1;01/10/2026;31/10/2026;;90,00;30,00",
            "C1;Un;;FA;F1;01/10/2026;30/11/2026;;90,00;60,00",
        ]);
        assert_eq!(
            counts(&import(&world, &supplier, &split).await),
            [1, 1, 0, 0]
        );
        assert_eq!(
            items(&world),
            [
                "invoice F1 2026-10-31 3000-0=3000/9000",
                "invoice F1 2026-11-30 6000-0=6000/9000"
            ]
        );
    }
}

#[actix_web::test]
async fn what_a_complete_file_leaves_out_is_closed_and_only_then() {
    for (world, supplier) in worlds().await {
        import(&world, &supplier, &file(&BOOKS)).await;
        let rest = file(&BOOKS[1..4]);
        assert_eq!(
            counts(&import(&world, &supplier, &rest).await),
            [0, 0, 3, 2]
        );
        assert!(items(&world)[0].ends_with("10000-0=10000/10000"));
        assert_eq!(
            counts(&import_complete(&world, &supplier, &rest).await),
            [0, 2, 3, 2]
        );
        let items = items(&world);
        assert!(items[0].ends_with("0-0=0/10000"), "{items:?}");
        assert!(items[4].ends_with("0-0=0/5000"), "{items:?}");
        assert_eq!(
            counts(&import_complete(&world, &supplier, &rest).await),
            [0, 0, 3, 0]
        );
        let back = import(&world, &supplier, &file(&BOOKS)).await;
        assert_eq!(counts(&back), [0, 2, 3, 0], "what comes back is open again");
    }
}

/// Pays an amount of an invoice by transfer, as the bank file would book it.
async fn pay(world: &World, debtor: &Debtor, contact: &Contact, invoice: InvoiceId, cents: i64) {
    let (_, visitor) = world.link(debtor, contact).await;
    let amount = Money::eur(cents);
    let shares = vec![Share { invoice, amount }];
    let key = format!("key-{cents}");
    let payment = pay_by_transfer::announce(&world.app, visitor, shares, key)
        .await
        .unwrap();
    let receipt = Receipt {
        payment,
        amount,
        on: "2026-11-20".parse().unwrap(),
        account: Account::Bank,
        actor: Actor::job("test"),
    };
    let (supplier, now) = (debtor.supplier, world.app.now());
    let booked = world
        .write(move |conn| settle(conn, supplier, &receipt, now))
        .await;
    assert!(booked);
}

#[actix_web::test]
async fn a_payment_made_here_is_never_subtracted_twice() {
    for (world, supplier) in worlds().await {
        let (debtor, contact) = world.debtor(&supplier, "C1").await;
        let invoice = world.invoice(&debtor, "F1", 10_000, "2026-10-31").await;
        pay(&world, &debtor, &contact, invoice.id, 6_000).await;
        for (books, expected) in [
            ("100,00", "10000-6000=4000"),
            ("100,00", "10000-6000=4000"),
            ("70,00", "7000-3000=4000"),
            ("40,00", "4000-0=4000"),
            ("40,00", "4000-0=4000"),
            ("25,00", "2500-0=2500"),
        ] {
            let line = format!("C1;Un;;FA;F1;01/10/2026;31/10/2026;;100,00;{books}");
            import(&world, &supplier, &file(&[&line])).await;
            assert_eq!(
                items(&world),
                [format!("invoice F1 2026-10-31 {expected}/10000")]
            );
        }
        pay(&world, &debtor, &contact, invoice.id, 2_500).await;
        let other = "C2;Deux;;FA;F2;01/10/2026;31/10/2026;;1,00;1,00";
        let done = import_complete(&world, &supplier, &file(&[other])).await;
        assert_eq!(counts(&done), [1, 1, 0, 1]);
        assert_eq!(items(&world)[0], "invoice F1 2026-10-31 0-0=0/10000");
    }
}

#[actix_web::test]
async fn contacts_are_filled_in_and_never_overwritten() {
    for (world, supplier) in worlds().await {
        world.debtor(&supplier, "C1").await;
        let line = |code: &str, email: &str| {
            file(&[&format!(
                "{code};N;{email};FA;F1;01/10/2026;31/10/2026;;1,00;1,00"
            )])
        };
        let contacts = || {
            let sql = "SELECT d.code || ' ' || c.email AS value FROM contact c JOIN debtor d \
                       ON d.id = c.debtor_id ORDER BY 1";
            rows(&world, sql)
        };
        for (code, email, expected) in [
            ("C1", "autre@un.example", &["C1 compta@c1.example"][..]),
            ("C2", "", &["C1 compta@c1.example"]),
            (
                "C2",
                "a@deux.example",
                &["C1 compta@c1.example", "C2 a@deux.example"],
            ),
            (
                "C2",
                "b@deux.example",
                &["C1 compta@c1.example", "C2 a@deux.example"],
            ),
        ] {
            import(&world, &supplier, &line(code, email)).await;
            assert_eq!(contacts(), expected);
        }
    }
}
