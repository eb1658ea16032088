//! Items that the file leaves out. Only a file that lists everything closes them, and the entry
//! says that the books did; nobody is said to have paid.

use domain::reconcile;
use domain::{DebtorId, Id, InvoiceId, Money};

use super::Job;
use super::chunk::Seen;
use super::entry::Changes;
use crate::app::App;
use crate::flows::error::FlowError;
use crate::store::asserted::KnownItem;
use crate::store::{self, Conn, StoreError};

/// Items looked at in one go.
const PAGE: i64 = 1_000;

/// Items of one page that the file leaves out.
pub(super) struct Page {
    /// They and their debtors.
    pub items: Vec<(InvoiceId, DebtorId)>,
    /// The last item of the page, left out or not.
    pub last: InvoiceId,
}

/// The next page after an item; none when all items from before the import were looked at.
pub(super) async fn page(
    app: &App,
    job: &Job,
    seen: &Seen,
    after: Option<InvoiceId>,
) -> Result<Option<Page>, StoreError> {
    let supplier = job.supplier.id;
    let next = move |conn: &mut Conn| store::asserted::asserted_open(conn, supplier, after, PAGE);
    let mut items = app.store.report(supplier, next).await?;
    // Ids rise with time: what has a later one than the import was added by it.
    items.retain(|(id, _)| id.bits() < job.id.bits());
    let last = items.last().map(|(id, _)| *id);
    items.retain(|(id, _)| !seen.has(*id));
    Ok(last.map(|last| Page { items, last }))
}

/// Asserts that nothing is open of these items; gives how many changed.
pub(super) fn close(conn: &mut Conn, job: &Job, entry: u64, page: &Page) -> Result<u64, FlowError> {
    let mut debtors: Vec<DebtorId> = page.items.iter().map(|(_, debtor)| *debtor).collect();
    debtors.sort_unstable();
    debtors.dedup();
    store::bank::turn(conn, job.supplier.id)?;
    store::debtor::hold_many(conn, job.supplier.id, &debtors)?;
    let ids: Vec<InvoiceId> = page.items.iter().map(|(id, _)| *id).collect();
    let mut changes = Changes::default();
    let (mut touched, mut count) = (Vec::new(), 0);
    for item in store::asserted::find_many(conn, job.supplier.id, &ids)? {
        let nothing = Money::zero(item.total.currency());
        if let Some(change) = reconcile::assert_open(&item.books, nothing)? {
            let books = change.known();
            touched.push(item.debtor);
            count += 1;
            changes.change(KnownItem { books, ..item }, change.adjustment)?;
        }
    }
    touched.sort_unstable();
    touched.dedup();
    changes.record(conn, job, entry)?;
    store::debtor::touch_many(conn, job.supplier.id, &touched, job.today)?;
    Ok(count)
}
