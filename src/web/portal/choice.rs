//! The invoices a debtor chose, and how much of each it typed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::invoice::{Invoice, ItemKind, Share};
use domain::{InvoiceId, Money, MoneyError};
use views::format::money_input;
use views::portal::chosen::{Chosen, amount_field};
use views::portal::held::{self as held_view, Held};
use views::portal::notice::{self, Done};
use views::problem::{Problem, Wrong};

use super::rows::suggested;
use super::{account, held, nothing_left};
use crate::app::App;
use crate::store::{self, Conn};
use crate::web::error::WebError;
use crate::web::form::Fields;
use crate::web::input;
use crate::web::session::Visit;

/// Reads the chosen invoices; one of another account is not found. The answer instead, when
/// nothing was chosen or the choice does not go together: the account, saying so.
pub(super) async fn load(
    app: &App,
    visit: &Visit,
    fields: &Fields,
) -> Result<Result<Vec<Invoice>, HttpResponse>, WebError> {
    let items = find(app, visit, ids(fields)?).await?;
    let Some(wrong) = wrong(&items) else {
        return Ok(Ok(items));
    };
    let problem = Problem::new("items", wrong);
    Ok(Err(account::page(app, visit, vec![problem]).await?))
}

fn ids(fields: &Fields) -> Result<Vec<InvoiceId>, WebError> {
    let ids = fields.all("i").map(str::parse);
    let mut ids: Vec<InvoiceId> = ids
        .collect::<Result<_, _>>()
        .map_err(|_| WebError::NotFound)?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

async fn find(app: &App, visit: &Visit, ids: Vec<InvoiceId>) -> Result<Vec<Invoice>, WebError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (supplier, debtor, count) = (visit.visitor.supplier, visit.visitor.debtor, ids.len());
    let items = app
        .store
        .read(supplier, move |conn| {
            store::invoice::find_many(conn, supplier, debtor, &ids)
        })
        .await?;
    let payable = items.iter().all(|item| item.kind == ItemKind::Invoice);
    if items.len() == count && payable {
        Ok(items)
    } else {
        Err(WebError::NotFound)
    }
}

fn wrong(items: &[Invoice]) -> Option<Wrong> {
    let Some(first) = items.first() else {
        return Some(Wrong::NothingChosen);
    };
    let mixed = items.iter().any(|item| item.currency() != first.currency());
    mixed.then_some(Wrong::TwoCurrencies)
}

/// Those of which something can be paid; the answer instead, when nothing can: what holds it, with
/// the way back there and the way out, or what bars it.
pub(super) async fn payable(
    app: &App,
    visit: &Visit,
    fields: &Fields,
    items: Vec<Invoice>,
) -> Result<Result<Vec<Invoice>, HttpResponse>, WebError> {
    let (supplier, debtor) = (visit.visitor.supplier, visit.visitor.debtor);
    let find = move |conn: &mut Conn| store::pause::insolvency_of(conn, supplier, debtor);
    let opened = app.store.read(supplier, find).await?;
    let barred = |item: &Invoice| opened.is_some_and(|one| one.bars(item));
    let all = items.clone();
    let mut open = Vec::with_capacity(items.len());
    for item in items {
        if item.payable()?.is_positive() && !barred(&item) {
            open.push(item);
        }
    }
    if !open.is_empty() {
        return Ok(Ok(open));
    }
    let barred_any = all.iter().any(barred);
    let held = holding(app, visit, all).await?;
    if held.is_empty() && barred_any {
        let page = notice::done(&visit.frame(), Done::Barred);
        return Ok(Err(visit.page(StatusCode::CONFLICT, page)));
    }
    if held.is_empty() {
        return Ok(Err(nothing_left(visit)));
    }
    let status = match fields.has("csrf") {
        true => StatusCode::CONFLICT,
        false => StatusCode::OK,
    };
    Ok(Err(
        visit.page(status, held_view::page(&visit.frame(), &held))
    ))
}

/// The payments under way that hold something of these invoices.
pub(super) async fn holding(
    app: &App,
    visit: &Visit,
    items: Vec<Invoice>,
) -> Result<Vec<Held>, WebError> {
    let visitor = visit.visitor;
    let read = app.store.read(visitor.supplier, move |conn| {
        held::load(conn, &visitor, &items)
    });
    Ok(held::views(visit, read.await?)?)
}

/// How much of each invoice: what was typed, and what it came to.
#[derive(Clone, Debug)]
pub(super) struct Amounts {
    /// For the form.
    pub(super) chosen: Vec<Chosen>,
    /// What could be read.
    pub(super) shares: Vec<Share>,
    /// The sum of what could be read.
    pub(super) total: Money,
    /// What could not.
    pub(super) problems: Vec<Problem>,
}

/// Reads the amounts beside the invoices, of which there is at least one; a field that was not
/// posted means what is suggested. Nothing is suggested of what is disputed, and that is no mistake
/// before anything was posted.
pub(super) fn amounts(
    visit: &Visit,
    items: &[Invoice],
    fields: &Fields,
) -> Result<Amounts, WebError> {
    let currency = items
        .first()
        .map(Invoice::currency)
        .ok_or(WebError::NotFound)?;
    let mut read = Amounts {
        chosen: Vec::new(),
        shares: Vec::new(),
        total: Money::zero(currency),
        problems: Vec::new(),
    };
    for item in items {
        let one = chosen(visit, item, fields)?;
        if !fields.has("csrf") && !fields.has(&amount_field(item.id)) && one.claimed == one.most {
            read.chosen.push(one);
            continue;
        }
        let amount = input::amount(visit.language(), currency, &one.amount);
        match amount.and_then(|amount| at_most(amount, one.most)) {
            Ok(amount) => {
                read.total = read.total.checked_add(amount)?;
                read.shares.push(Share {
                    invoice: item.id,
                    amount,
                });
            }
            Err(wrong) => {
                let field = amount_field(item.id);
                read.problems.push(Problem::new(&field, wrong));
            }
        }
        read.chosen.push(one);
    }
    Ok(read)
}

/// Refuses more than there is.
pub(super) fn at_most(amount: Money, most: Money) -> Result<Money, Wrong> {
    if amount.minor() > most.minor() {
        Err(Wrong::AmountAbove(most))
    } else {
        Ok(amount)
    }
}

fn chosen(visit: &Visit, item: &Invoice, fields: &Fields) -> Result<Chosen, MoneyError> {
    let (field, suggested, most) = (amount_field(item.id), suggested(item)?, item.payable()?);
    let amount = if fields.has(&field) {
        fields.text(&field).to_owned()
    } else {
        money_input(visit.language(), suggested)
    };
    Ok(Chosen {
        invoice: item.id,
        number: item.number.clone(),
        due_on: item.due_on,
        most,
        claimed: most.checked_sub(suggested)?,
        amount,
    })
}

/// The amounts again after the account changed meanwhile: none above what is left now.
pub(super) fn lowered(
    visit: &Visit,
    items: &[Invoice],
    fields: &Fields,
) -> Result<Amounts, WebError> {
    let mut fields = fields.clone();
    for item in items {
        let (field, most) = (amount_field(item.id), item.payable()?);
        let typed = input::amount(visit.language(), item.currency(), fields.text(&field));
        if typed.is_ok_and(|amount| amount.minor() > most.minor()) {
            fields.set(&field, &money_input(visit.language(), most));
        }
    }
    amounts(visit, items, &fields)
}
