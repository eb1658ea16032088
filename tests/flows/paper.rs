//! Letters on paper, as a reader finds them: compared with `tests/golden/letters`, written anew
//! with `ACQUIT_WRITE=1`. `ACQUIT_PREVIEW=<folder>` leaves the PDF files there.

use acquit::documents::{Letter, Letterhead, Line, letter, letters};
use acquit::payments::sepa::qr;
use domain::late::ChargeKind;
use domain::message::MessageKind;
use domain::party::{Language, LegalMode};
use domain::postal::{PostalAddress, Sender};
use domain::{Day, Money};
use views::brand::Brand;
use views::mail::{FormalFacts, Mail, MailInvoice, paper};

use crate::support::pdf::Pdf;
use crate::support::source::root;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn brand() -> Brand {
    Brand {
        name: "Boréal Énergie".into(),
        address: "12 quai des Docks, 44000 Nantes".into(),
        accent: "#1f6e5c".parse().unwrap(),
        contact_email: "compta@boreal.example".into(),
        contact_phone: "02 99 00 00 00".into(),
    }
}

fn sender() -> Sender {
    Sender {
        address: PostalAddress::of(&["12 quai des Docks"], "44000", "Nantes Cedex 2", "FR"),
        signatory: "Le service recouvrement".into(),
        capacity: "Direction financière".into(),
        legal: "SAS au capital de 100 000 € – RCS Nantes 000 000 000".into(),
    }
}

/// A letter about so many invoices.
fn facts(kind: MessageKind, language: Language, count: i64) -> Letter {
    let amount = |n: i64| Money::eur(358_000 + n * 10_050);
    let due = |n: i64| day("2026-10-20").plus_days(n % 9);
    let invoices: Vec<MailInvoice> = (0..count)
        .map(|n| MailInvoice {
            number: format!("FA-2026-{:04}", 117 + n),
            due_on: due(n),
            amount: amount(n),
            late: true,
        })
        .collect();
    let total = Money::sum(domain::Currency::EUR, invoices.iter().map(|one| one.amount)).unwrap();
    let mail = Mail {
        brand: brand(),
        language,
        legal_mode: LegalMode::OwnAccount,
        debtor: "Transports Delmas SARL".into(),
        greeting: None,
        totals: vec![total],
        apart: vec![Money::eur(12_000)],
        link: "https://paiement.boreal.example/l/k1A8fQe9TqXn0ZJ5cN3mVb7Rw2LsY4Hd6".into(),
        invoices: invoices.clone(),
        own: None,
        is_trial: false,
    };
    let on = day("2026-11-22");
    let (interest, fixed) = (Money::eur(8_123), Money::eur(4_000 * count));
    let whole = total.checked_add(interest).unwrap();
    let formal = FormalFacts {
        on,
        pay_by: on.plus_days(8),
        charges: vec![
            (ChargeKind::Interest, vec![interest]),
            (ChargeKind::Indemnity, vec![fixed]),
        ],
        total: vec![whole.checked_add(fixed).unwrap()],
    };
    let address = PostalAddress::of(
        &["Bâtiment C", "8 rue de la Gare", "BP 40012"],
        "1000",
        "Bruxelles",
        "BE",
    );
    let lines = invoices.iter().map(|one| Line {
        number: one.number.clone(),
        issued_on: one.due_on.plus_days(-30),
        due_on: one.due_on,
        amount: one.amount,
    });
    Letter {
        words: paper(kind, &mail, Some(&formal)),
        to: address.lines("Transports Delmas SARL", "FR"),
        sender: sender(),
        reference: "L8QK3ZV0M2T".into(),
        lines: lines.collect(),
        link: (mail.link.clone(), qr::modules(&mail.link).unwrap()),
        head: Letterhead {
            brand: brand(),
            language,
            debtor: mail.debtor,
            code: "C-1042".into(),
            on,
        },
    }
}

const KINDS: [MessageKind; 5] = [
    MessageKind::Notice,
    MessageKind::Reminder1,
    MessageKind::Reminder2,
    MessageKind::Reminder3,
    MessageKind::FormalNotice,
];

/// Leaves a letter where somebody wants to look at it.
fn look_at(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("ACQUIT_PREVIEW") {
        let path = std::path::Path::new(&folder).join(format!("{name}.pdf"));
        std::fs::write(path, bytes).unwrap();
    }
}

#[test]
fn letters_read_as_they_did() {
    for kind in KINDS {
        for language in Language::ALL {
            let bytes = letter(&facts(kind, *language, 2)).unwrap();
            let name = format!("{kind}.{language}");
            look_at(&name, &bytes);
            let text = Pdf::of(&bytes).text();
            let path = root().join(format!("tests/golden/letters/{name}.txt"));
            if std::env::var_os("ACQUIT_WRITE").is_some() {
                std::fs::write(&path, &text).unwrap();
            }
            let stored = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                stored == text,
                "{name} differs from its golden file:\n{text}"
            );
        }
    }
}

#[test]
fn the_same_facts_give_the_same_bytes_and_a_long_table_takes_several_pages() {
    let long = facts(MessageKind::FormalNotice, Language::Fr, 120);
    let bytes = letter(&long).unwrap();
    assert_eq!(bytes, letter(&long).unwrap());
    let known = Pdf::of(&bytes).facts();
    let tagged = known.lines().find_map(|line| line.strip_prefix("Tagged:"));
    assert_eq!(tagged.map(str::trim), Some("yes"), "{known}");
    let short = facts(MessageKind::Reminder1, Language::En, 1);
    let both = letters(&[short.clone(), long], "two").unwrap();
    let counts = [&letter(&short).unwrap(), &bytes, &both].map(|one| pages(one));
    assert!(counts[0] == 1 && counts[1] > 2, "{counts:?}");
    assert_eq!(counts[2], counts[0] + counts[1]);
}

/// Invoices of an account that is usual: all it owes is on one page.
const USUAL: i64 = 5;

#[test]
fn an_ordinary_account_has_one_page_and_a_long_one_repeats_its_titles() {
    for kind in KINDS {
        for language in Language::ALL {
            for count in 1..=USUAL {
                let bytes = letter(&facts(kind, *language, count)).unwrap();
                assert_eq!(pages(&bytes), 1, "{kind} {language} {count}");
            }
        }
    }
    for (language, title) in [(Language::Fr, "Numéro"), (Language::En, "Number")] {
        let bytes = letter(&facts(MessageKind::FormalNotice, language, 30)).unwrap();
        look_at(&format!("formal_notice.{language}.long"), &bytes);
        let text = Pdf::of(&bytes).text();
        let each: Vec<&str> = text.split('\u{c}').collect();
        let [first, second, ""] = each[..] else {
            panic!("{} pages", each.len())
        };
        assert!(first.trim_end().ends_with("1/2"), "{first}");
        assert!(second.trim_start().starts_with(title), "{second}");
        assert!(second.trim_end().ends_with("2/2"), "{second}");
        let last = second.matches("FA-2026-0").count();
        assert!(last > 0, "the sums stay with an invoice\n{second}");
    }
}

/// How many pages a PDF has.
fn pages(bytes: &[u8]) -> usize {
    let known = Pdf::of(bytes).facts();
    let line = known.lines().find_map(|line| line.strip_prefix("Pages:"));
    line.unwrap().trim().parse().unwrap()
}

#[test]
fn an_operator_under_the_suppliers_name_threatens_nobody_on_paper_either() {
    for language in Language::ALL {
        let mut mail = Mail {
            brand: brand(),
            language: *language,
            legal_mode: LegalMode::OutsourcedReminder,
            debtor: "Transports Delmas SARL".into(),
            greeting: None,
            totals: vec![Money::eur(100)],
            apart: Vec::new(),
            link: "https://x.example/l/k".into(),
            invoices: vec![MailInvoice {
                number: "FA-1".into(),
                due_on: day("2026-10-20"),
                amount: Money::eur(100),
                late: true,
            }],
            own: None,
            is_trial: false,
        };
        let said = paper(MessageKind::Reminder3, &mail, None);
        let all = format!("{said:?}");
        for threat in [
            "mise en demeure",
            "formal notice",
            "pénalités",
            "Late-payment",
        ] {
            assert!(!all.contains(threat), "{threat} in {all}");
        }
        mail.legal_mode = LegalMode::OwnAccount;
        assert!(paper(MessageKind::Reminder3, &mail, None).note.is_some());
    }
}
