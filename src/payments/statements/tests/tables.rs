//! Tables of movements: titles that are known, titles that are not, and what a person puts right.

use domain::Money;

use super::support::{day, entries, path};
use crate::payments::statements::{
    BankField, Columns, FILE_MAX, Forms, Item, Look, Profile, StatementError, look, open_by,
};
use crate::tables::{Column, Decimal, Holds, Order};

fn file(name: &str) -> Vec<u8> {
    std::fs::read(path(&format!("data/bank/{name}"))).unwrap()
}

fn looked(bytes: &[u8]) -> Look {
    look(bytes, FILE_MAX).unwrap().unwrap()
}

fn found(look: &Look) -> String {
    let columns = look.guess.columns.columns();
    let shown = columns.map(|(field, column)| format!("{}={}", field.name(), column.index));
    shown.collect::<Vec<_>>().join(" ")
}

fn read(bytes: &[u8], profile: &Profile) -> Result<Vec<Item>, StatementError> {
    open_by(bytes, FILE_MAX, Some(profile))?.collect()
}

fn amounts(items: &[Item]) -> Vec<i64> {
    let sign = |credit| if credit { 1 } else { -1 };
    let all = entries(items);
    all.iter()
        .map(|entry| sign(entry.credit) * entry.amount.minor())
        .collect()
}

fn keys(items: &[Item]) -> Vec<(String, u32)> {
    let all = entries(items);
    all.iter()
        .map(|entry| (entry.statement.clone(), entry.ordinal))
        .collect()
}

/// A profile on these titles, by field and place.
fn profile(titles: &[&str], fields: &[(BankField, usize)], forms: Forms) -> Profile {
    let columns = fields.iter().map(|(field, index)| {
        let title = titles[*index].to_owned();
        let column = Column {
            title,
            index: *index,
        };
        (*field, column)
    });
    Profile {
        columns: Columns::new(columns).unwrap(),
        forms,
        account: "FR7630006000011234567890189".into(),
    }
}

#[test]
fn unknown_titles_are_guessed_from_the_rows_below() {
    let bytes = file("own-table-unknown.csv");
    let look = looked(&bytes);
    assert_eq!(look.titles[2], "Sortie d'argent");
    assert_eq!(found(&look), "day=0 credit=3 debit=2 words=1");
    assert_eq!(look.guess.forms, Forms::default());
    assert_eq!(look.examples.len(), 5);
    // The balance below the movements is none; twins of one day are two.
    let items = read(&bytes, &look.guess).unwrap();
    assert_eq!(amounts(&items), [120_000, 5_000, 5_000, -80_000]);
    // The balance beside each row tells the twins apart.
    let ordinals: Vec<u32> = keys(&items).into_iter().map(|(_, n)| n).collect();
    assert_eq!(ordinals, [1, 1, 1, 1]);

    let bytes = file("own-table-month-first.csv");
    let look = looked(&bytes);
    assert_eq!(found(&look), "day=0 amount=2 currency=3 words=1");
    assert_eq!(look.guess.forms.days, Order::MonthFirst);
    assert_eq!(look.guess.forms.decimal, Decimal::Point);
    let items = read(&bytes, &look.guess).unwrap();
    assert_eq!(amounts(&items), [120_000, -450]);
    assert_eq!(entries(&items)[0].booked_on, day("2026-11-20"));
}

#[test]
fn a_side_in_words_gives_the_sign_and_a_person_may_turn_it() {
    let bytes = file("own-table-sides.tsv");
    let mut guess = looked(&bytes).guess;
    assert_eq!(amounts(&read(&bytes, &guess).unwrap()), [120_000, -450]);
    let plain = |reversed| Forms {
        reversed,
        ..guess.forms
    };
    let titles = ["Quand", "Combien", "Sens", "Motif"];
    let fields = [(BankField::Day, 0), (BankField::Amount, 1)];
    for (reversed, sums) in [(false, [120_000, 450]), (true, [-120_000, -450])] {
        let profile = profile(&titles, &fields, plain(reversed));
        assert_eq!(amounts(&read(&bytes, &profile).unwrap()), sums);
    }
    guess.forms.decimal = Decimal::Point;
    let refused = read(&bytes, &guess).unwrap_err().to_string();
    assert!(
        refused.starts_with("line 2: amount '1.200,00' is no amount of EUR"),
        "{refused}"
    );
}

#[test]
fn rows_are_known_again_whatever_the_texts_are_taken_for() {
    let titles = ["Date", "Qui", "Quoi", "Montant"];
    let bytes = b"Date;Qui;Quoi;Montant\n20/11/2026;A;x;5,00\n20/11/2026;A;x;5,00\n";
    let quoted = "Date,Qui,Quoi,Montant\n20/11/2026,\"A\",x,\"5,00\"\n";
    let fields = [(BankField::Day, 0), (BankField::Amount, 3)];
    let plain = profile(&titles, &fields, Forms::default());
    let named = profile(
        &titles,
        &[
            &fields[..],
            &[(BankField::Name, 1), (BankField::Words, 2)][..],
        ]
        .concat(),
        Forms::default(),
    );
    let first = keys(&read(bytes, &plain).unwrap());
    assert_eq!((first[0].1, first[1].1), (1, 2), "twins of one day are two");
    assert_eq!(first[0].0, first[1].0);
    assert_eq!(keys(&read(bytes, &named).unwrap()), first);
    assert_eq!(keys(&read(quoted.as_bytes(), &named).unwrap()), first[..1]);
    // Another sign is other money.
    let turned = Forms {
        reversed: true,
        ..Forms::default()
    };
    let turned = profile(&titles, &fields, turned);
    assert_ne!(keys(&read(bytes, &turned).unwrap())[0], first[0]);
}

#[test]
fn each_account_of_a_table_has_its_statement() {
    let bytes = b"Compte;Date;Montant\nA1;20/11/2026;1,00\nA2;20/11/2026;2,00\n;20/11/2026;3,00\n";
    let guess = Profile {
        account: "A9".into(),
        ..looked(bytes).guess
    };
    let items = read(bytes, &guess).unwrap();
    let accounts: Vec<&str> = items
        .iter()
        .filter_map(|item| match item {
            Item::Opened(statement) => Some(statement.account.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(accounts, ["A1", "A2", "A9"]);
    let closed = |item: &&Item| matches!(item, Item::Closed(summary) if summary.entries == 1);
    assert_eq!(items.iter().filter(closed).count(), 3);
    assert_eq!(amounts(&items), [100, 200, 300]);
}

#[test]
fn a_file_of_another_bank_has_its_own_forms() {
    let text = "\u{feff}Date;Libellé;Montant\n20/11/2026;Café;1,00\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let guess = looked(&utf16).guess;
    let items = read(&utf16, &guess).unwrap();
    assert_eq!(entries(&items)[0].transactions[0].text, "Café");
    assert_eq!(entries(&items)[0].amount, Money::eur(100));
    // The account that stands above the titles is the file's.
    let bytes = file("own-table.csv");
    assert_eq!(looked(&bytes).guess.account, "FR7630006000011234567890189");
    // No movement, or no table at all.
    assert_eq!(look(&b"Bonjour"[..], FILE_MAX), Ok(None));
    assert_eq!(look(&b"a;b\n1;2\n"[..], FILE_MAX), Ok(None));
    assert_eq!(look(&b"<Document/>"[..], FILE_MAX), Ok(None));
}

#[test]
fn rows_that_cannot_be_read_name_the_value_and_what_is_expected() {
    let titles = "Date;Sens;Montant;Libell\u{e9}\n20/11/2026;C;1,00;a\n";
    for (row, words) in [
        (
            "20/11/2026;C;1.00;a",
            "amount '1.00' is no amount of EUR with a decimal comma",
        ),
        (
            "20/13/2026;C;1,00;a",
            "date '20/13/2026' is no day of the calendar, read day first",
        ),
        (";C;1,00;a", "date '' is no day, read day first"),
        (
            "20/11/2026;X;1,00;a",
            "side 'X' is neither credit nor debit",
        ),
        ("20/11/2026;C;;a", "amount '' is missing"),
        (
            "20/11/2026;C;1,00;a;b",
            "column 'b' stands beyond the last title",
        ),
    ] {
        let bytes = format!("{titles}{row}\n");
        let guess = looked(bytes.as_bytes()).guess;
        let refused = read(bytes.as_bytes(), &guess).unwrap_err();
        assert_eq!(refused.line, 3);
        assert!(refused.to_string().contains(words), "{refused}");
    }
    let lacking = b"Date;Libelle;Autre\n20/11/2026;12,00;x\n";
    let mut guess = looked(lacking).guess;
    assert_eq!(
        guess.columns.missing(),
        ["the amount (or debit and credit)"]
    );
    guess.columns = profile(
        &["Date", "Solde"],
        &[(BankField::Day, 0), (BankField::Amount, 1)],
        Forms::default(),
    )
    .columns;
    let refused = read(lacking, &guess).unwrap_err().to_string();
    assert!(refused.contains("'Solde' (amount)"), "{refused}");
}
