//! The account page.

use actix_web::{HttpRequest, HttpResponse};
use domain::account::totals;
use domain::invoice::Invoice;
use domain::{Day, Money, MoneyError};
use views::portal::account::{self as view, Account, Row, Sum};
use views::problem::Problem;

use super::held::{self, Holding};
use super::preferences::debits;
use super::rows::Claims;
use super::status;
use crate::app::App;
use crate::flows::Visitor;
use crate::store::{self, Conn, StoreError};
use crate::web::error::WebError;
use crate::web::session::{self, Visit};

/// The account.
pub(in crate::web) async fn show(request: HttpRequest) -> Result<HttpResponse, WebError> {
    let (visit, found) = session::with(&request, load).await?;
    draw(&visit, found, Vec::new())
}

/// The account again, with what was wrong with a choice made on it.
pub(super) async fn page(
    app: &App,
    visit: &Visit,
    problems: Vec<Problem>,
) -> Result<HttpResponse, WebError> {
    let visitor = visit.visitor;
    let read = move |conn: &mut Conn| load(conn, visitor);
    let found = app.store.read(visitor.supplier, read).await?;
    draw(visit, found, problems)
}

/// What is open on the account and what was said about it.
type Found = (Vec<Invoice>, Claims, Vec<Holding>);

fn load(conn: &mut Conn, visitor: Visitor) -> Result<Found, StoreError> {
    let items = store::invoice::open_of_debtor(conn, visitor.supplier, visitor.debtor)?;
    let claims = Claims::load(conn, &visitor, &items)?;
    let held = held::load(conn, &visitor, &items)?;
    Ok((items, claims, held))
}

fn draw(
    visit: &Visit,
    (items, claims, held): Found,
    problems: Vec<Problem>,
) -> Result<HttpResponse, WebError> {
    let rows = items.into_iter().map(|item| claims.row(item));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let today = visit.today();
    let account = Account {
        debtor: visit.debtor.name.clone(),
        code: visit.debtor.code.clone(),
        today,
        as_of: visit.supplier.data_as_of,
        sums: sums(&rows, today)?,
        rows,
        held: held::views(visit, held)?,
        problems,
        debits: debits(&visit.supplier),
    };
    let status = status(account.problems.len());
    Ok(visit.page(status, view::page(&visit.frame(), &account)))
}

fn sums(rows: &[Row], today: Day) -> Result<Vec<Sum>, MoneyError> {
    let all = totals(rows.iter().map(|row| &row.item), today)?;
    all.into_iter()
        .map(|(currency, totals)| {
            let own = rows.iter().filter(|row| row.item.currency() == currency);
            let due = own.filter(|row| row.is_due_now(today));
            let now = Money::sum(currency, due.map(|row| row.payable))?;
            Ok(Sum { now, totals })
        })
        .collect()
}
