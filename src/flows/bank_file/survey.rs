//! A file is gone through to its end before anything of it is booked.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Day, Money, SupplierId};

use crate::app::App;
use crate::flows::error::FlowError;
use crate::payments::statements::{Entry, FILE_MAX, Item, StatementError, Summary, Sums, open};
use crate::store::{self, StoreError};

/// Accounts of one file whose days are compared with what was booked before.
const ACCOUNTS_MAX: usize = 1_000;

/// Reasons that are told.
const REASONS_MAX: usize = 20;

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    /// The format it was read as.
    pub(super) format: String,
    /// Why a person should look at it; none when nothing is wrong.
    pub(super) reasons: Vec<String>,
    /// Statements with wrong sums.
    pub(super) unbalanced: Vec<String>,
    pub(super) statements: i64,
    pub(super) movements: i64,
}

impl Survey {
    /// Of a file that cannot be read.
    pub(super) fn refused(why: &StatementError) -> Self {
        Self {
            reasons: vec![why.to_string()],
            ..Self::default()
        }
    }

    fn reason(&mut self, reason: String) {
        if self.reasons.len() < REASONS_MAX && !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }
}

/// What is seen on the way.
#[derive(Default)]
struct Seen {
    account: String,
    /// First and last day of each account's statements.
    days: BTreeMap<String, (Day, Day)>,
    received: BTreeMap<String, i64>,
    paid: BTreeMap<String, i64>,
}

/// The account as it is compared: a French IBAN without country and keys is what CFONB120 writes.
pub(super) fn comparable(account: &str) -> String {
    let compact: String = account
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    let french = compact.len() == 27 && compact.starts_with("FR");
    match compact.get(4..25).filter(|_| french) {
        Some(part) => part.to_owned(),
        None if compact.is_empty() => account.trim().to_owned(),
        None => compact,
    }
}

/// Reads a file to its end; what it holds, or why it cannot be read.
pub(super) async fn survey(
    app: &App,
    supplier: SupplierId,
    bytes: &Arc<Vec<u8>>,
) -> Result<Result<Survey, StatementError>, FlowError> {
    let read = Arc::clone(bytes);
    let walked = tokio::task::spawn_blocking(move || walk(&read)).await;
    let walked = walked.map_err(|_| StoreError::Failed("the reading was interrupted".into()))?;
    let (mut survey, seen, known) = match walked {
        Ok(walked) => walked,
        Err(why) => return Ok(Err(why)),
    };
    let format = survey.format.clone();
    let days: Vec<(String, (Day, Day))> = seen.days.into_iter().take(ACCOUNTS_MAX).collect();
    let asked = move |conn: &mut store::Conn| {
        let confirmed = known || store::bank::confirmed_before(conn, supplier, &format)?;
        let mut told = Vec::new();
        for (account, days) in &days {
            let about = (account.as_str(), format.as_str());
            told.extend(store::bank::other_format(conn, supplier, about, *days)?);
        }
        Ok((confirmed, told))
    };
    let (confirmed, told) = app.store.read(supplier, asked).await?;
    for file in told {
        survey.reason(format!(
            "days of this account were booked from {file}, a file of another format: \
             the same money may be in both"
        ));
    }
    if !confirmed {
        let format = survey.format.clone();
        let understood = understood(&survey, &seen.received, &seen.paid);
        survey.reason(format!(
            "{format} was not met before; understood: {understood}"
        ));
    }
    Ok(Ok(survey))
}

fn understood(
    survey: &Survey,
    received: &BTreeMap<String, i64>,
    paid: &BTreeMap<String, i64>,
) -> String {
    let sums = |all: &BTreeMap<String, i64>| {
        let parts = all.iter().filter_map(|(code, minor)| {
            let currency = code.parse().ok()?;
            Some(Money::new(*minor, currency).to_string())
        });
        let text = parts.collect::<Vec<_>>().join(", ");
        if text.is_empty() {
            "nothing".to_owned()
        } else {
            text
        }
    };
    format!(
        "{} movements on {} statements, {} received, {} paid",
        survey.movements,
        survey.statements,
        sums(received),
        sums(paid)
    )
}

fn walk(bytes: &[u8]) -> Result<(Survey, Seen, bool), StatementError> {
    let reading = open(bytes, FILE_MAX)?;
    let known = reading.format.known;
    let mut survey = Survey {
        format: reading.format.name.clone(),
        ..Survey::default()
    };
    let mut seen = Seen::default();
    for item in reading {
        match item? {
            Item::Opened(statement) => {
                survey.statements = survey.statements.saturating_add(1);
                seen.account = comparable(&statement.account);
            }
            Item::Entry(entry) => entry_seen(&mut survey, &mut seen, &entry),
            Item::Closed(summary) => closed(&mut survey, &summary),
        }
    }
    Ok((survey, seen, known))
}

fn entry_seen(survey: &mut Survey, seen: &mut Seen, entry: &Entry) {
    let parts = i64::try_from(entry.transactions.len()).unwrap_or(i64::MAX);
    survey.movements = survey.movements.saturating_add(parts);
    let sums = if entry.credit {
        &mut seen.received
    } else {
        &mut seen.paid
    };
    let code = entry.amount.currency().to_string();
    let sum = sums.entry(code).or_default();
    *sum = sum.saturating_add(entry.amount.minor());
    let day = entry.booked_on;
    let days = seen.days.entry(seen.account.clone()).or_insert((day, day));
    *days = (days.0.min(day), days.1.max(day));
}

fn closed(survey: &mut Survey, summary: &Summary) {
    let name = &summary.statement;
    match summary.sums {
        Sums::Agree => {}
        Sums::Unknown => survey.unbalanced.push(name.clone()),
        Sums::Differ { stated, found } => {
            survey.unbalanced.push(name.clone());
            survey.reason(format!(
                "statement {name}: it states {stated}, but its entries make {found}"
            ));
        }
        Sums::Count { stated, found } => {
            survey.unbalanced.push(name.clone());
            survey.reason(format!(
                "statement {name}: it states {stated} entries, but holds {found}"
            ));
        }
    }
    survey.unbalanced.truncate(REASONS_MAX);
}
