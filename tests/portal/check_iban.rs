//! An IBAN that somebody sent is told to be the supplier's or not, and kept nowhere.

use super::{dump, everywhere};

#[actix_web::test]
async fn an_iban_is_the_suppliers_or_it_is_not() {
    everywhere(|visit| async move {
        let own = visit.supplier.bank.as_ref().unwrap().iban.grouped();
        let transfer = visit.get("/check-iban").await;
        let before = dump(&visit.site.world.database.url);
        let phone = visit.supplier.contact_phone.as_str();
        for (typed, status, words) in [
            (own.as_str(), 200, "C’est bien notre compte"),
            ("FR33 3000 2005 5000 0015 7841 Z25", 200, phone),
            ("FR33 3000 2005 5000 0015 7841 Z26", 422, "Z26"),
            ("", 422, "IBAN"),
        ] {
            let form = transfer.form(0).with("iban", typed);
            visit.submit(&form).await.shows(status, &[words]);
        }
        let other = transfer.form(0).with("iban", "FR3330002005500000157841Z25");
        let answer = visit.submit(&other).await;
        answer.shows(200, &["Ce n’est pas notre compte"]);
        assert_eq!(
            dump(&visit.site.world.database.url),
            before,
            "nothing is kept"
        );
    })
    .await;
}
