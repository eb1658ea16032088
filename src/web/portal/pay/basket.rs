//! What is paid: parts of invoices, credit notes deducted, or one amount spread over the invoices.

use actix_web::HttpResponse;
use domain::allocate;
use domain::designation::{self, Designation, DesignationError};
use domain::invoice::{Invoice, Share};
use domain::late::Charge;
use domain::{Money, MoneyError};
use views::format::money_input;
use views::portal::chosen::{Chosen, Credit, Late, amount_field, late_value};
use views::portal::held::Held;
use views::problem::{Problem, Wrong};

use crate::app::App;
use crate::flows::late;
use crate::store;
use crate::web::error::WebError;
use crate::web::form::Fields;
use crate::web::input;
use crate::web::portal::choice::{self, Amounts, at_most};
use crate::web::session::Visit;

/// Credit notes that are offered at once.
const NOTES_MAX: i64 = 50;

/// What can be chosen from.
pub(super) struct Stock {
    items: Vec<Invoice>,
    /// Payments under way that hold a part of them.
    held: Vec<Held>,
    notes: Vec<Invoice>,
    /// What their lateness cost and is still due.
    due: Vec<Charge>,
    /// The least that a payment in part comes to.
    minimum: Money,
}

/// What was chosen, as typed and as read.
pub(super) struct Basket {
    pub(super) chosen: Vec<Chosen>,
    pub(super) held: Vec<Held>,
    pub(super) credits: Vec<Credit>,
    pub(super) lateness: Vec<Late>,
    pub(super) what: Designation,
    pub(super) total: Money,
    /// What the credit notes settle alone, when they leave nothing to pay.
    pub(super) covered: Option<Money>,
    pub(super) problems: Vec<Problem>,
}

/// Reads the chosen invoices, the credit notes beside them, and the minimum; the answer instead,
/// when nothing can be paid.
pub(super) async fn load(
    app: &App,
    visit: &Visit,
    fields: &Fields,
) -> Result<Result<Stock, HttpResponse>, WebError> {
    let items = match choice::load(app, visit, fields).await? {
        Ok(items) => items,
        Err(answer) => return Ok(Err(answer)),
    };
    let held = choice::holding(app, visit, items.clone()).await?;
    let items = match choice::payable(app, visit, fields, items).await? {
        Ok(items) => items,
        Err(answer) => return Ok(Err(answer)),
    };
    let currency = items.first().map(Invoice::currency);
    let currency = currency.ok_or(WebError::NotFound)?;
    let (supplier, debtor) = (visit.visitor.supplier, visit.visitor.debtor);
    let (late, today) = (items.clone(), visit.today());
    let (notes, due, units) = app
        .store
        .read(supplier, move |conn| {
            let notes = store::invoice::credit_notes(conn, supplier, debtor, currency, NOTES_MAX)?;
            let due = late::lines(conn, supplier, &late, (today, None))?;
            Ok((notes, due, store::supplier::part_min(conn, supplier)?))
        })
        .await?;
    let minimum = designation::minimum(units, currency)?;
    Ok(Ok(Stock {
        items,
        held,
        notes,
        due,
        minimum,
    }))
}

/// Reads what was chosen, every problem at once.
pub(super) fn read(visit: &Visit, stock: &Stock, fields: &Fields) -> Result<Basket, WebError> {
    let mut amounts = choice::amounts(visit, &stock.items, fields)?;
    leave_out_nothing(&mut amounts);
    let mut problems = amounts.problems;
    let (credits, deducted) = credits(visit, stock, amounts.total, fields, &mut problems)?;
    let lateness = lateness(stock, &amounts.shares, fields);
    let ticked = lateness.iter().filter(|one| one.ticked);
    let what = Designation {
        charges: ticked.map(|one| one.charge).collect(),
        shares: amounts.shares,
        credits: deducted,
    };
    let (total, covered) = match what.net() {
        Ok(net) => (net, None),
        Err(DesignationError::Covered(gross)) => (Money::zero(gross.currency()), Some(gross)),
        Err(DesignationError::Money(why)) => return Err(why.into()),
        Err(_) => (Money::zero(amounts.total.currency()), None),
    };
    if problems.is_empty()
        && let Err(DesignationError::BelowMinimum(least)) =
            what.check_minimum(&stock.items, stock.minimum)
    {
        problems.push(below(&amounts.chosen, least));
    }
    Ok(Basket {
        chosen: amounts.chosen,
        held: stock.held.clone(),
        credits,
        lateness,
        what,
        total,
        covered,
        problems,
    })
}

/// What lateness cost, ticked or not: it is paid beside its invoice, never alone.
fn lateness(stock: &Stock, shares: &[Share], fields: &Fields) -> Vec<Late> {
    let line = |charge: &Charge| {
        let item = stock.items.iter().find(|item| item.id == charge.invoice);
        let paid = shares.iter().any(|share| share.invoice == charge.invoice);
        let value = late_value(charge);
        Late {
            charge: *charge,
            number: item.map(|item| item.number.clone()).unwrap_or_default(),
            ticked: paid && fields.all("l").any(|own| own == value),
        }
    };
    stock.due.iter().map(line).collect()
}

/// Too little, told at the first amount.
pub(super) fn below(chosen: &[Chosen], least: Money) -> Problem {
    let field = chosen.first().map(|one| amount_field(one.invoice));
    Problem::new(&field.unwrap_or_default(), Wrong::BelowMinimum(least))
}

/// Nothing of one invoice is no mistake as long as something of another is paid.
fn leave_out_nothing(amounts: &mut Amounts) {
    if amounts.shares.is_empty() {
        return;
    }
    let nothing = |field: &str| {
        let own = amounts
            .chosen
            .iter()
            .find(|one| amount_field(one.invoice) == field);
        own.is_some_and(|one| !one.amount.contains(['-', '\u{2212}']))
    };
    amounts
        .problems
        .retain(|one| one.wrong != Wrong::AmountNotPositive || !nothing(&one.field));
}

fn credits(
    visit: &Visit,
    stock: &Stock,
    gross: Money,
    fields: &Fields,
    problems: &mut Vec<Problem>,
) -> Result<(Vec<Credit>, Vec<Share>), MoneyError> {
    let (mut left, mut all, mut deducted) = (gross, Vec::new(), Vec::new());
    for note in &stock.notes {
        let (field, most) = (amount_field(note.id), note.creditable()?);
        let own = note.id.to_string();
        let ticked = fields.all("c").any(|id| id == own);
        let typed = if fields.has(&field) {
            fields.text(&field).to_owned()
        } else {
            let fits = if left.is_positive() { left } else { most };
            money_input(visit.language(), most.least(fits)?)
        };
        if ticked {
            let read = input::amount(visit.language(), most.currency(), &typed);
            match read.and_then(|amount| at_most(amount, most)) {
                Ok(amount) => {
                    left = left.checked_sub(amount)?;
                    deducted.push(Share {
                        invoice: note.id,
                        amount,
                    });
                }
                Err(Wrong::AmountAbove(most)) => {
                    problems.push(Problem::new(&field, Wrong::CreditSpent(most)));
                }
                Err(wrong) => problems.push(Problem::new(&field, wrong)),
            }
        }
        all.push(Credit {
            note: note.id,
            number: note.number.clone(),
            most,
            amount: ticked.then_some(typed),
        });
    }
    Ok((all, deducted))
}

/// Spreads one typed amount over the invoices, oldest first, in the place of their own amounts.
/// Whether there was one; a wrong one is told and stays as typed.
pub(super) fn spread(
    visit: &Visit,
    stock: &Stock,
    fields: &mut Fields,
) -> Result<Option<Result<(), Problem>>, WebError> {
    if fields.text("spread").is_empty() {
        return Ok(None);
    }
    let wrong = |wrong| Ok(Some(Err(Problem::new("spread", wrong))));
    let currency = stock.minimum.currency();
    let amount = match input::amount(visit.language(), currency, fields.text("spread")) {
        Ok(amount) => amount,
        Err(why) => return wrong(why),
    };
    let what = read(visit, stock, fields)?.what;
    let credits = what.credits.iter().map(|share| share.amount);
    let lateness = what.charges.iter().map(|charge| charge.amount);
    let beside = Money::sum(currency, credits)?.checked_sub(Money::sum(currency, lateness)?)?;
    let found = allocate::spread(amount.checked_add(beside)?, &stock.items)?;
    if found.unapplied.is_positive() {
        let most = amount.checked_sub(found.unapplied)?;
        return wrong(Wrong::AmountAbove(most.at_least_zero()));
    }
    for item in &stock.items {
        let own = found.shares.iter().find(|share| share.invoice == item.id);
        let part = own.map_or(Money::zero(currency), |share| share.amount);
        fields.set(&amount_field(item.id), &money_input(visit.language(), part));
    }
    fields.set("spread", "");
    Ok(Some(Ok(())))
}

/// What was chosen again after the account changed meanwhile: nothing above what is left now.
pub(super) fn lowered(visit: &Visit, stock: &Stock, fields: &Fields) -> Result<Basket, WebError> {
    let mut fields = fields.clone();
    for item in stock.items.iter().chain(&stock.notes) {
        let most = item.payable()?.checked_add(item.creditable()?)?;
        let field = amount_field(item.id);
        let typed = input::amount(visit.language(), item.currency(), fields.text(&field));
        if typed.is_ok_and(|amount| amount.minor() > most.minor()) {
            fields.set(&field, &money_input(visit.language(), most));
        }
    }
    read(visit, stock, &fields)
}
