//! Tables of movements: nothing is booked before a person said what the columns hold; then the next
//! of the same titles is read alike.

use acquit::flows::bank_file::columns::{
    BankField, Column, Columns, Holds, Profile, confirm, forget, sheet, understand,
};
use acquit::flows::bank_file::confirm as confirm_file;
use acquit::flows::{Actor, FlowError};
use domain::statement::FileState;

use super::*;
use crate::support::databases::backends;

const TITLES: [&str; 4] = ["Le", "Quoi", "Qui", "Somme"];
const ACCOUNT: &str = "FR7630006000011234567890189";

fn table(rows: &[&str]) -> Vec<u8> {
    let mut text = TITLES.join(";");
    for row in rows {
        write!(text, "\n{row}").unwrap();
    }
    text.into_bytes()
}

fn reading(fields: &[(&str, usize)]) -> Profile {
    let columns = fields.iter().map(|(name, index)| {
        let title = TITLES[*index].to_owned();
        let column = Column {
            title,
            index: *index,
        };
        (BankField::named(name).unwrap(), column)
    });
    Profile {
        columns: Columns::new(columns).unwrap(),
        forms: Default::default(),
        account: ACCOUNT.into(),
    }
}

fn whole() -> Profile {
    reading(&[("day", 0), ("words", 1), ("name", 2), ("amount", 3)])
}

fn staff() -> Actor {
    Actor::staff("compta@four.example")
}

const PAID: &str = "06/03/2026;Facture F2026-0117;DURAND;50,00";
const TWIN: &str = "06/03/2026;don;JUMEAU;5,00";

#[actix_web::test]
async fn a_table_waits_for_its_columns_and_the_next_one_does_not() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let invoice = scene.invoice("F2026-0117", 10_000).await;
        let owed = scene.books();
        let first = table(&[PAID, TWIN, TWIN]);
        let waits = take(&scene, "a.csv", first.clone()).await;
        assert_eq!((waits.state, waits.movements), (FileState::Waiting, 0));
        assert!(
            waits.reason.contains(
                "CSV: Le;Quoi;Qui;Somme was not met before; understood: \
                                   3 movements on 1 statements, 60.00 EUR received"
            ),
            "{}",
            waits.reason
        );
        assert!(standings(&scene).is_empty());
        assert_eq!(scene.books(), owed, "{backend}");
        // A plain yes is not enough, and looking books nothing.
        let plain = confirm_file(app, supplier, waits.file, &staff()).await;
        assert!(matches!(plain, Err(FlowError::Unusable(_))), "{plain:?}");
        let seen = sheet(app, supplier, waits.file).await.unwrap().unwrap();
        assert!(seen.waits());
        let known = understand(app, supplier, waits.file, whole())
            .await
            .unwrap();
        assert_eq!((known.movements, known.first.len()), (3, 3));
        assert_eq!(known.first[0].name.as_deref(), Some("DURAND"));
        assert!(standings(&scene).is_empty());
        assert_eq!(scene.books(), owed, "{backend}");

        let booked = confirm(app, supplier, (waits.file, whole()), &staff()).await;
        let booked = booked.unwrap();
        assert_eq!((booked.state, booked.movements), (FileState::Imported, 3));
        assert_eq!(scene.now(invoice.id).await.open.minor(), 5_000, "{backend}");
        let twice = confirm(app, supplier, (waits.file, whole()), &staff()).await;
        assert!(matches!(twice, Err(FlowError::Refused(_))), "{twice:?}");
        let books = scene.books();
        let again = take(&scene, "b.csv", first).await;
        assert_eq!(
            (again.file, again.movements, again.known),
            (waits.file, 0, 3)
        );

        // The next export overlaps: what it tells again is known, a third twin is new.
        let next = table(&[TWIN, TWIN, TWIN, "07/03/2026;autre;X;1,00"]);
        let next = take(&scene, "c.csv", next).await;
        assert_eq!(
            next.state,
            FileState::Imported,
            "{backend}: {}",
            next.reason
        );
        assert_eq!((next.movements, next.known), (2, 2), "{backend}");
        assert_ne!(scene.books(), books);
    }
}

#[actix_web::test]
async fn another_account_or_a_forgotten_reading_is_asked_about_again() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let of = |account: &str, row: &str| {
            let rows = table(&[row]);
            [format!("Compte : {account}\n").into_bytes(), rows].concat()
        };
        let waits = take(&scene, "a.csv", of(ACCOUNT, PAID)).await;
        let seen = sheet(app, supplier, waits.file).await.unwrap().unwrap();
        assert_eq!(seen.look.guess.account, ACCOUNT);
        let how = (waits.file, whole());
        confirm(app, supplier, how, &staff()).await.unwrap();
        let same = take(&scene, "b.csv", of(ACCOUNT, TWIN)).await;
        assert_eq!(same.state, FileState::Imported, "{}", same.reason);
        let other = take(&scene, "c.csv", of("DE89370400440532013000", TWIN)).await;
        assert_eq!(other.state, FileState::Waiting, "{backend}");

        forget(app, supplier, &seen.look).await.unwrap();
        let later = take(&scene, "d.csv", of(ACCOUNT, "09/03/2026;x;Y;2,00")).await;
        assert_eq!(later.state, FileState::Waiting, "{backend}");
        // What was read before is read alike, though nothing is kept for the next.
        let before = scene.books();
        let again = take(&scene, "e.csv", of(ACCOUNT, PAID)).await;
        assert_eq!((again.state, again.movements), (FileState::Imported, 0));
        assert_eq!(scene.books(), before, "{backend}");
    }
}

#[actix_web::test]
async fn a_table_that_cannot_be_read_whole_is_booked_in_no_part() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let bad = table(&[PAID, "pas un jour;x;Y;2,00"]);
        let waits = take(&scene, "a.csv", bad).await;
        assert_eq!(waits.state, FileState::Waiting);
        assert!(
            waits
                .reason
                .contains("line 3: date 'pas un jour' is no day"),
            "{}",
            waits.reason
        );
        let known = understand(app, supplier, waits.file, whole())
            .await
            .unwrap();
        assert!(known.wrong.unwrap().starts_with("line 3"));
        let refused = confirm(app, supplier, (waits.file, whole()), &staff()).await;
        assert!(
            matches!(refused, Err(FlowError::Unusable(_))),
            "{refused:?}"
        );
        assert!(standings(&scene).is_empty() && scene.books().is_empty());
        let seen = sheet(app, supplier, waits.file).await.unwrap().unwrap();
        assert!(seen.waits(), "{backend}");

        // The same with a reading that is known already.
        let good = take(&scene, "b.csv", table(&[TWIN])).await;
        confirm(app, supplier, (good.file, whole()), &staff())
            .await
            .unwrap();
        let bad = table(&[PAID, "06/03/2026;x;Y;douze"]);
        let waits = take(&scene, "c.csv", bad).await;
        assert_eq!(waits.state, FileState::Waiting, "{backend}");
        let plain = confirm_file(app, supplier, waits.file, &staff()).await;
        assert!(matches!(plain, Err(FlowError::Unusable(_))), "{plain:?}");
        assert_eq!(standings(&scene).len(), 1, "{backend}");
    }
}

/// Days that a statement of the bank told already are told twice by a table of the same account.
#[actix_web::test]
async fn days_that_a_statement_told_are_not_booked_from_a_table_by_themselves() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let first = take(&scene, "a.csv", table(&["01/02/2026;x;Y;2,00"])).await;
        confirm(app, supplier, (first.file, whole()), &staff())
            .await
            .unwrap();
        let rows = [row("5.00", &words("don"))];
        take(&scene, "s.xml", document(STATEMENT, "S1", "", &rows)).await;
        let waits = take(&scene, "b.csv", table(&[TWIN])).await;
        assert_eq!(waits.state, FileState::Waiting, "{backend}");
        assert!(waits.reason.contains("the same money may be in both"));
        let by = staff();
        let booked = confirm_file(app, supplier, waits.file, &by).await.unwrap();
        assert_eq!(booked.movements, 1, "{backend}");
    }
}
