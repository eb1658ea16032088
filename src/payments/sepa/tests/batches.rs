//! Random batches: valid for both schemas, exact in their sums, and equal element for element to
//! what a second implementation, the `sepa` crate, makes of the same debits.

use domain::Money;
use domain::batch::FileVersion;
use domain::mandate::{Scheme, Usage};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::support::{day, file, leaves, terms, today, validate, written};
use crate::payments::sepa::pain008::{
    Address, Amendment, Block, DirectDebit, File, FormerAccount, Rest, Terms, check,
};

const BATCHES: usize = 2_000;

/// Batches that are compared element for element.
const COMPARED: usize = 200;

/// A German, Dutch or Luxembourg account number, its check digits by the other implementation.
fn iban() -> impl Strategy<Value = String> {
    let bban = prop_oneof![
        "[0-9]{18}".prop_map(|bban| ("DE", bban)),
        "[A-Z]{4}[0-9]{10}".prop_map(|bban| ("NL", bban)),
        "[0-9]{3}[A-Z0-9]{13}".prop_map(|bban| ("LU", bban)),
    ];
    bban.prop_map(|(country, bban)| {
        format!("{country}{}{bban}", sepa::iban_check_digits(country, &bban))
    })
}

fn creditor_id() -> impl Strategy<Value = String> {
    let national = prop_oneof![
        "[0-9]{11}".prop_map(|national| ("DE", national)),
        "[A-F0-9]{6}".prop_map(|national| ("FR", national)),
    ];
    national.prop_map(|(country, national)| {
        let digits = sepa::creditor_id_check_digits(&national, country);
        format!("{country}{digits}ZZZ{national}")
    })
}

fn remittance() -> impl Strategy<Value = String> {
    let reference = "[A-Z0-9]{1,21}".prop_map(|payload| {
        let reference = sepa::RfReference::generate(&payload).unwrap();
        reference.as_str().to_owned()
    });
    prop_oneof![
        "F[a-zéèçüß0-9/&<>€-]{1,60}( [A-Z0-9]{1,20}){0,3}",
        reference
    ]
}

fn some_terms() -> impl Strategy<Value = Terms> {
    let scheme = prop::sample::select(Scheme::ALL);
    let usage = prop::sample::select(Usage::ALL);
    let days = prop::sample::select(vec!["2026-11-23", "2026-12-28", "2027-04-01"]);
    (scheme, usage, days, iban(), creditor_id()).prop_map(|(scheme, usage, on, iban, id)| {
        let mut terms = terms(scheme, usage);
        terms.collect_on = day(on);
        terms.creditor.iban = iban.parse().unwrap();
        terms.creditor.creditor_id = Some(id.parse().unwrap());
        terms
    })
}

fn address() -> impl Strategy<Value = Address> {
    let lines = prop::collection::vec("[A-Z][a-zé ]{0,60}[a-z]", 0..3);
    let (street, number) = ("([A-Zé][a-zèê]{1,30})?", "[0-9]{0,4}");
    let (post_code, town) = ("[0-9]{0,5}", "[A-ZÉ][a-zàü'-]{1,30}");
    (street, number, post_code, town, "[A-Z]{2}", lines).prop_map(
        |(street, number, post_code, town, country, lines)| Address {
            street,
            number,
            post_code,
            town,
            country,
            lines,
        },
    )
}

fn amendment() -> impl Strategy<Value = Amendment> {
    let account = prop_oneof![
        Just(FormerAccount::Unnamed),
        iban().prop_map(|iban| FormerAccount::Known(iban.parse().unwrap())),
    ];
    let mandate = prop::option::of("[A-Za-z0-9][A-Za-z0-9+?:().,'-]{0,34}");
    let name = prop::option::of("[A-ZÉ][a-zé ]{0,20}[a-z]");
    (mandate, prop::option::of(creditor_id()), name, account).prop_map(
        |(mandate, id, creditor_name, account)| Amendment {
            mandate: mandate.map(|text| text.parse().unwrap()),
            creditor_id: id.map(|text| text.parse().unwrap()),
            creditor_name,
            account: Some(account),
        },
    )
}

fn some_rest() -> impl Strategy<Value = Rest> {
    let purpose = prop::option::of(prop::sample::select(vec!["GDDS", "SCVE", "OTHR"]));
    (
        prop::option::of(address()),
        prop::option::of("[A-Z][a-zé&]{1,60}"),
        purpose,
        prop::option::of(amendment()),
    )
        .prop_map(|(address, ultimate_debtor, purpose, amendment)| Rest {
            address,
            ultimate_debtor,
            purpose: purpose.map(str::to_owned),
            amendment,
        })
}

fn some_debit() -> impl Strategy<Value = DirectDebit> {
    let bic = prop::option::of("[A-Z]{4}(DE|NL|LU)[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?");
    let signed = (0_i64..1000).prop_map(|days| today().plus_days(-days));
    let name = "[A-ZÉÀŒ][a-zéèüñç'&]{1,20}( [A-Z][a-zß.]{0,10}){0,3}";
    let mandate = "[A-Za-z0-9][A-Za-z0-9+?:().,'-]{0,34}";
    (
        mandate,
        signed,
        name,
        iban(),
        bic,
        1_i64..100_000_000_000,
        remittance(),
        some_rest(),
    )
        .prop_map(
            |(mandate, signed_on, debtor_name, iban, bic, cents, remittance, rest)| DirectDebit {
                end_to_end_id: String::new(),
                amount: Money::eur(cents),
                mandate: mandate.parse().unwrap(),
                signed_on,
                debtor_name,
                debtor_iban: iban.parse().unwrap(),
                debtor_bic: bic.map(|bic| bic.parse().unwrap()),
                remittance,
                rest,
            },
        )
}

fn batch() -> impl Strategy<Value = File> {
    let few_terms = prop::collection::vec(some_terms(), 1..4);
    let debits = prop::collection::vec((any::<prop::sample::Index>(), some_debit()), 1..12);
    (few_terms, debits).prop_map(|(terms, debits)| {
        let numbered = debits.into_iter().enumerate();
        let all = numbered.map(|(number, (index, mut debit))| {
            debit.end_to_end_id = format!("E2E-{number:05}");
            (index.get(&terms).clone(), debit)
        });
        file(all.collect())
    })
}

fn batches(count: usize) -> Vec<File> {
    let mut runner = TestRunner::deterministic();
    let strategy = batch();
    (0..count)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}

#[test]
fn random_batches_are_valid_for_both_schemas_of_both_versions() {
    let mut batches = batches(BATCHES);
    for (version, german) in [(FileVersion::V08, "GBIC_5"), (FileVersion::V02, "GBIC_3")] {
        let folder = tempfile::tempdir().unwrap();
        let mut files = Vec::new();
        for (number, batch) in batches.iter_mut().enumerate() {
            batch.rules.version = version;
            let file = folder.path().join(format!("{number}.xml"));
            std::fs::write(&file, written(batch).unwrap()).unwrap();
            files.push(file);
        }
        for schema in [format!("{version}.xsd"), format!("{version}_{german}.xsd")] {
            for some in files.chunks(500) {
                validate(&schema, some);
            }
        }
    }
}

#[test]
fn sums_and_counts_are_those_of_the_debits() {
    for batch in batches(BATCHES) {
        let totals = check(&batch, today()).unwrap();
        let xml = leaves(&written(&batch).unwrap());
        let written = |name: &str| -> Vec<String> {
            let found = xml.iter().filter(|(element, _)| element == name);
            found.map(|(_, text)| text.clone()).collect()
        };
        let euros = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
        let cents = |debits: &[DirectDebit]| debits.iter().map(|d| d.amount.minor()).sum::<i64>();
        let blocks: Vec<i64> = batch.blocks.iter().map(|b| cents(&b.debits)).collect();
        let mut sums = vec![euros(blocks.iter().sum())];
        sums.extend(blocks.iter().copied().map(euros));
        assert_eq!(written("CtrlSum"), sums);
        let mut counts = vec![0];
        counts.extend(batch.blocks.iter().map(|block| block.debits.len()));
        counts[0] = counts.iter().sum();
        let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
        assert_eq!(written("NbOfTxs"), counts);
        let totals: Vec<i64> = totals.iter().map(|totals| totals.sum.minor()).collect();
        assert_eq!(totals, blocks);
    }
}

fn date(day: domain::Day) -> sepa::IsoDate {
    day.to_string().parse().unwrap()
}

fn their_entry(debit: &DirectDebit) -> sepa::DirectDebitEntry {
    let entry = sepa::DirectDebitEntry::new(
        debit.mandate.as_str(),
        date(debit.signed_on),
        &debit.debtor_name,
        sepa::validate_iban(debit.debtor_iban.as_str()).unwrap(),
        debit.amount.minor(),
        &debit.end_to_end_id,
    );
    let entry = match debit.remittance.parse::<sepa::RfReference>() {
        Ok(reference) => entry.with_reference(reference),
        Err(_) => entry.with_description(&debit.remittance),
    };
    match &debit.debtor_bic {
        Some(bic) => entry.with_bic(sepa::validate_bic(bic.as_str()).unwrap()),
        None => entry,
    }
}

fn their_group(block: &Block) -> sepa::DirectDebitGroup {
    let terms = &block.terms;
    let account = &terms.creditor;
    let iban = sepa::validate_iban(account.iban.as_str()).unwrap();
    let id = account.creditor_id.as_ref().unwrap().as_str();
    let id = sepa::validate_creditor_id(id).unwrap();
    sepa::DirectDebitGroup::new(&account.holder, &iban, &id, date(terms.collect_on))
        .payment_info_id(&block.id)
        .sequence_type(match terms.sequence {
            Usage::OneOff => sepa::SequenceType::Ooff,
            Usage::Recurring => sepa::SequenceType::Rcur,
        })
        .scheme(match terms.scheme {
            Scheme::Core => sepa::DirectDebitScheme::Core,
            Scheme::B2b => sepa::DirectDebitScheme::B2b,
        })
        .creditor_bic(sepa::validate_bic("AGRIFRPPXXX").unwrap())
        .batch_booking(true)
        .add_entries(block.debits.iter().map(their_entry))
}

fn theirs(file: &File) -> String {
    let builder = sepa::Pain008Builder::new(&file.creditor_name, &file.message_id)
        .charset(sepa::CharsetPolicy::Transliterate(
            sepa::Transliteration::Epc,
        ))
        .created_at(file.created_at.to_string().parse().unwrap());
    let groups = file.blocks.iter().map(their_group);
    let builder = groups.fold(builder, sepa::Pain008Builder::add_group);
    builder.build().unwrap()
}

#[test]
fn another_implementation_writes_the_same_elements() {
    for mut batch in batches(COMPARED) {
        // It writes neither addresses nor amendments in this way.
        for debit in batch.blocks.iter_mut().flat_map(|block| &mut block.debits) {
            debit.rest = Rest::default();
        }
        let ours = leaves(&written(&batch).unwrap());
        assert_eq!(ours, leaves(&theirs(&batch)));
    }
}
