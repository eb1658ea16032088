//! The columns of a bank's table: guessed, put right, looked at, confirmed.
//!
//! Posts `csrf`, `key`, `c<place>`, `account`, `days`, `decimal`, `side`, `seen` (what the preview
//! was made of) and `decision`: `preview`, `read` (book it) or `forget` (ask again next time).

use domain::{BankFileId, Day, Money};
use maud::{Markup, html};

use super::columns::{self, FileColumn};
use super::shell::{Section, StaffFrame, staff_page};
use crate::field::{self, Input};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::bank;
use crate::text::bank_columns as t;
use crate::text::common as c;

/// The page.
#[derive(Clone, Debug)]
pub struct BankColumns {
    /// Code of the supplier.
    pub supplier: String,
    /// The file.
    pub id: BankFileId,
    /// Idempotency key.
    pub key: String,
    /// The file's name.
    pub file: String,
    /// Whether its columns can still be chosen: it waits, and the reader may write.
    pub open: bool,
    /// Whether it was booked as it is shown.
    pub booked: bool,
    /// Whether the reader may have such files asked about again.
    pub may_forget: bool,
    /// Its columns, in the file's order.
    pub columns: Vec<FileColumn>,
    /// The account, as typed.
    pub account: String,
    /// Stable names of the order of dates, the decimal sign and what an amount without a sign is.
    pub forms: [String; 3],
    /// What the preview is made of, posted back with the confirmation.
    pub seen: String,
    /// What is understood, when the columns suffice.
    pub preview: Option<Preview>,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// What the file says, read like this.
#[derive(Clone, Debug)]
pub struct Preview {
    /// First movements.
    pub first: Vec<PreviewLine>,
    /// How many there are.
    pub movements: i64,
    /// Sums received and paid, by currency.
    pub sums: [Vec<Money>; 2],
    /// First and last day.
    pub days: Option<(Day, Day)>,
    /// Why it cannot be read, in the reader's words.
    pub wrong: Option<String>,
    /// What else to look at, in the reader's words.
    pub reasons: Vec<String>,
}

/// A movement.
#[derive(Clone, Debug)]
pub struct PreviewLine {
    /// The booking day.
    pub booked_on: Day,
    /// With its sign.
    pub amount: Money,
    /// Who is on the other side, and its account.
    pub other_side: Vec<String>,
    /// What the payer wrote, and the reference.
    pub words: Vec<String>,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &BankColumns) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let lead = if view.booked { t::READ_LEAD } else { t::LEAD };
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) span.sub { (view.file) } }
        p { (lead.of(lang)) }
        form method="post" action=(paths::bank_file(&view.supplier, view.id)) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("seen", &view.seen))
            fieldset disabled[!view.open] {
                (columns::table(lang, &view.columns, t::FIELDS, &view.problems))
                (Input::text("account", t::ACCOUNT.of(lang), &view.account)
                    .hint(t::ACCOUNT_HINT.of(lang))
                    .autocomplete("off")
                    .checked(&view.problems, lang))
                (forms(frame, view))
            }
            @if view.open {
                div.actions {
                    button.button.quiet name="decision" value="preview" { (t::SHOW.of(lang)) }
                }
            }
            @if let Some(preview) = &view.preview { (understood(frame, view, preview)) }
            (last(frame, view))
        }
    };
    staff_page(frame, Section::Imports, title, &body)
}

/// Booking what is understood, or asking about such files again.
fn last(frame: &StaffFrame, view: &BankColumns) -> Markup {
    let lang = frame.language;
    let reads = view.preview.as_ref().is_some_and(|one| one.wrong.is_none());
    html! {
        div.actions {
            @if view.open && reads {
                button.button name="decision" value="read" { (bank::CONFIRM.of(lang)) }
            }
            @if view.may_forget {
                button.button.quiet name="decision" value="forget" { (t::FORGET.of(lang)) }
            }
            a href=(paths::bank(&view.supplier)) { (bank::TITLE.of(lang)) }
        }
    }
}

fn forms(frame: &StaffFrame, view: &BankColumns) -> Markup {
    let lang = frame.language;
    let [days, decimal, side] = &view.forms;
    let days = [
        ("day_first", t::DAY_FIRST),
        ("month_first", t::MONTH_FIRST),
        ("year_first", t::YEAR_FIRST),
    ]
    .map(|(value, words)| (value, words.of(lang), value == days));
    let decimal = [("comma", t::COMMA), ("point", t::POINT)]
        .map(|(value, words)| (value, words.of(lang), value == decimal));
    let side = [("received", t::RECEIVED_ONE), ("paid", t::PAID_ONE)]
        .map(|(value, words)| (value, words.of(lang), value == side));
    html! {
        (field::select("days", "days", t::DAYS.of(lang), &days))
        (field::select("decimal", "decimal", t::DECIMALS.of(lang), &decimal))
        (field::select("side", "side", t::SIDE.of(lang), &side))
    }
}

fn understood(frame: &StaffFrame, view: &BankColumns, preview: &Preview) -> Markup {
    let lang = frame.language;
    if let Some(wrong) = &preview.wrong {
        let words = html! { p lang="en" { (wrong) } };
        return parts::banner(Tone::Bad, t::NOT_READ.of(lang), &words);
    }
    let sum = |all: &[Money]| {
        html! {
            @if all.is_empty() { (t::NOTHING.of(lang)) }
            @for (place, one) in all.iter().enumerate() {
                @if place > 0 { " · " }
                (parts::amount(lang, *one))
            }
        }
    };
    let [received, paid] = &preview.sums;
    let mut facts = vec![
        (bank::MOVEMENTS.of(lang), html! { (preview.movements) }),
        (t::RECEIVED.of(lang), sum(received)),
        (t::PAID.of(lang), sum(paid)),
    ];
    if let Some((first, last)) = preview.days {
        let period = html! { (parts::date(lang, first)) " – " (parts::date(lang, last)) };
        facts.push((t::PERIOD.of(lang), period));
    }
    html! {
        section.card {
            h2 { (t::UNDERSTOOD.of(lang)) }
            (parts::facts(&facts))
            @if view.open {
                @for reason in &preview.reasons { p lang="en" { (reason) } }
            }
            h3 { (t::FIRST.of(lang)) }
            (lines(frame, &preview.first))
        }
    }
}

fn lines(frame: &StaffFrame, first: &[PreviewLine]) -> Markup {
    let lang = frame.language;
    let titles = [
        c::DATE.of(lang),
        t::OTHER_SIDE.of(lang),
        t::WORDS.of(lang),
        c::AMOUNT.of(lang),
    ];
    let rows = html! {
        @for line in first {
            tr {
                th scope="row" { (parts::date(lang, line.booked_on)) }
                td { @for words in &line.other_side { span.sub { (words) } } }
                td { @for words in &line.words { span.sub { (words) } } }
                td.num { (parts::amount(lang, line.amount)) }
            }
        }
    };
    parts::table(&titles, &[3], &rows)
}
