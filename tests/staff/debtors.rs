//! The list of debtors: searched, and paged without losing or repeating one.

use acquit::flows::pay_by_transfer;
use acquit::store;
use domain::party::{Debtor, Supplier};

use super::*;

/// Adds debtors of these names, with the codes C0, C1 and so on.
async fn debtors(site: &StaffSite, supplier: &Supplier, names: Vec<String>) {
    let new = names.into_iter().enumerate().map(|(place, name)| {
        let id = acquit::clock::new_id();
        let debtor = Debtor {
            id,
            supplier: supplier.id,
            code: format!("C{place}"),
            name,
            language: None,
        };
        (debtor, pay_by_transfer::reference(id).unwrap())
    });
    let new: Vec<_> = new.collect();
    let today = TODAY.parse().unwrap();
    site.world
        .write(move |conn| Ok(store::debtor::insert_many(conn, &new, today)?))
        .await;
}

/// The addresses of debtors on a page, in their order.
fn links(text: &str) -> Vec<String> {
    let parts = text.split("href=\"/staff/boreal/debtors/deb_").skip(1);
    parts
        .map(|part| part.split('"').next().unwrap().to_owned())
        .collect()
}

/// The address of the next page.
fn next(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("rel=\"next\" href=\"")?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}

#[actix_web::test]
async fn pages_hold_each_of_120_debtors_once_in_order_of_name() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        // Forty debtors share each name: the id must decide between them.
        let names = (0..120).map(|place| format!("Transports {}", place % 3));
        debtors(&site, &boreal, names.collect()).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let mut seen = Vec::new();
        let mut path = Some("/staff/boreal/debtors?q=transports".to_owned());
        let mut sizes = Vec::new();
        while let Some(address) = path {
            let page = browser.get(&address).await;
            assert_eq!(page.status, 200, "{address}");
            let found = links(&page.text);
            sizes.push(found.len());
            seen.extend(found);
            path = next(&page.text);
            if sizes.len() == 1 {
                // Somebody new who belongs before the second page must not shift it.
                debtors_named_first(&site, &boreal).await;
            }
        }
        assert_eq!(sizes, [50, 50, 20]);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 120);
    }
}

async fn debtors_named_first(site: &StaffSite, supplier: &Supplier) {
    let id = acquit::clock::new_id();
    let debtor = Debtor {
        id,
        supplier: supplier.id,
        code: "NEW".into(),
        name: "AAA Transports".into(),
        language: None,
    };
    let reference = pay_by_transfer::reference(id).unwrap();
    let today = TODAY.parse().unwrap();
    site.world
        .write(move |conn| {
            let new = [(debtor.clone(), reference.clone())];
            Ok(store::debtor::insert_many(conn, &new, today)?)
        })
        .await;
}

#[actix_web::test]
async fn searches_find_what_is_typed_and_nothing_else() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let ocean = site.world.supplier("ocean").await;
        let names = [
            "Éléphant Bleu",
            "Remise 100 %",
            "Remise 1000",
            "Sous_ligne",
            "Sous-ligne",
        ];
        debtors(&site, &boreal, names.map(str::to_owned).to_vec()).await;
        debtors(&site, &ocean, vec!["Éléphant de mer".into()]).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        for (typed, expected) in [
            ("%C3%89L%C3%89PHANT", vec!["Éléphant Bleu"]),
            ("100+%25", vec!["Remise 100 %"]),
            ("sous_l", vec!["Sous_ligne"]),
            ("c2", vec!["Remise 1000"]),
            ("%5C", vec![]),
            ("%00", names.to_vec()),
            ("nobody", vec![]),
            ("", names.to_vec()),
        ] {
            let page = browser
                .get(&format!("/staff/boreal/debtors?q={typed}"))
                .await;
            assert_eq!(page.status, 200, "{typed}");
            let shown = names
                .iter()
                .filter(|name| page.text.contains(&format!(">{name}<")));
            assert_eq!(shown.copied().collect::<Vec<_>>(), expected, "{typed}");
            assert!(!page.text.contains("de mer"));
        }
        for after in ["nonsense", "deb_00000000000000000000000001"] {
            let page = browser
                .get(&format!("/staff/boreal/debtors?after={after}"))
                .await;
            assert_eq!(page.status, 404, "{after}");
        }
    }
}

#[actix_web::test]
async fn each_line_says_what_is_open_and_late() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let (debtor, _) = site.world.debtor(&boreal, "C1").await;
        site.world
            .invoice(&debtor, "FA-1", 123_400, "2026-10-02")
            .await;
        site.world.invoice(&debtor, "FA-2", 10_000, TODAY).await;
        let credit = "INSERT INTO invoice SELECT supplier_id, 'inv_credit', debtor_id,
                'credit_note', 'AV-1', 0, NULL, issued_on, due_on, currency, total, open, asserted,
                in_transit, reserved, disputed, promised, opened FROM invoice
             WHERE number = 'FA-1'";
        site.world.conn().run_sql(credit).unwrap();
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let page = browser.get("/staff/boreal/debtors").await;
        page.shows(&["1\u{202f}334,00", "1\u{202f}234,00", "02/10/2026"]);
    }
}
