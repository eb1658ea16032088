//! Money on the bank account: put on accounts, and taken from them again.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::statement::Standing;
use domain::{DebtorId, InvoiceId, Money};
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::money::{
    self as view, MatchedLine, MoneyPage, Movement, OpenLine, SuggestionLine,
};
use views::staff::shell::DebtorRef;

use super::answer::{Found, Refusal, page};
use super::form;
use super::session::{Place, Staff};
use crate::flows::allot::{self, Part};
use crate::flows::{Actor, FlowError};
use crate::store::bank::{Credit, Paid, Suggested};
use crate::store::{self, Conn, StoreError};
use crate::web::input;
use crate::web::pages::see_other;

/// Movements of each list.
const LINES: i64 = 50;

type Pairs = Vec<(String, String)>;

/// Standings of the lists below the first.
const MATCHED: [Standing; 6] = [
    Standing::Reference,
    Standing::Number,
    Standing::Staff,
    Standing::Collection,
    Standing::Mandate,
    Standing::Batch,
];

/// What was typed for one movement, and what is wrong with it.
#[derive(Default)]
struct Typed {
    movement: String,
    values: [String; 3],
    wrong: Vec<(&'static str, Wrong)>,
}

/// The page.
pub(super) async fn show(staff: Staff, code: web::Path<String>) -> HttpResponse {
    let found = shown(&staff, &code).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str) -> Found {
    let place = staff.at(code).await?;
    list(staff, &place, Typed::default()).await
}

/// What the page reads.
struct Read {
    open: Vec<Paid>,
    suggested: Vec<Suggested>,
    matched: Vec<Paid>,
    returned: Vec<Paid>,
    fees: Vec<Paid>,
    credits: Vec<Credit>,
    names: BTreeMap<DebtorId, String>,
}

fn read(conn: &mut Conn, supplier: domain::SupplierId) -> Result<Read, StoreError> {
    let open = store::bank::unmatched(conn, supplier, LINES)?;
    let keys: Vec<String> = open.iter().map(|one| one.key.clone()).collect();
    let matched = store::bank::paid_lately(conn, supplier, &MATCHED, LINES)?;
    let returned = store::bank::paid_lately(conn, supplier, &[Standing::Returned], LINES)?;
    let mut names = BTreeMap::new();
    for debtor in matched.iter().chain(&returned).filter_map(|one| one.debtor) {
        if let std::collections::btree_map::Entry::Vacant(place) = names.entry(debtor) {
            place.insert(store::debtor::find(conn, supplier, debtor)?.name);
        }
    }
    Ok(Read {
        suggested: store::bank::of_movements(conn, supplier, &keys)?,
        open,
        matched,
        returned,
        fees: store::bank::paid_lately(conn, supplier, &[Standing::Fee], LINES)?,
        credits: store::bank::unapplied(conn, supplier, LINES)?,
        names,
    })
}

async fn list(staff: &Staff, place: &Place, typed: Typed) -> Found {
    let supplier = place.supplier.id;
    let found = staff
        .app
        .store
        .read(supplier, move |conn| read(conn, supplier))
        .await?;
    let code = place.supplier.code.clone();
    let at = found.open.iter().position(|one| one.key == typed.movement);
    let at = at.unwrap_or_default();
    let problems: Vec<Problem> = typed
        .wrong
        .iter()
        .map(|(field, wrong)| Problem::new(&format!("{field}-{at}"), wrong.clone()))
        .collect();
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let about = |all: Vec<Paid>| matched_lines(&code, &found.names, all);
    let view = MoneyPage {
        key: form::key(),
        may_write: place.role.may_write(),
        problems,
        open: open_lines(&code, found.open, found.suggested, &typed),
        matched: about(found.matched),
        returned: about(found.returned),
        fees: about(found.fees),
        credits: found
            .credits
            .into_iter()
            .map(|one| (debtor(&code, one.debtor, one.name), one.amount))
            .collect(),
        supplier: code.clone(),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}

fn debtor(code: &str, id: DebtorId, name: String) -> DebtorRef {
    DebtorRef {
        supplier: code.to_owned(),
        id,
        name,
    }
}

fn movement(one: &Paid) -> Movement {
    Movement {
        key: one.key.clone(),
        booked_on: one.booked_on,
        payer: one.counterparty.clone(),
        text: one.text.clone(),
        amount: one.amount,
    }
}

fn open_lines(
    code: &str,
    open: Vec<Paid>,
    suggested: Vec<Suggested>,
    typed: &Typed,
) -> Vec<OpenLine> {
    let mut by_key: BTreeMap<String, Vec<SuggestionLine>> = BTreeMap::new();
    for one in suggested {
        let line = SuggestionLine {
            debtor: debtor(code, one.debtor, one.name),
            invoices: one.invoices,
            clue: one.clue,
        };
        by_key.entry(one.key).or_default().push(line);
    }
    open.iter()
        .map(|one| OpenLine {
            movement: movement(one),
            suggestions: by_key.remove(&one.key).unwrap_or_default(),
            typed: if one.key == typed.movement {
                typed.values.clone()
            } else {
                <[String; 3]>::default()
            },
        })
        .collect()
}

fn matched_lines(
    code: &str,
    names: &BTreeMap<DebtorId, String>,
    all: Vec<Paid>,
) -> Vec<MatchedLine> {
    all.iter()
        .map(|one| MatchedLine {
            movement: movement(one),
            debtor: one.debtor.map(|id| {
                let name = names.get(&id).cloned().unwrap_or_default();
                debtor(code, id, name)
            }),
            clue: one.standing.as_str().parse().ok(),
            fit: one.fit,
            undoable: one.standing.is_undoable(),
        })
        .collect()
}

/// Puts money on accounts, or takes it from them again.
pub(super) async fn decide(
    staff: Staff,
    code: web::Path<String>,
    posted: web::Form<Pairs>,
) -> HttpResponse {
    let found = decided(&staff, &code, &posted).await;
    staff.answer(found)
}

fn text(posted: &Pairs, name: &str) -> String {
    let found = posted.iter().find(|(own, _)| own == name);
    found.map_or_else(String::new, |(_, value)| form::typed(value))
}

async fn decided(staff: &Staff, code: &str, posted: &Pairs) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(&text(posted, "csrf"))?;
    let (supplier, key) = (place.supplier.id, text(posted, "movement"));
    let by: Actor = staff.actor();
    let done = match text(posted, "action").as_str() {
        "undo" => allot::undo(&staff.app, supplier, key, by).await,
        "suggestion" => {
            let part = suggested(posted)?;
            allot::allot(&staff.app, supplier, key, vec![part], by).await
        }
        "allot" => match parts(staff, &place, posted).await? {
            Ok(parts) => allot::allot(&staff.app, supplier, key, parts, by).await,
            Err(typed) => return list(staff, &place, typed).await,
        },
        _ => Ok(()),
    };
    match done {
        // Decided meanwhile, by this form sent twice or by a colleague: the page shows how.
        Ok(()) | Err(FlowError::Store(StoreError::Conflict)) => {
            Ok(see_other(&paths::bank_money(code)))
        }
        Err(FlowError::Unusable(_)) => {
            let mut typed = typed(posted);
            typed.wrong.push(("part", Wrong::AmountUnreadable));
            list(staff, &place, typed).await
        }
        Err(why) => Err(why.into()),
    }
}

/// A suggestion that was taken.
fn suggested(posted: &Pairs) -> Result<Part, Refusal> {
    let debtor: DebtorId = text(posted, "debtor")
        .parse()
        .map_err(|_| Refusal::NOT_FOUND)?;
    let invoices: Result<Vec<InvoiceId>, _> = text(posted, "invoices")
        .split_whitespace()
        .map(str::parse)
        .collect();
    Ok(Part {
        debtor,
        invoices: invoices.map_err(|_| Refusal::NOT_FOUND)?,
        amount: None,
    })
}

fn typed(posted: &Pairs) -> Typed {
    Typed {
        movement: text(posted, "movement"),
        values: ["code", "part", "rest"].map(|name| text(posted, name)),
        wrong: Vec::new(),
    }
}

/// One customer, or one with a part and another with the rest.
async fn parts(
    staff: &Staff,
    place: &Place,
    posted: &Pairs,
) -> Result<Result<Vec<Part>, Typed>, Refusal> {
    let supplier = place.supplier.id;
    let mut typed = typed(posted);
    let key = typed.movement.clone();
    let find = move |conn: &mut Conn| store::bank::look(conn, supplier, &key);
    let whole: Money = staff.app.store.read(supplier, find).await?.amount;
    let [code, part, rest] = typed.values.clone();
    let first = allot::debtor_called(&staff.app, supplier, &code).await?;
    let second = allot::debtor_called(&staff.app, supplier, &rest).await?;
    if first.is_none() {
        typed.wrong.push(("code", Wrong::CustomerUnknown));
    }
    let mut amount = None;
    if !part.is_empty() {
        let language = staff.frame_of(&place.supplier).language;
        match input::amount(language, whole.currency(), &part) {
            Ok(typed_amount) if typed_amount.minor() < whole.minor() => amount = Some(typed_amount),
            Ok(_) => typed.wrong.push(("part", Wrong::AmountAbove(whole))),
            Err(wrong) => typed.wrong.push(("part", wrong)),
        }
    }
    match (&second, rest.is_empty()) {
        (None, false) => typed.wrong.push(("rest", Wrong::CustomerUnknown)),
        (None, true) if amount.is_some() => typed.wrong.push(("rest", Wrong::RestMissing)),
        (Some(_), _) if part.is_empty() => typed.wrong.push(("part", Wrong::AmountMissing)),
        _ => {}
    }
    let Some(first) = first.filter(|_| typed.wrong.is_empty()) else {
        return Ok(Err(typed));
    };
    let one = |debtor, amount| Part {
        debtor,
        invoices: Vec::new(),
        amount,
    };
    let mut parts = vec![one(first, amount)];
    parts.extend(second.map(|debtor| one(debtor, None)));
    Ok(Ok(parts))
}
