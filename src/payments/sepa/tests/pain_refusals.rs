//! Each rule, broken once: the problem names debtor, field, value and rule, and nothing is written.

use std::cell::Cell;

use domain::Money;
use domain::batch::FileVersion;
use domain::mandate::{Scheme, Usage};

use super::support::{day, debit, file, terms, today, written};
use crate::payments::sepa::pain008::{
    Address, Block, DirectDebit, File, PROBLEMS_MAX, Problem, WriteError, write,
};

/// What to break, and words the problem has.
type Case<T> = (fn(&mut T), &'static str);

fn place(town: &str, country: &str) -> Address {
    Address {
        town: town.to_owned(),
        country: country.to_owned(),
        ..Address::default()
    }
}

/// What a bank of version .02 or one that wants BICs refuses besides.
#[test]
fn a_debit_that_breaks_a_rule_of_the_bank_is_named() {
    let mut file = sample();
    file.rules.bics = true;
    assert!(message(&file).contains("BIC '': your bank wants it for every debit"));
    let mut file = sample();
    file.rules.version = FileVersion::V02;
    for bic in ["1234DEFF", "ABCDDE1F", "ABCDDE5O"] {
        file.blocks[0].debits[1].debtor_bic = Some(bic.parse().unwrap());
        let expected = format!("BIC '{bic}': pain.008.001.02 has no place for it");
        assert!(message(&file).contains(&expected), "{bic}");
    }
    let debit = &mut file.blocks[0].debits[1];
    debit.debtor_bic = Some("UBSWCHZH".parse().unwrap());
    debit.debtor_iban = "CH9300762011623852957".parse().unwrap();
    debit.rest.address = Some(place("Genève", "CH"));
    assert!(message(&file).contains("pain.008.001.02 has no structured address"));
    file.rules.version = FileVersion::V08;
    assert!(
        written(&file)
            .unwrap()
            .contains("<TwnNm>Geneve</TwnNm><Ctry>CH</Ctry>")
    );
    file.creditor_address = Some(place("Lyon", "fr"));
    assert!(message(&file).contains("the creditor's address: country 'fr': two capitals"));
}

fn sample() -> File {
    let terms = || terms(Scheme::Core, Usage::Recurring);
    file(vec![
        (terms(), debit("E2E-1", 100)),
        (terms(), debit("E2E-2", 200)),
    ])
}

fn problems(file: &File) -> Vec<Problem> {
    let mut bytes = Vec::new();
    let refused = write(file, today(), &mut bytes);
    assert!(bytes.is_empty());
    match refused {
        Err(WriteError::Refused(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

fn message(file: &File) -> String {
    let all: Vec<String> = problems(file).iter().map(Problem::to_string).collect();
    all.join("\n")
}

#[test]
fn a_debit_that_breaks_a_rule_is_named() {
    let cases: [Case<DirectDebit>; 11] = [
        (
            |d| d.amount = Money::eur(0),
            "amount '0.00 EUR': one debit takes 0.01 to",
        ),
        (
            |d| d.amount = Money::eur(-5),
            "amount '-0.05 EUR': one debit takes 0.01 to",
        ),
        (
            |d| d.amount = Money::eur(100_000_000_000),
            "amount '1000000000.00 EUR': one debit",
        ),
        (
            |d| d.amount = Money::new(5, "CHF".parse().unwrap()),
            "amount '0.05 CHF': direct debits are in EUR",
        ),
        (
            |d| d.signed_on = day("2026-11-22"),
            "signature day '2026-11-22': a mandate is signed",
        ),
        (
            |d| d.debtor_name = "…".to_owned(),
            "debtor name '…': it needs at least one letter",
        ),
        (
            |d| d.remittance = "é".repeat(141),
            "it has 141 characters and may have 140",
        ),
        (
            |d| d.remittance = String::new(),
            "remittance '': it needs at least one letter",
        ),
        (
            |d| d.debtor_iban = "CH9300762011623852957".parse().unwrap(),
            "account 'CH…2957': debits outside the EEA need the debtor's address",
        ),
        (
            |d| d.debtor_iban = "TR330006100519786457841326".parse().unwrap(),
            "account 'TR…1326': the account is outside SEPA",
        ),
        (
            |d| d.end_to_end_id = "E2E_2".to_owned(),
            "end-to-end id 'E2E_2': '_' is not allowed",
        ),
    ];
    one_by_one(&cases);
}

#[test]
fn what_few_debits_have_is_checked_as_well() {
    let cases: [Case<DirectDebit>; 5] = [
        (
            |d| {
                d.debtor_iban = "CH9300762011623852957".parse().unwrap();
                d.rest.address = Some(place("Genève", "CH"));
            },
            "BIC '': debits outside the EEA need it",
        ),
        (
            |d| d.rest.address = Some(place("", "FR")),
            "town '': it needs at least one letter",
        ),
        (
            |d| d.rest.address = Some(place("Lyon", "France")),
            "country 'France': two capitals",
        ),
        (
            |d| d.rest.purpose = Some("othr".to_owned()),
            "purpose 'othr': a purpose is one of ISO's codes",
        ),
        (
            |d| d.rest.ultimate_debtor = Some("…".to_owned()),
            "ultimate debtor '…': it needs at least one letter",
        ),
    ];
    one_by_one(&cases);
}

/// Each problem is told alone, with its debit.
fn one_by_one(cases: &[Case<DirectDebit>]) {
    for (change, expected) in cases {
        let mut file = sample();
        change(&mut file.blocks[0].debits[1]);
        let message = message(&file);
        assert!(message.contains(expected), "{message}");
        assert!(message.contains("(E2E"), "{message}");
        assert!(message.lines().count() == 1, "{message}");
    }
}

#[test]
fn a_file_or_block_that_breaks_a_rule_is_named() {
    let cases: [Case<File>; 12] = [
        (
            |f| f.message_id = "bat_1".to_owned(),
            "the file: message id 'bat_1': '_' is not",
        ),
        (
            |f| f.creditor_name.clear(),
            "the file: creditor name '': it needs",
        ),
        (
            |f| f.blocks.clear(),
            "the file: debits '': there is nothing to collect",
        ),
        (
            |f| f.blocks[0].debits.clear(),
            "debits '': there is nothing to collect",
        ),
        (
            |f| f.blocks[0].id = "A B".to_owned(),
            "block A B: id 'A B': ' ' is not allowed",
        ),
        (
            |f| f.blocks[0].terms.creditor.creditor_id = None,
            "creditor identifier '': direct",
        ),
        (
            |f| f.blocks[0].terms.creditor.holder.clear(),
            "account holder '': it needs",
        ),
        (
            |f| f.blocks[0].terms.collect_on = today(),
            "'2026-11-21': it must lie after today",
        ),
        (
            |f| f.blocks[0].terms.collect_on = day("2026-12-25"),
            "collection day '2026-12-25': banks are closed",
        ),
        (
            |f| f.blocks[0].debits.reverse(),
            "end-to-end id 'E2E-1': debits must rise by it",
        ),
        (
            |f| f.blocks[0].debits[1] = f.blocks[0].debits[0].clone(),
            "end-to-end id 'E2E-1': debits must rise by it, each one once",
        ),
        (
            |f| f.blocks.extend(f.blocks.clone()),
            "another block has the same account, creditor identifier, scheme, sequence and day",
        ),
    ];
    for (change, expected) in cases {
        let mut file = sample();
        change(&mut file);
        let message = message(&file);
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn all_problems_are_told_at_once_up_to_a_limit() {
    let mut file = sample();
    for debit in &mut file.blocks[0].debits {
        debit.remittance.clear();
    }
    let ids: Vec<_> = problems(&file)
        .into_iter()
        .map(|p| p.end_to_end_id)
        .collect();
    assert_eq!(ids, [Some("E2E-1".to_owned()), Some("E2E-2".to_owned())]);
    let bad = |number: usize| debit(&format!("E2E-{number:04}"), 0);
    file.blocks[0].debits = (0..PROBLEMS_MAX * 2).map(bad).collect();
    assert_eq!(problems(&file).len(), PROBLEMS_MAX);
}

#[test]
fn debits_that_change_between_the_readings_spoil_the_output() {
    let sample = sample();
    let rounds = Cell::new(0);
    let changing = || {
        rounds.set(rounds.get() + 1);
        std::iter::once(debit("E2E-1", rounds.get() * 100))
    };
    let file = File {
        message_id: sample.message_id.clone(),
        created_at: sample.created_at,
        creditor_name: sample.creditor_name.clone(),
        creditor_address: None,
        rules: sample.rules,
        blocks: vec![Block {
            id: "B-1".to_owned(),
            terms: sample.blocks[0].terms.clone(),
            debits: changing,
        }],
    };
    let outcome = write(&file, today(), Vec::new());
    assert!(matches!(outcome, Err(WriteError::Changed(id)) if id == "B-1"));
}

#[test]
fn a_failing_output_is_an_error() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("disk full"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let outcome = write(&sample(), today(), Full);
    assert!(matches!(outcome, Err(WriteError::Output(_))), "{outcome:?}");
    assert!(written(&sample()).is_ok());
}
