//! Debits that come back: reversed once, with what the bank kept booked apart.

use acquit::flows::{collect, deliver};
use domain::collection::CollectionState;
use domain::ledger::Account;
use domain::mandate::Usage;

use super::*;
use crate::flows::debit::{collection, debit, file, mandate};
use crate::flows::share;
use crate::support::databases::backends;

#[actix_web::test]
async fn a_returned_debit_is_due_again_and_its_fee_is_apart() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        let id = debit(&scene, mandate, &[share(&invoice, 5_000)], "a")
            .await
            .unwrap();
        deliver::run(&scene.world.app).await.unwrap();
        file(&scene).await.unwrap();
        let name = collect::end_to_end_id(&collection(&scene, id).await);
        let reference = refs(&format!("<EndToEndId>{name}</EndToEndId>"));
        let credit = row("50.00", &reference);
        take(
            &scene,
            "a.xml",
            document(NOTICE, "N1", "", std::slice::from_ref(&credit)),
        )
        .await;
        assert_eq!(scene.now(invoice.id).await.open.minor(), 5_000);
        let back = Row {
            credit: false,
            ..row(
                "53.00",
                &format!(
                    "{reference}<Amt Ccy=\"EUR\">53.00</Amt><AmtDtls><InstdAmt>\
                     <Amt Ccy=\"EUR\">50.00</Amt></InstdAmt></AmtDtls>\
                     <RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>"
                ),
            )
        };
        let fee = Row {
            credit: false,
            entry: "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>MDOP</Cd><SubFmlyCd>CHRG</SubFmlyCd>\
                    </Fmly></Domn></BkTxCd>"
                .into(),
            ..row("4.50", &words("Frais de tenue de compte"))
        };
        // The statement tells the debit, its return and a charge; the notice told the first two.
        take(
            &scene,
            "b.xml",
            document(NOTICE, "N2", "", std::slice::from_ref(&back)),
        )
        .await;
        let rows = [credit, back, fee];
        let statement = take(&scene, "c.xml", document(STATEMENT, "S1", "", &rows)).await;
        assert_eq!((statement.movements, statement.known), (1, 2), "{backend}");
        assert_eq!(
            collection(&scene, id).await.state,
            CollectionState::Returned
        );
        let after = scene.now(invoice.id).await;
        // Want of money is tried once again (AM04): the same part is held by the second debit.
        assert_eq!(
            (after.open.minor(), after.reserved.minor()),
            (10_000, 5_000),
            "{backend}"
        );
        let books = [
            (Account::Bank, -750),
            (Account::BankFee, 750),
            (Account::Receivable, 10_000),
        ];
        assert_eq!(scene.books(), books, "{backend}");
    }
}

/// A return of what is not known, or of another amount, is left for a person.
#[actix_web::test]
async fn a_return_that_fits_nothing_stands_with_nobody() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let back = Row {
            credit: false,
            ..row(
                "50.00",
                "<Refs><EndToEndId>COL-0</EndToEndId></Refs>\
                 <RtrInf><Rsn><Cd>MD01</Cd></Rsn></RtrInf>",
            )
        };
        take(&scene, "a.xml", document(STATEMENT, "S1", "", &[back])).await;
        assert_eq!(nobody(&scene)[0].amount.minor(), -5_000, "{backend}");
        assert!(scene.books().is_empty(), "{backend}");
    }
}
