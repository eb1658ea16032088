//! The columns of a bank's table: guessed, put right, looked at, and only then booked.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::BankFileId;
use domain::bank::Iban;
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::bank_columns::{self as view, BankColumns, Preview, PreviewLine};

use super::answer::{Found, Refusal, page};
use super::chosen::{Chosen, columns, picked, posted, recognised, value};
use super::form;
use super::session::{Place, Staff};
use crate::flows::FlowError;
use crate::flows::bank_file::columns::{
    self as flow, BankField, Columns, Forms, Holds, Line, Profile, Sheet, Understood,
};
use crate::store::StoreError;
use crate::vault;
use crate::web::pages::see_other;

/// Letters of an account's number.
const ACCOUNT_MAX: usize = 34;

/// A table's columns, and what is understood of it.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = shown(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let id: BankFileId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let sheet = flow::sheet(&staff.app, place.supplier.id, id).await?;
    // What a bank wrote in a form of its own has no columns.
    let Some(sheet) = sheet else {
        return Ok(see_other(&paths::bank(code)));
    };
    let typed = Typed::known(&sheet, &place);
    let problems = match typed.profile(&sheet) {
        Ok(profile) => return answer(staff, &place, (sheet, typed), (profile, Vec::new())).await,
        Err(problems) => problems,
    };
    let screen = Screen::of(&place, typed, problems);
    Ok(screen.page(staff, &place, (sheet, StatusCode::OK)))
}

/// What the form holds.
struct Typed {
    chosen: Chosen,
    account: String,
    forms: [String; 3],
}

impl Typed {
    /// As the file was read, or seems to be read; the account we know of is the supplier's own.
    fn known(sheet: &Sheet, place: &Place) -> Self {
        let own = place.supplier.bank.as_ref();
        let account = Some(sheet.profile.account.clone()).filter(|known| !known.is_empty());
        Self {
            chosen: recognised(sheet.look.titles.len(), &sheet.profile.columns),
            account: account
                .or_else(|| own.map(|own| own.iban.as_str().to_owned()))
                .unwrap_or_default(),
            forms: sheet.profile.forms.names().map(str::to_owned),
        }
    }

    fn posted(sheet: &Sheet, fields: &[(String, String)]) -> Self {
        Self {
            chosen: posted::<BankField>(sheet.look.titles.len(), fields),
            account: value(fields, "account"),
            forms: ["days", "decimal", "side"].map(|name| value(fields, name)),
        }
    }

    fn profile(&self, sheet: &Sheet) -> Result<Profile, Vec<Problem>> {
        let twice = |index: usize, name: &str| {
            let wrong = Wrong::BankColumnTwice(name.to_owned());
            Problem::new(&format!("c{index}"), wrong)
        };
        let (columns, twice) = picked::<BankField>(&sheet.look.titles, &self.chosen, twice);
        let mut problems = self.missing();
        problems.extend(twice);
        let account = account(&self.account);
        if let Err(wrong) = &account {
            problems.push(Problem::new("account", wrong.clone()));
        }
        let names = self.forms.each_ref().map(String::as_str);
        let forms = Forms::named(names).unwrap_or_default();
        match (Columns::new(columns), account) {
            (Ok(columns), Ok(account)) if problems.is_empty() => Ok(Profile {
                columns,
                forms,
                account,
            }),
            _ => Err(problems),
        }
    }

    /// Told at the first column, which need not be the one.
    fn missing(&self) -> Vec<Problem> {
        let has = |field: BankField| {
            let mut all = self.chosen.iter().flatten();
            all.any(|name| name == field.name())
        };
        let missing = |field: BankField| {
            let wrong = Wrong::BankColumnMissing(field.name().to_owned());
            Problem::new("c0", wrong)
        };
        let mut problems = Vec::new();
        if !has(BankField::Day) && !has(BankField::ValueDay) {
            problems.push(missing(BankField::Day));
        }
        let pair = has(BankField::Credit) && has(BankField::Debit);
        if !has(BankField::Amount) && !pair {
            problems.push(missing(BankField::Amount));
        }
        problems
    }
}

/// An IBAN, or a number that begins like none.
fn account(typed: &str) -> Result<String, Wrong> {
    let compact: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let fits = (1..=ACCOUNT_MAX).contains(&compact.len())
        && compact
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !fits {
        return Err(Wrong::AccountMissing);
    }
    let letters = compact.chars().take(2).all(|c| c.is_ascii_alphabetic());
    let digits = compact.chars().skip(2).take(2).all(|c| c.is_ascii_digit());
    if letters && digits {
        let iban: Iban = compact.parse().map_err(Wrong::Iban)?;
        return Ok(iban.as_str().to_owned());
    }
    Ok(compact)
}

/// What was decided about a table's columns.
pub(super) async fn decided(
    staff: &Staff,
    place: &Place,
    id: BankFileId,
    (decision, fields): (&str, &[(String, String)]),
) -> Found {
    let list = paths::bank(&place.supplier.code);
    let supplier = place.supplier.id;
    let sheet = match flow::sheet(&staff.app, supplier, id).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) | Err(FlowError::Store(StoreError::NotFound)) => return Ok(see_other(&list)),
        Err(why) => return Err(why.into()),
    };
    if decision == "forget" {
        flow::forget(&staff.app, supplier, &sheet.look).await?;
        return Ok(see_other(&list));
    }
    // Decided meanwhile, by this form sent twice or by a colleague: the list shows how.
    if !sheet.waits() || !matches!(decision, "preview" | "read") {
        return Ok(see_other(&list));
    }
    let typed = Typed::posted(&sheet, fields);
    let profile = match typed.profile(&sheet) {
        Ok(profile) => profile,
        Err(problems) => {
            let screen = Screen::of(place, typed, problems);
            return Ok(screen.page(staff, place, (sheet, StatusCode::UNPROCESSABLE_ENTITY)));
        }
    };
    if decision == "preview" {
        return answer(staff, place, (sheet, typed), (profile, Vec::new())).await;
    }
    if value(fields, "seen") != seen(&profile) {
        let problems = vec![Problem::new("c0", Wrong::LookFirst)];
        return answer(staff, place, (sheet, typed), (profile, problems)).await;
    }
    let by = staff.actor();
    match flow::confirm(&staff.app, supplier, (id, profile.clone()), &by).await {
        Ok(_) | Err(FlowError::Refused(_) | FlowError::Store(StoreError::Conflict)) => {
            Ok(see_other(&list))
        }
        Err(FlowError::Unusable(why)) => {
            let problems = vec![Problem::new("c0", Wrong::FileUnreadable(why))];
            answer(staff, place, (sheet, typed), (profile, problems)).await
        }
        Err(why) => Err(why.into()),
    }
}

/// By which the confirmation knows that this reading was looked at.
fn seen(profile: &Profile) -> String {
    vault::sha256(profile.to_string().as_bytes())
}

/// The page with what is understood.
async fn answer(
    staff: &Staff,
    place: &Place,
    (sheet, typed): (Sheet, Typed),
    (profile, problems): (Profile, Vec<Problem>),
) -> Found {
    let (supplier, id) = (place.supplier.id, sheet.file.file);
    let digest = seen(&profile);
    let understood = flow::understand(&staff.app, supplier, id, profile).await?;
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let mut screen = Screen::of(place, typed, problems);
    screen.seen = digest;
    screen.preview = Some(preview(understood));
    Ok(screen.page(staff, place, (sheet, status)))
}

fn preview(understood: Understood) -> Preview {
    Preview {
        first: understood.first.into_iter().map(line).collect(),
        movements: understood.movements,
        sums: [understood.received, understood.paid],
        days: understood.days,
        wrong: understood.wrong,
        reasons: understood.reasons,
    }
}

fn line(line: Line) -> PreviewLine {
    let words = [Some(line.text), line.reference].into_iter().flatten();
    PreviewLine {
        booked_on: line.booked_on,
        amount: line.amount,
        other_side: [line.name, line.iban].into_iter().flatten().collect(),
        words: words.filter(|words| !words.is_empty()).collect(),
    }
}

/// What is shown beside the file.
struct Screen {
    typed: Typed,
    may_write: bool,
    seen: String,
    preview: Option<Preview>,
    problems: Vec<Problem>,
}

impl Screen {
    fn of(place: &Place, typed: Typed, problems: Vec<Problem>) -> Self {
        Self {
            typed,
            may_write: place.role.may_write(),
            seen: String::new(),
            preview: None,
            problems,
        }
    }

    fn page(
        self,
        staff: &Staff,
        place: &Place,
        (sheet, status): (Sheet, StatusCode),
    ) -> HttpResponse {
        let (waits, booked) = (sheet.waits(), sheet.is_booked());
        let view = BankColumns {
            supplier: place.supplier.code.clone(),
            id: sheet.file.file,
            key: form::key(),
            open: waits && self.may_write,
            booked,
            may_forget: booked && self.may_write,
            columns: columns(&sheet.look.titles, &sheet.look.examples, self.typed.chosen),
            file: sheet.file.name,
            account: self.typed.account,
            forms: self.typed.forms,
            seen: self.seen,
            preview: self.preview,
            problems: self.problems,
        };
        let frame = staff.frame_of(&place.supplier);
        page(status, view::page(&frame, &view))
    }
}
