//! A direct-debit file of 100,000 debits, against the crate `sepa` 0.9.0 from the same debits.
//!
//! Turn by turn in one run, so that whatever else the machine does falls on both; the figures are
//! medians. `ratio_to_sepa_crate` counts all that a program has to do with each: for the crate, to
//! make its entries and to build the text. `ratio_to_build_alone` leaves its entries out. The peak
//! is that of a process of its own which makes each debit when it is asked for.
#![expect(
    clippy::print_stdout,
    reason = "a bench says what it measured on its output"
)]

use std::io;
use std::process::Command;
use std::time::{Duration, Instant};

use acquit::payments::sepa::pain008::{Block, DirectDebit, File, Rest, Rules, Terms, bytes, write};
use anyhow::Context;
use domain::batch::{DebitProfile, FileVersion};
use domain::mandate::{Scheme, Usage};
use domain::party::BankAccount;
use domain::{Day, Moment, Money};

const DEBITS: u32 = 100_000;
const ROUNDS: usize = 5;
const IBAN: &str = "DE89370400440532013000";
const CREDITOR: &str = "FR7630006000011234567890189";
const CREDITOR_ID: &str = "FR72ZZZ123456";

fn main() -> anyhow::Result<()> {
    if std::env::args().any(|one| one == "stream") {
        return stream();
    }
    let debits: Vec<DirectDebit> = (0..DEBITS).map(debit).collect::<Result<_, _>>()?;
    let file = file(debits)?;
    let (mut ours, mut theirs, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let start = Instant::now();
        let bytes = bytes(&file, today()?)?;
        ours.push(start.elapsed());
        let start = Instant::now();
        let builder = builder(&file)?;
        let made = start.elapsed();
        let text = builder.build()?;
        theirs.push(start.elapsed());
        alone.push(start.elapsed().saturating_sub(made));
        println!("round {round}: {} and {} bytes", bytes.len(), text.len());
    }
    let (ours, theirs, alone) = (median(ours)?, median(theirs)?, median(alone)?);
    println!(
        "pain008 ratio_to_sepa_crate={} ratio_to_build_alone={} peak_mb={} ms={} sepa_ms={}",
        hundredths(ours, theirs),
        hundredths(ours, alone),
        peak()?,
        ours.as_millis(),
        theirs.as_millis()
    );
    Ok(())
}

fn median(mut all: Vec<Duration>) -> anyhow::Result<Duration> {
    all.sort_unstable();
    all.get(all.len() / 2).copied().context("no round")
}

fn hundredths(one: Duration, other: Duration) -> String {
    let ratio = one.as_micros() * 100 / other.as_micros().max(1);
    format!("{}.{:02}", ratio / 100, ratio % 100)
}

fn today() -> anyhow::Result<Day> {
    Ok("2026-11-21".parse()?)
}

fn debit(number: u32) -> anyhow::Result<DirectDebit> {
    Ok(DirectDebit {
        end_to_end_id: format!("E2E{number:08}"),
        amount: Money::eur(i64::from(number % 100_000) + 1),
        mandate: format!("RUM-2026-{number:08}").parse()?,
        signed_on: "2026-10-02".parse()?,
        debtor_name: format!("Société Alpha & Fils {number}"),
        debtor_iban: IBAN.parse()?,
        debtor_bic: None,
        remittance: format!("Facture n° F2026-{number:06}"),
        rest: Rest::default(),
    })
}

fn file<D>(debits: D) -> anyhow::Result<File<D>> {
    let creditor = BankAccount {
        holder: "Exemple Fournitures S.A.S.".to_owned(),
        iban: CREDITOR.parse()?,
        bic: None,
        creditor_id: Some(CREDITOR_ID.parse()?),
        debits: DebitProfile::default(),
    };
    Ok(File {
        message_id: "MSG-1".to_owned(),
        created_at: Moment::from_seconds(1_795_255_065),
        creditor_name: "Exemple Fournitures".to_owned(),
        creditor_address: None,
        rules: Rules {
            version: FileVersion::V08,
            bics: false,
        },
        blocks: vec![Block {
            id: "MSG-1-1".to_owned(),
            terms: Terms {
                creditor,
                scheme: Scheme::Core,
                sequence: Usage::Recurring,
                collect_on: "2026-11-25".parse()?,
            },
            debits,
        }],
    })
}

/// The same file as the crate is given it.
fn builder(file: &File) -> anyhow::Result<sepa::Pain008Builder> {
    let date = |day: Day| day.to_string().parse::<sepa::IsoDate>();
    let mut builder = sepa::Pain008Builder::new(&file.creditor_name, &file.message_id)
        .charset(sepa::CharsetPolicy::Transliterate(
            sepa::Transliteration::Epc,
        ))
        .created_at(file.created_at.to_string().parse()?);
    for block in &file.blocks {
        let terms = &block.terms;
        let iban = sepa::validate_iban(terms.creditor.iban.as_str())?;
        let id = sepa::validate_creditor_id(CREDITOR_ID)?;
        let day = date(terms.collect_on)?;
        let mut entries = Vec::with_capacity(block.debits.len());
        for debit in &block.debits {
            let entry = sepa::DirectDebitEntry::new(
                debit.mandate.as_str(),
                date(debit.signed_on)?,
                &debit.debtor_name,
                sepa::validate_iban(debit.debtor_iban.as_str())?,
                debit.amount.minor(),
                &debit.end_to_end_id,
            );
            entries.push(entry.with_description(&debit.remittance));
        }
        let group = sepa::DirectDebitGroup::new(&terms.creditor.holder, &iban, &id, day)
            .payment_info_id(&block.id)
            .sequence_type(sepa::SequenceType::Rcur)
            .scheme(sepa::DirectDebitScheme::Core)
            .batch_booking(true)
            .add_entries(entries);
        builder = builder.add_group(group);
    }
    Ok(builder)
}

/// Writes the file without ever holding more than one debit.
fn stream() -> anyhow::Result<()> {
    let file = file(|| (0..DEBITS).filter_map(|number| debit(number).ok()))?;
    let totals = write(&file, today()?, io::sink())?;
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find(|line| line.starts_with("VmHWM:"));
    let peak = peak.and_then(|line| line.split_whitespace().nth(1));
    println!("{} {}", totals.count, peak.context("no VmHWM")?);
    Ok(())
}

/// The peak of such a process, in megabytes, rounded up.
fn peak() -> anyhow::Result<u64> {
    let output = Command::new(std::env::current_exe()?)
        .arg("stream")
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let (count, kilobytes) = text.trim().split_once(' ').context("no figure")?;
    anyhow::ensure!(count == DEBITS.to_string(), "{count} debits were written");
    Ok(kilobytes.parse::<u64>()?.div_ceil(1024))
}
