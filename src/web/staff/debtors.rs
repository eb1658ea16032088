//! The debtors of a supplier: searched, and paged by key.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::party::Debtor;
use serde::Deserialize;
use views::paths;
use views::staff::debtors::{self as view, DebtorLine};
use views::staff::shell::DebtorRef;

use super::answer::{Found, Refusal, page};
use super::form;
use super::session::Staff;
use crate::store;
use crate::store::report::DebtorSum;
use crate::web::address;

/// Debtors on one page.
const PAGE: usize = 50;

/// Characters of a search that are looked at.
const SEARCH_CHARS: usize = 100;

/// What the address asks for.
#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

/// One page.
pub(super) async fn show(
    staff: Staff,
    code: web::Path<String>,
    search: web::Query<Search>,
) -> HttpResponse {
    let found = find(&staff, &code, &search).await;
    staff.answer(found)
}

async fn find(staff: &Staff, code: &str, search: &Search) -> Found {
    let place = staff.at(code).await?;
    let query: String = form::typed(&search.q).chars().take(SEARCH_CHARS).collect();
    let after = match search.after.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| Refusal::NOT_FOUND)?),
    };
    let (supplier, today, wanted) = (place.supplier.id, place.today(staff), query.clone());
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX).saturating_add(1);
    let (mut debtors, sums) = staff
        .app
        .store
        .read(supplier, move |conn| {
            let debtors = store::debtor::page(conn, supplier, &wanted, after, limit)?;
            let ids: Vec<_> = debtors.iter().map(|debtor| debtor.id).collect();
            let sums = store::report::debtor_sums(conn, supplier, &ids, today)?;
            Ok((debtors, sums))
        })
        .await?;
    let more = debtors.len() > PAGE;
    debtors.truncate(PAGE);
    let last = debtors.last().filter(|_| more);
    let next = last.map(|last| {
        let (path, query) = (paths::debtors(code), address::value(&query));
        format!("{path}?q={query}&after={}", last.id)
    });
    let none = Vec::new();
    let rows = debtors.into_iter().map(|debtor| {
        let owed = sums.get(&debtor.id).unwrap_or(&none);
        line(code, debtor, owed)
    });
    let view = view::Debtors {
        supplier: code.to_owned(),
        query,
        rows: rows.collect(),
        next,
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::page(&frame, &view)))
}

fn line(code: &str, debtor: Debtor, sums: &[DebtorSum]) -> DebtorLine {
    let late = sums.iter().map(|sum| sum.late);
    DebtorLine {
        debtor: DebtorRef {
            supplier: code.to_owned(),
            id: debtor.id,
            name: debtor.name,
        },
        code: debtor.code,
        open: sums.iter().map(|sum| sum.open).collect(),
        late: late.filter(|sum| sum.is_positive()).collect(),
        oldest: sums.iter().map(|sum| sum.oldest).min(),
    }
}
