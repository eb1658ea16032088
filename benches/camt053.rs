//! A statement of 100,000 entries read from a file, against the crate `sepa` on the same file.
//!
//! Each reads in a process of its own, turn by turn in one run, so that its peak memory is its own
//! and whatever else the machine does falls on both. `sepa` builds a tree of the whole text; what
//! it is asked for is what our reader gives: each entry with its payments. Both must come to the
//! same sum. ENTRIES makes it shorter. The last line is the figure.
#![expect(
    clippy::print_stdout,
    reason = "a bench says what it measured on its output"
)]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use acquit::payments::statements::{FILE_MAX, Item, open};
use anyhow::{Context, bail};

const ROUNDS: usize = 3;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [who, file] if who == "ours" => told(|| ours(Path::new(file))),
        [who, file] if who == "sepa" => told(|| theirs(Path::new(file))),
        _ => compare(),
    }
}

/// Runs one reader, and tells what it came to, its microseconds and its peak in kilobytes.
fn told(reader: impl Fn() -> anyhow::Result<i64>) -> anyhow::Result<()> {
    let start = Instant::now();
    let sum = reader()?;
    let taken = start.elapsed().as_micros();
    println!("{sum} {taken} {}", peak()?);
    Ok(())
}

/// The most memory that this process held, in kilobytes.
fn peak() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    Ok(kilobytes.context("no VmHWM")?.parse()?)
}

fn ours(file: &Path) -> anyhow::Result<i64> {
    let mut sum = 0;
    for item in open(File::open(file)?, FILE_MAX)? {
        if let Item::Entry(entry) = item? {
            for one in &entry.transactions {
                let minor = one.amount.minor();
                sum += if one.credit { minor } else { -minor };
            }
        }
    }
    Ok(sum)
}

fn theirs(file: &Path) -> anyhow::Result<i64> {
    let limits = sepa::ParseLimits {
        input_bytes: usize::MAX,
        nodes: usize::MAX,
        total_text_bytes: usize::MAX,
        total_attribute_bytes: usize::MAX,
        ..sepa::ParseLimits::default()
    };
    let text = std::fs::read_to_string(file)?;
    let document = sepa::parse_camt053_with_limits(&text, limits)?;
    let mut sum = 0;
    for statement in &document.statements {
        for entry in &statement.entries {
            for one in &entry.details {
                sum += one.signed_ct().context("an amount is missing")?;
            }
        }
    }
    Ok(sum)
}

fn compare() -> anyhow::Result<()> {
    let entries = std::env::var("ENTRIES").ok();
    let entries: u32 = entries.map_or(Ok(100_000), |text| text.parse())?;
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let file = folder.path().join("statement.xml");
    write(&file, entries)?;
    let (mut our_times, mut their_times, mut our_peak) = (Vec::new(), Vec::new(), 0);
    for round in 1..=ROUNDS {
        let (sum, time, peak) = turn("ours", &file)?;
        let (other, other_time, other_peak) = turn("sepa", &file)?;
        if sum != other {
            bail!("the sums differ: {sum} and {other}");
        }
        println!("round {round}: ours {time} us, {peak} kB; sepa {other_time} us, {other_peak} kB");
        our_times.push(time);
        their_times.push(other_time);
        our_peak = our_peak.max(peak);
    }
    let (ours, theirs) = (median(our_times)?, median(their_times)?);
    let hundredths = ours * 100 / theirs.max(1);
    let rate = u64::from(entries) * 1_000_000 / ours.max(1);
    println!(
        "camt053 ratio_to_sepa_crate={}.{:02} peak_mb={} entries_per_s={rate}",
        hundredths / 100,
        hundredths % 100,
        our_peak / 1024
    );
    Ok(())
}

fn median(mut figures: Vec<u64>) -> anyhow::Result<u64> {
    figures.sort_unstable();
    let middle = figures.get(figures.len() / 2).copied();
    middle.context("no round was run")
}

/// Sum, microseconds and kilobytes of one reader in a process of its own.
fn turn(who: &str, file: &Path) -> anyhow::Result<(i64, u64, u64)> {
    let output = Command::new(std::env::current_exe()?)
        .arg(who)
        .arg(file)
        .output()?;
    if !output.status.success() {
        bail!("{who}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8(output.stdout)?;
    let mut words = text.split_whitespace();
    let mut next = || words.next().context("a reader told too little");
    Ok((next()?.parse()?, next()?.parse()?, next()?.parse()?))
}

/// Entries as banks write them: a reference or words, a payer, the codes of the booking.
fn write(file: &Path, entries: u32) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\n\
         <GrpHdr><MsgId>BENCH</MsgId><CreDtTm>2026-11-21T03:00:00</CreDtTm></GrpHdr>\n\
         <Stmt><Id>BENCH-1</Id><CreDtTm>2026-11-21T03:00:00</CreDtTm>\
         <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
    )?;
    for number in 0..entries {
        let cents = 1_000 + u64::from(number) * 7_919 % 500_000;
        let amount = format!("{}.{:02}", cents / 100, cents % 100);
        write!(
            out,
            "<Ntry>\n<Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
             <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt>\
             <ValDt><Dt>2026-11-20</Dt></ValDt><AcctSvcrRef>BK{number:010}</AcctSvcrRef>\n\
             <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly>\
             </Domn></BkTxCd>\n<NtryDtls><TxDtls><Refs><EndToEndId>E2E-{number}</EndToEndId></Refs>\
             <Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>\n\
             <RltdPties><Dbtr><Pty><Nm>Client {number} &amp; Fils</Nm></Pty></Dbtr>\
             <DbtrAcct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></DbtrAcct></RltdPties>\n\
             <RmtInf><Ustrd>Facture F2026-{number} du 20 novembre</Ustrd></RmtInf>\
             </TxDtls></NtryDtls></Ntry>\n"
        )?;
    }
    writeln!(out, "</Stmt></BkToCstmrStmt></Document>")?;
    Ok(out.flush()?)
}
