//! Documents without a reader: the same bytes, long texts, strange names. What a PDF reader finds
//! in them is tested in `tests/portal/papers.rs`.

use domain::account::totals;
use domain::invoice::{Invoice, ItemKind};
use domain::party::{BankAccount, Language};
use domain::payment::Method;
use domain::{Day, DebtorId, Id, InvoiceId, Money, SupplierId};
use proptest::prelude::*;
use views::brand::Brand;

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn head(language: Language) -> Letterhead {
    Letterhead {
        brand: Brand {
            name: "Boréal Énergie".into(),
            address: "12 quai des Docks, 44000 Nantes".into(),
            accent: "#1f6e5c".parse().unwrap(),
            contact_email: "compta@boreal.example".into(),
            contact_phone: "02 40 00 00 00".into(),
        },
        language,
        debtor: "Transports Delmas SARL".into(),
        code: "C-1042".into(),
        on: day("2026-11-20"),
    }
}

fn item(place: u128, number: &str, kind: ItemKind, cents: i64) -> Invoice {
    let (amount, none) = (Money::eur(cents), Money::eur(0));
    Invoice {
        id: InvoiceId::from_bits(place),
        supplier: SupplierId::from_bits(1),
        debtor: DebtorId::from_bits(1),
        kind,
        number: number.into(),
        order_ref: None,
        issued_on: day("2026-10-01"),
        due_on: day("2026-11-01"),
        total: amount,
        open: amount,
        reserved: none,
        disputed: none,
        promised: none,
    }
}

fn facts(language: Language, items: Vec<Invoice>) -> Statement {
    let sums = totals(&items, day("2026-11-20")).unwrap();
    Statement {
        head: head(language),
        as_of: Some(day("2026-11-19")),
        items,
        is_cut: false,
        sums: sums.into_values().collect(),
        transfer: Some(Transfer {
            account: BankAccount {
                holder: "BOREAL ENERGIE".into(),
                iban: "FR7630006000011234567890189".parse().unwrap(),
                bic: None,
                creditor_id: None,
                debits: domain::batch::DebitProfile::default(),
            },
            reference: RfReference::new("C1042").unwrap(),
        }),
    }
}

fn some() -> Vec<Invoice> {
    vec![
        item(1, "FA-1", ItemKind::Invoice, 716_000),
        item(2, "AV-1", ItemKind::CreditNote, 1_000),
    ]
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    for language in Language::ALL {
        let facts = facts(*language, some());
        let first = statement(&facts).unwrap();
        assert!(first.starts_with(b"%PDF-1.7"));
        assert_eq!(first, statement(&facts).unwrap());
        assert!(first.len() < 60_000, "{} bytes", first.len());
    }
}

#[test]
fn a_long_account_takes_several_pages() {
    let items = (1..400)
        .map(|place| item(place, &format!("FA-{place}"), ItemKind::Invoice, 100))
        .collect();
    let bytes = statement(&facts(Language::Fr, items)).unwrap();
    let pages = bytes
        .windows(11)
        .filter(|some| some == b"/Type/Page\n" || some == b"/Type /Page");
    assert!(bytes.len() > 60_000 || pages.count() > 5);
}

#[test]
fn an_account_without_anything_open_has_a_statement() {
    statement(&facts(Language::En, Vec::new())).unwrap();
}

#[test]
fn the_table_for_spreadsheets_is_marked_signed_and_harmless() {
    let mut items = some();
    items.push(item(3, "=HYPERLINK(\"x\")", ItemKind::Invoice, 5));
    items.push(item(4, "a;b", ItemKind::Invoice, 5));
    let text = String::from_utf8(statement_csv(&facts(Language::Fr, items)).unwrap()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"));
    assert_eq!(
        lines[1],
        "Facture;FA-1;;2026-10-01;2026-11-01;EUR;7160,00;7160,00"
    );
    assert_eq!(
        lines[2],
        "Avoir;AV-1;;2026-10-01;2026-11-01;EUR;-10,00;-10,00"
    );
    assert!(
        lines[3].contains(";\"'=HYPERLINK(\"\"x\"\")\";"),
        "{}",
        lines[3]
    );
    assert!(lines[4].contains(";\"a;b\";"), "{}", lines[4]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Names come from elsewhere: whatever they hold, a document is made and meets the standard.
    #[test]
    fn any_name_can_be_printed(name in "\\PC{0,120}", number in "[^\\x00]{1,40}") {
        let mut head = head(Language::Fr);
        head.debtor = name.clone();
        head.brand.name = name;
        let facts = Receipt {
            head,
            reference: "RF18 5390 0754 7034".into(),
            gone: Some(Money::eur(2_000)),
            method: Method::Card,
            amount: Money::eur(i64::MAX),
            received_on: day("2026-11-20"),
            lines: vec![
                ReceiptLine {
                    what: Paid::Item(ItemKind::CreditNote, number),
                    amount: Money::eur(-5),
                },
                ReceiptLine {
                    what: Paid::Account,
                    amount: Money::eur(5),
                },
            ],
        };
        receipt(&facts).unwrap();
    }
}
