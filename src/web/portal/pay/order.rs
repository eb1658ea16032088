//! What the button of the payment form does, method by method.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use domain::designation::Designation;
use domain::mandate::Mandate;
use domain::payment::Method;
use domain::{Day, InvoiceId, PaymentId, target};
use views::paths;
use views::portal::debit::{self as view, DebitFacts};
use views::portal::pay::PayForm;
use views::portal::provider_debit as agreement;
use views::problem::{Problem, Wrong};

use super::debited;
use super::form::{Ways, build};
use super::{basket, page};
use crate::app::App;
use crate::flows::debit::{self, DebitOrder};
use crate::flows::pay_by_card::{self, CardOrder, Redirect};
use crate::flows::pay_by_saved_card::{self, SavedCardOrder};
use crate::flows::provider_debit::{self, Agreement};
use crate::flows::{FlowError, pay_by_transfer, set_off};
use crate::store;
use crate::web::error::WebError;
use crate::web::form::{Fields, Step};
use crate::web::input;
use crate::web::pages::see_other;
use crate::web::portal::sender::Sender;
use crate::web::portal::{mandate, outcome};
use crate::web::session::{Visit, random_hex};

/// Goes the chosen way with a form that has no problem.
pub(super) async fn place(
    app: &App,
    (visit, request): (&Visit, &HttpRequest),
    ways: &Ways,
    form: PayForm,
    (method, what, fields): (Method, Designation, &Fields),
) -> Result<HttpResponse, WebError> {
    let done = match method {
        Method::Card => card(app, visit, (what, &form)).await,
        Method::ProviderDebit => provider_debit(app, (visit, request), &form, (what, fields)).await,
        Method::Transfer => transfer(app, visit, what, form.key.clone()).await,
        Method::Debit => debit(app, visit, ways, &form, (what, fields)).await,
        Method::Credit => set_off(app, visit, what, form.key.clone()).await,
    };
    match done {
        Ok(answer) => Ok(answer),
        Err(why) => refused(app, visit, ways, (form, fields), why).await,
    }
}

/// Opens the card page that a payment under way is made on.
pub(super) async fn by_card(
    app: &App,
    visit: &Visit,
    what: Designation,
    key: String,
) -> Result<HttpResponse, WebError> {
    let order = CardOrder {
        what,
        key: key.clone(),
    };
    let begun = pay_by_card::start(app, visit.visitor, order).await;
    Ok(sent_on(app, visit, &key, begun).await?)
}

/// With a card that is typed on the provider's page, or one that the provider keeps.
async fn card(
    app: &App,
    visit: &Visit,
    (what, form): (Designation, &PayForm),
) -> Result<HttpResponse, FlowError> {
    let (visitor, key) = (visit.visitor, form.key.clone());
    let begun = match (form.saved, form.keep) {
        (Some(card), _) => {
            let order = SavedCardOrder { what, card, key };
            pay_by_saved_card::start(app, visitor, order).await
        }
        (None, Some(true)) => {
            pay_by_card::start_and_keep(app, visitor, CardOrder { what, key }).await
        }
        (None, _) => pay_by_card::start(app, visitor, CardOrder { what, key }).await,
    };
    sent_on(app, visit, &form.key, begun).await
}

/// On to the provider's page; when there is none, on to the page that says what became of it.
async fn sent_on(
    app: &App,
    visit: &Visit,
    key: &str,
    begun: Result<Redirect, FlowError>,
) -> Result<HttpResponse, FlowError> {
    let why = match begun {
        Ok(page) => return Ok(see_other(&page.url)),
        Err(why) => why,
    };
    if !matches!(why, FlowError::Card(_)) {
        return Err(why);
    }
    match outcome(app, visit, key)
        .await?
        .map(|id| id.parse::<PaymentId>())
    {
        Some(Ok(payment)) => Ok(see_other(&paths::payment(payment))),
        _ => Err(why),
    }
}

/// Agreed to first, then on to the provider's page, where the IBAN is given.
async fn provider_debit(
    app: &App,
    (visit, request): (&Visit, &HttpRequest),
    form: &PayForm,
    (what, fields): (Designation, &Fields),
) -> Result<HttpResponse, FlowError> {
    if fields.step() != Step::Confirm {
        let lines = debited::lines(visit.language(), &what, &names(form))?;
        let page = agreement::check(&visit.frame(), form, &lines);
        return Ok(visit.page(StatusCode::OK, page));
    }
    let Sender { address, agent } = Sender::of(request);
    let agreed = Agreement {
        wording: agreement::wording(visit.language(), &visit.supplier.name),
        address,
        agent,
    };
    let key = form.key.clone();
    let order = CardOrder { what, key };
    let begun = provider_debit::start(app, visit.visitor, (order, agreed)).await;
    sent_on(app, visit, &form.key, begun).await
}

/// The chosen invoices and credit notes by their numbers.
fn names(form: &PayForm) -> Vec<(InvoiceId, &String)> {
    let invoices = form.chosen.iter().map(|one| (one.invoice, &one.number));
    let notes = form.credits.iter().map(|one| (one.note, &one.number));
    invoices.chain(notes).collect()
}

async fn transfer(
    app: &App,
    visit: &Visit,
    what: Designation,
    key: String,
) -> Result<HttpResponse, FlowError> {
    let payment = pay_by_transfer::announce(app, visit.visitor, what, key).await?;
    Ok(see_other(&paths::payment(payment)))
}

/// Credit notes cover it all: booked at once, for no money has to be waited for.
async fn set_off(
    app: &App,
    visit: &Visit,
    what: Designation,
    key: String,
) -> Result<HttpResponse, FlowError> {
    let payment = set_off::book(app, visit.visitor, what, key).await?;
    Ok(see_other(&paths::payment(payment)))
}

/// Checked first, ordered once confirmed; without a mandate, one is signed before.
async fn debit(
    app: &App,
    visit: &Visit,
    ways: &Ways,
    form: &PayForm,
    (what, fields): (Designation, &Fields),
) -> Result<HttpResponse, FlowError> {
    let collect_on = match day(form) {
        Ok(day) => day,
        Err(wrong) => return Ok(wrong_day(visit, form, wrong)),
    };
    let Some(mandate) = &ways.mandate else {
        return Ok(see_other(&mandate::before(form)));
    };
    if fields.step() != Step::Confirm {
        let facts = facts(visit, (form, &what), mandate, collect_on)?;
        let page = view::check(&visit.frame(), form, &facts);
        return Ok(visit.page(StatusCode::OK, page));
    }
    let order = DebitOrder {
        mandate: mandate.id,
        what,
        collect_on,
        key: form.key.clone(),
    };
    let (id, supplier) = (
        debit::order(app, visit.visitor, order).await?,
        visit.visitor.supplier,
    );
    let collection = app
        .store
        .read(supplier, move |conn| {
            store::collection::find(conn, supplier, id)
        })
        .await?;
    Ok(see_other(&paths::payment(collection.payment)))
}

fn day(form: &PayForm) -> Result<Day, Wrong> {
    let (first, last) = form.debit_days;
    let day = input::day(&form.debit_on)?;
    if target::bank_day_from(day) < first || day > last {
        return Err(Wrong::DayOutside(first, last));
    }
    Ok(day)
}

fn wrong_day(visit: &Visit, form: &PayForm, wrong: Wrong) -> HttpResponse {
    let mut form = form.clone();
    form.problems.push(Problem::new("debit_on", wrong));
    page(visit, StatusCode::UNPROCESSABLE_ENTITY, &form)
}

fn facts(
    visit: &Visit,
    (form, what): (&PayForm, &Designation),
    mandate: &Mandate,
    collect_on: Day,
) -> Result<DebitFacts, FlowError> {
    Ok(DebitFacts {
        amount: form.total,
        lines: debited::lines(visit.language(), what, &names(form))?,
        collect_on: target::bank_day_from(collect_on),
        last_four: mandate.iban.last_four().to_owned(),
        reference: mandate.reference.clone(),
        creditor_id: mandate.creditor_id.clone(),
    })
}

/// The account or the offer changed meanwhile: the form again, with what holds now. Nothing was
/// recorded and nothing was taken.
async fn refused(
    app: &App,
    visit: &Visit,
    ways: &Ways,
    (form, fields): (PayForm, &Fields),
    why: FlowError,
) -> Result<HttpResponse, WebError> {
    match why {
        FlowError::OutsideLimits(limits) => {
            let wrong = Wrong::DayOutside(limits.first, limits.last);
            return Ok(wrong_day(visit, &form, wrong));
        }
        FlowError::NotOffered(_) => {
            let mut form = form;
            // A card may have been taken back in another tab.
            form.cards.retain(|card| Some(card.id) != form.saved);
            form.problems
                .push(Problem::new("method", Wrong::MethodMissing));
            return Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, &form));
        }
        FlowError::BelowMinimum(least) => {
            let mut form = form;
            form.problems.push(basket::below(&form.chosen, least));
            return Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, &form));
        }
        FlowError::CreditSpent(_) => {}
        why if !why.is_conflict() => return Err(why.into()),
        _ => {}
    }
    let stock = match basket::load(app, visit, fields).await? {
        Ok(stock) => stock,
        Err(answer) => return Ok(answer),
    };
    let basket = basket::lowered(visit, &stock, fields)?;
    let mut form = build(visit, ways, basket, random_hex()?, fields);
    form.recounted = true;
    Ok(page(visit, StatusCode::CONFLICT, &form))
}
