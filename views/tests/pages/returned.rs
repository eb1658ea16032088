//! A contact's address, and what came back from it.

use domain::bounce::Verdict;
use domain::party::Language;
use domain::{ContactId, DebtorId, Id, Moment};
use views::problem::{Problem, Wrong};
use views::staff::contact::{self, ContactPage, ReportLine};

use crate::golden::same;
use crate::staff::{both, frame};

fn page() -> ContactPage {
    let at = |hours: i64| Moment::from_seconds(1_795_000_000 + hours * 3_600);
    let words = "550 5.1.1 <compta@delmas.example>: no such user";
    ContactPage {
        supplier: "boreal".into(),
        debtor: DebtorId::from_bits(1),
        debtor_name: "Delmas SA".into(),
        contact: ContactId::from_bits(1),
        name: Some("Service comptable".into()),
        address: Some("compta@delmas.example".into()),
        phone: Some("05 00 00 00 00".into()),
        dead: Some((Verdict::Hard, words.into(), at(5))),
        reports: vec![
            ReportLine {
                at: at(5),
                address: "compta@delmas.example".into(),
                verdict: Verdict::Hard,
                status: "5.1.1".parse().ok(),
                words: words.into(),
            },
            ReportLine {
                at: at(0),
                address: "compta@delmas.example".into(),
                verdict: Verdict::Soft,
                status: None,
                words: String::new(),
            },
        ],
        may_write: true,
        key: "key-9".into(),
        typed: "compta@delmas.example".into(),
        problems: Vec::new(),
    }
}

#[test]
fn an_address_that_is_dead_and_the_form_that_mends_it() {
    both("contact", |frame| contact::page(frame, &page()));
    let mut wrong = page();
    wrong.typed = "delmas".into();
    wrong.problems.push(Problem::new("email", Wrong::Email));
    same(
        "staff-contact-wrong.fr",
        &contact::page(&frame(Language::Fr), &wrong),
    );
}

#[test]
fn who_only_looks_has_no_form_and_no_news_is_said() {
    let looking = ContactPage {
        dead: None,
        reports: Vec::new(),
        may_write: false,
        ..page()
    };
    let shown = contact::page(&frame(Language::Fr), &looking).0;
    assert!(
        !shown.contains("type=\"email\"") && shown.contains("Aucun retour"),
        "{shown}"
    );
    assert!(!shown.contains("n’écrivons plus"));
}
