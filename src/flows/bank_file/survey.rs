//! A file is gone through to its end before anything of it is booked. The columns of a table are
//! those that a person confirmed for its titles; until then the file waits.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Day, Money, SupplierId};

use crate::app::App;
use crate::flows::error::FlowError;
use crate::payments::statements::{
    Entry, FILE_MAX, Item, Look, Profile, StatementError, Summary, Sums, look, open_by,
};
use crate::store::bank::TableReading;
use crate::store::{self, StoreError};
use crate::vault;

/// Accounts of one file whose days are compared with what was booked before.
const ACCOUNTS_MAX: usize = 1_000;

/// Reasons that are told.
const REASONS_MAX: usize = 20;

/// Movements that are shown of a file.
const FIRST: usize = 8;

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub(in crate::flows) struct Survey {
    /// The format it was read as.
    pub(super) format: String,
    /// Why a person should look at it; none when nothing is wrong.
    pub(super) reasons: Vec<String>,
    /// Statements with wrong sums.
    pub(super) unbalanced: Vec<String>,
    pub(super) statements: i64,
    pub(super) movements: i64,
    /// Whether it is a table that cannot be read to its end with these columns.
    pub(super) broken: bool,
    /// A table's beginning.
    pub(super) look: Option<Look>,
    /// How a table is read, if a person said so.
    pub(super) profile: Option<Profile>,
    /// The first movements.
    pub(super) first: Vec<Entry>,
    /// Sums of what was received and paid, by currency.
    pub(super) received: Vec<Money>,
    pub(super) paid: Vec<Money>,
    /// The first and the last day.
    pub(super) days: Option<(Day, Day)>,
}

impl Survey {
    /// Of a file that cannot be read.
    pub(super) fn refused(why: &StatementError) -> Self {
        Self {
            reasons: vec![why.to_string()],
            ..Self::default()
        }
    }

    /// Of a table whose columns are to be put right.
    fn unread(look: &Look, why: &StatementError) -> Self {
        Self {
            format: look.format(),
            broken: true,
            ..Self::refused(why)
        }
    }

    /// How the table is read, to be kept for the next of its titles and account.
    pub(super) fn reading(&self) -> Option<TableReading> {
        let (look, profile) = (self.look.as_ref()?, self.profile.as_ref()?);
        Some(TableReading {
            titles_key: titles_key(look),
            account: comparable(&profile.account),
            reading: profile.to_string(),
        })
    }

    /// Whether it is a table whose columns nobody confirmed.
    pub(super) const fn is_table_of_nobody(&self) -> bool {
        self.look.is_some() && self.profile.is_none()
    }

    fn sum_up(&mut self, seen: &Seen) {
        let sums = |all: &BTreeMap<String, i64>| {
            let sums = all.iter().filter_map(|(code, minor)| {
                let currency = code.parse().ok()?;
                Some(Money::new(*minor, currency))
            });
            sums.collect()
        };
        (self.received, self.paid) = (sums(&seen.received), sums(&seen.paid));
        let all = seen.days.values().copied();
        self.days = all.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
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

/// Reads a file to its end; what it holds, or why it cannot be read. `own` is how a table was read
/// before, or is to be read.
pub(super) async fn survey(
    app: &App,
    supplier: SupplierId,
    bytes: &Arc<Vec<u8>>,
    own: Option<Profile>,
) -> Result<Result<Survey, StatementError>, FlowError> {
    let read = Arc::clone(bytes);
    let looked = apart(move || look(read.as_slice(), FILE_MAX)).await?;
    let look = match looked {
        Ok(look) => look,
        Err(why) => return Ok(Err(why)),
    };
    let profile = match (&look, own) {
        (Some(look), None) => confirmed(app, supplier, look).await?,
        (Some(_), own) => own,
        (None, _) => None,
    };
    let (read, by) = (Arc::clone(bytes), profile.clone());
    let walked = apart(move || walk(&read, by.as_ref())).await?;
    let (mut survey, seen, known) = match (walked, &look) {
        (Ok(walked), _) => walked,
        // What was guessed, or said once, may be put right by a person.
        (Err(why), Some(look)) => (Survey::unread(look, &why), Seen::default(), true),
        (Err(why), None) => return Ok(Err(why)),
    };
    (survey.look, survey.profile) = (look, profile);
    survey.sum_up(&seen);
    compare(app, supplier, &mut survey, (seen, known)).await?;
    Ok(Ok(survey))
}

/// Runs long reading beside the other work.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, FlowError> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|_| StoreError::Failed("the reading was interrupted".into()))?)
}

/// The hash under which the readings of tables with these titles are kept.
pub(super) fn titles_key(look: &Look) -> String {
    vault::sha256(look.titles.join("\t").as_bytes())
}

/// How tables of these titles are read: for the account that the file names, or the only one.
async fn confirmed(
    app: &App,
    supplier: SupplierId,
    look: &Look,
) -> Result<Option<Profile>, FlowError> {
    let key = titles_key(look);
    let asked = move |conn: &mut store::Conn| store::bank::tables_of(conn, supplier, &key);
    let all: Vec<TableReading> = app.store.read(supplier, asked).await?;
    let account = comparable(&look.guess.account);
    let found = match all.as_slice() {
        all if !account.is_empty() => all.iter().find(|one| one.account == account),
        [only] => Some(only),
        _ => None,
    };
    Ok(found.and_then(|one| one.reading.parse().ok()))
}

/// Says what a person should look at: days that another format told, formats that are not known.
async fn compare(
    app: &App,
    supplier: SupplierId,
    survey: &mut Survey,
    (seen, known): (Seen, bool),
) -> Result<(), FlowError> {
    let (format, table) = (survey.format.clone(), survey.look.is_some());
    let days: Vec<(String, (Day, Day))> = seen.days.into_iter().take(ACCOUNTS_MAX).collect();
    let asked = move |conn: &mut store::Conn| {
        let known = known || !table && store::bank::confirmed_before(conn, supplier, &format)?;
        let mut told = Vec::new();
        for (account, days) in &days {
            let about = (account.as_str(), format.as_str());
            told.extend(store::bank::other_format(conn, supplier, about, *days)?);
        }
        Ok((known, told))
    };
    let (known, told) = app.store.read(supplier, asked).await?;
    for file in told {
        survey.reason(format!(
            "days of this account were booked from {file}, a file of another format: \
             the same money may be in both"
        ));
    }
    if !known {
        let format = survey.format.clone();
        let understood = understood(survey);
        survey.reason(format!(
            "{format} was not met before; understood: {understood}"
        ));
    }
    Ok(())
}

fn understood(survey: &Survey) -> String {
    let sums = |all: &[Money]| {
        let text = all.iter().map(Money::to_string).collect::<Vec<_>>();
        if text.is_empty() {
            "nothing".to_owned()
        } else {
            text.join(", ")
        }
    };
    format!(
        "{} movements on {} statements, {} received, {} paid",
        survey.movements,
        survey.statements,
        sums(&survey.received),
        sums(&survey.paid)
    )
}

fn walk(bytes: &[u8], profile: Option<&Profile>) -> Result<(Survey, Seen, bool), StatementError> {
    let reading = open_by(bytes, FILE_MAX, profile)?;
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
            Item::Entry(entry) => {
                entry_seen(&mut survey, &mut seen, &entry);
                if survey.first.len() < FIRST {
                    survey.first.push(entry);
                }
            }
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
