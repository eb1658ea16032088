//! What a person must look at: nothing of it is booked before.

use acquit::flows::bank_file::{confirm, discard};
use acquit::flows::{Actor, FlowError};
use domain::statement::FileState;

use super::*;
use crate::support::databases::backends;

fn balance(kind: &str, amount: &str) -> String {
    format!(
        "<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount}</Amt>\
         <CdtDbtInd>CRDT</CdtDbtInd></Bal>"
    )
}

#[actix_web::test]
async fn wrong_sums_are_booked_only_when_somebody_says_so() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let header = balance("OPBD", "100.00") + &balance("CLBD", "141.00");
        let bytes = document(STATEMENT, "S1", &header, &[row("40.00", &words("x"))]);
        let waits = take(&scene, "a.xml", bytes.clone()).await;
        assert_eq!((waits.state, waits.movements), (FileState::Waiting, 0));
        assert!(
            waits.reason.contains("states 141.00 EUR"),
            "{}",
            waits.reason
        );
        assert!(standings(&scene).is_empty() && scene.books().is_empty());
        let again = take(&scene, "a.xml", bytes).await;
        assert_eq!((again.file, again.state), (waits.file, FileState::Waiting));

        let by = Actor::staff("compta@four.example");
        let booked = confirm(app, supplier, waits.file, &by).await.unwrap();
        assert_eq!((booked.state, booked.movements), (FileState::Imported, 1));
        let twice = confirm(app, supplier, waits.file, &by).await;
        assert!(matches!(twice, Err(FlowError::Refused(_))), "{twice:?}");
        assert_eq!(standings(&scene), ["none"], "{backend}");

        let other = document(STATEMENT, "S2", &header, &[row("40.00", &words("y"))]);
        let waits = take(&scene, "b.xml", other).await;
        discard(app, supplier, waits.file, &by).await.unwrap();
        assert!(confirm(app, supplier, waits.file, &by).await.is_err());
        assert_eq!(standings(&scene), ["none"], "{backend}");
    }
}

#[actix_web::test]
async fn an_unknown_version_waits_the_first_time() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let of = |id: &str| {
            let bytes = document(STATEMENT, id, "", &[row("40.00", &words("x"))]);
            String::from_utf8(bytes)
                .unwrap()
                .replace("053.001.08", "053.001.10")
                .into_bytes()
        };
        let waits = take(&scene, "a.xml", of("S1")).await;
        assert_eq!(waits.state, FileState::Waiting);
        assert!(
            waits.reason.contains("camt.053.001.10 was not met before")
                && waits
                    .reason
                    .contains("1 movements on 1 statements, 40.00 EUR received"),
            "{}",
            waits.reason
        );
        let by = Actor::staff("compta@four.example");
        confirm(app, supplier, waits.file, &by).await.unwrap();
        let next = take(&scene, "b.xml", of("S2")).await;
        assert_eq!(
            (next.state, next.movements),
            (FileState::Imported, 1),
            "{backend}"
        );
    }
}

/// The same days of one account in another format may be the same money under other names.
#[actix_web::test]
async fn another_format_of_the_same_days_waits() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let root = crate::support::source::root().join("tests/data");
        let read = |name: &str| std::fs::read(root.join(name)).unwrap();
        let first = take(&scene, "a.xml", read("camt053/own.001.08.xml")).await;
        assert_eq!(first.state, FileState::Imported);
        let second = take(&scene, "b.txt", read("bank/own-cfonb120.txt")).await;
        assert_eq!(second.state, FileState::Waiting, "{backend}");
        assert!(
            second.reason.contains("booked from a.xml"),
            "{}",
            second.reason
        );
    }
}
