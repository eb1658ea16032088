//! Bank statements: whose money it is, and that each movement is booked once.

use acquit::flows::bank_file::{Booked, run};
use acquit::flows::{FlowError, collect, deliver};
use acquit::store::{self, Across};
use domain::collection::CollectionState;
use domain::ledger::Account;
use domain::mandate::Usage;
use domain::payment::PaymentState;
use domain::{Currency, Money, PaymentId};

use super::debit::{collection, debit, file, mandate};
use super::{Scene, share};
use crate::support::databases::backends;

/// One line of a statement.
struct Row {
    /// `40.00`.
    amount: &'static str,
    currency: &'static str,
    credit: bool,
    end_to_end_id: String,
    /// A structured reference, or free text.
    reference: String,
    text: String,
}

fn row(amount: &'static str) -> Row {
    Row {
        amount,
        currency: "EUR",
        credit: true,
        end_to_end_id: "NOTPROVIDED".into(),
        reference: String::new(),
        text: String::new(),
    }
}

impl Row {
    fn xml(&self) -> String {
        let Self {
            amount,
            currency,
            end_to_end_id,
            reference,
            text,
            ..
        } = self;
        let sign = if self.credit { "CRDT" } else { "DBIT" };
        let structured = match reference.as_str() {
            "" => String::new(),
            some => format!("<Strd><CdtrRefInf><Ref>{some}</Ref></CdtrRefInf></Strd>"),
        };
        format!(
            "<Ntry><Amt Ccy=\"{currency}\">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>
             <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-06</Dt></BookgDt>
             <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn>
             </BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end_id}</EndToEndId></Refs>
             <RmtInf><Ustrd>{text}</Ustrd>{structured}</RmtInf></TxDtls></NtryDtls></Ntry>"
        )
    }
}

/// A statement of this number with these lines.
fn statement(number: u32, rows: &[Row]) -> Vec<u8> {
    let rows: String = rows.iter().map(Row::xml).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>
         <GrpHdr><MsgId>M{number}</MsgId><CreDtTm>2026-03-07T03:00:00</CreDtTm></GrpHdr>
         <Stmt><Id>S{number}</Id><CreDtTm>2026-03-07T03:00:00</CreDtTm>
         <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>
         {rows}</Stmt></BkToCstmrStmt></Document>"
    )
    .into_bytes()
}

async fn book(scene: &Scene, number: u32, rows: &[Row]) -> Booked {
    let bytes = statement(number, rows);
    run(&scene.world.app, scene.supplier.id, "bank.xml", bytes)
        .await
        .unwrap()
}

async fn reference(scene: &Scene, payment: PaymentId) -> String {
    let supplier = scene.supplier.id;
    let find = move |conn: &mut _| store::payment::reference(conn, supplier, payment);
    let found = scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap();
    found.unwrap().as_str().to_owned()
}

async fn account_reference(scene: &Scene) -> String {
    let (supplier, debtor) = (scene.supplier.id, scene.debtor.id);
    let find = move |conn: &mut _| store::debtor::reference(conn, supplier, debtor);
    scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap()
        .as_str()
        .to_owned()
}

async fn payment_state(scene: &Scene, id: PaymentId) -> PaymentState {
    let supplier = scene.supplier.id;
    let find = move |conn: &mut _| store::payment::find(conn, supplier, id);
    scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap()
        .state
}

#[actix_web::test]
async fn transfers_are_matched_by_their_own_reference_or_the_accounts() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (one, two) = (
            scene.invoice("F1", 10_000).await,
            scene.invoice("F2", 500).await,
        );
        let transfer = scene.announce(&[share(&two, 500)]).await.unwrap();
        let rows = [
            Row {
                reference: reference(&scene, transfer).await,
                ..row("5.00")
            },
            Row {
                text: format!("Solde {} merci", account_reference(&scene).await),
                ..row("60.00")
            },
            Row {
                text: "Loyer RF18000000000000".into(),
                ..row("7.00")
            },
            Row {
                credit: false,
                ..row("9.00")
            },
        ];
        let booked = book(&scene, 1, &rows).await;
        assert_eq!((booked.movements, booked.matched, booked.known), (4, 3, 0));
        assert_eq!(booked.unmatched[&Currency::EUR], Money::eur(700));
        assert_eq!(
            payment_state(&scene, transfer).await,
            PaymentState::Succeeded
        );
        assert_eq!(scene.now(two.id).await.open, Money::eur(0));
        assert_eq!(scene.now(one.id).await.open, Money::eur(4_000));
        let books = [
            (Account::Bank, 7_200),
            (Account::Receivable, 4_000),
            (Account::Suspense, -700),
        ];
        assert_eq!(scene.books(), books, "{backend}");

        let again = book(&scene, 1, &rows).await;
        assert_eq!((again.movements, again.known), (0, 4));
        assert_eq!(scene.books(), books, "{backend}: the same file twice");
        let mut more = rows;
        more[0].amount = "40.00";
        book(&scene, 2, &more[..1]).await;
        let books = scene.books();
        assert!(
            !books
                .iter()
                .any(|(account, _)| *account == Account::Receivable),
            "{books:?}"
        );
    }
}

#[actix_web::test]
async fn a_collection_is_settled_by_its_id_and_money_is_never_dropped() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        let id = debit(&scene, mandate, &[share(&invoice, 4_000)], "a")
            .await
            .unwrap();
        deliver::run(&scene.world.app).await.unwrap();
        file(&scene).await.unwrap();
        let rows = [Row {
            end_to_end_id: collect::end_to_end_id(&collection(&scene, id).await),
            ..row("40.00")
        }];
        assert_eq!(book(&scene, 1, &rows).await.matched, 1);
        let held = collection(&scene, id).await;
        assert_eq!(held.state, CollectionState::Settled);
        assert_eq!(
            payment_state(&scene, held.payment).await,
            PaymentState::Succeeded
        );
        let after = scene.now(invoice.id).await;
        assert_eq!(
            (after.open, after.reserved),
            (Money::eur(6_000), Money::eur(0))
        );
        assert_eq!(
            scene.books(),
            [(Account::Bank, 4_000), (Account::Receivable, 6_000)]
        );

        // The bank credits it once more: the debtor's money, for its next invoice.
        assert_eq!(book(&scene, 2, &rows).await.matched, 1);
        let books = [(Account::Bank, 8_000), (Account::Receivable, 2_000)];
        assert_eq!(scene.books(), books, "{backend}");
    }
}

/// Money that names a debit which never went to the bank, or comes in another currency, is still
/// the debtor's; the rest of the file is booked all the same.
#[actix_web::test]
async fn money_that_does_not_fit_its_payment_stays_in_sight() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        let id = debit(&scene, mandate, &[share(&invoice, 4_000)], "a")
            .await
            .unwrap();
        let transfer = scene.announce(&[share(&invoice, 1_000)]).await.unwrap();
        let rows = [
            Row {
                end_to_end_id: collect::end_to_end_id(&collection(&scene, id).await),
                ..row("40.00")
            },
            Row {
                reference: reference(&scene, transfer).await,
                currency: "USD",
                ..row("10.00")
            },
            Row {
                reference: reference(&scene, transfer).await,
                ..row("10.00")
            },
        ];
        let booked = book(&scene, 1, &rows).await;
        assert_eq!((booked.movements, booked.matched), (3, 3), "{backend}");
        assert_eq!(scene.now(invoice.id).await.open, Money::eur(5_000));
        assert_eq!(collection(&scene, id).await.state, CollectionState::Planned);
        let mut conn = scene.world.conn();
        let all = store::ledger::balances(&mut conn, scene.supplier.id).unwrap();
        let dollars: Vec<_> = all
            .into_iter()
            .filter(|(_, m)| m.currency().code() == "USD")
            .collect();
        let usd = |cents| Money::new(cents, "USD".parse().unwrap());
        assert_eq!(
            dollars,
            [
                (Account::Bank, usd(1_000)),
                (Account::Unapplied, usd(-1_000))
            ]
        );
    }
}

#[actix_web::test]
async fn a_file_that_cannot_be_read_books_nothing() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        scene.invoice("F1", 10_000).await;
        let good = Row {
            text: account_reference(&scene).await,
            ..row("60.00")
        };
        let bytes = statement(1, &[good, row("12,00")]);
        let refused = run(&scene.world.app, scene.supplier.id, "march.xml", bytes).await;
        let Err(FlowError::Unusable(why)) = refused else {
            panic!("{refused:?}");
        };
        assert!(why.starts_with("march.xml: "), "{why}");
        assert_eq!(scene.books(), [(Account::Receivable, 10_000)], "{backend}");
    }
}
