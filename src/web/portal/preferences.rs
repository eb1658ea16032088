//! Preferences and contacts: one page, one form for each thing that can be changed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::CardId;
use domain::code::Action;
use domain::party::{Language, Scope, Supplier};
use domain::saved_card::SavedCard;
use views::paths;
use views::portal::preferences::{self as view, Preferences};
use views::problem::{Problem, Wrong};

use super::code::require_code;
use super::pay::form::brief;
use super::status;
use crate::app::App;
use crate::flows::people::{self, Details, Named, TakenBack};
use crate::flows::saved_card;
use crate::web::error::WebError;
use crate::web::form::{Fields, Posted};
use crate::web::input::is_mailbox;
use crate::web::pages::see_other;
use crate::web::session::{Visit, random_hex};

/// Characters of a name or telephone number.
const NAME_MAX: usize = 120;

/// Fields that a check page gives back.
const CARRIED: &[&str] = &[
    "key",
    "act",
    "name",
    "phone",
    "email",
    "successor",
    "successor_email",
];

/// The page.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let saved = Fields::of_query(&request).text("saved") == "yes";
    page(&app, &visit, &Fields::none(), (saved, Vec::new())).await
}

async fn page(
    app: &App,
    visit: &Visit,
    fields: &Fields,
    (saved, problems): (bool, Vec<Problem>),
) -> Result<HttpResponse, WebError> {
    let known = people::look(app, visit.visitor).await?;
    let typed = |name: &str| fields.text(name).to_owned();
    let kept = |name: &str, known: Option<String>| match fields.has(name) {
        true => typed(name),
        false => known.unwrap_or_default(),
    };
    let (zone, visitor, today) = (visit.supplier.zone, visit.visitor, visit.today());
    let cards = app
        .store
        .read(visitor.supplier, move |conn| saved_card::of(conn, &visitor))
        .await?;
    let card = |card: SavedCard| {
        let past = card.usable(today).is_none();
        Some((card.id, card.face?, past))
    };
    let view = Preferences {
        key: random_hex()?,
        saved,
        details: [
            kept("name", known.own.name),
            kept("phone", known.own.phone),
            kept("email", known.own.email),
        ],
        successor: [typed("successor"), typed("successor_email")],
        colleague: [typed("colleague"), typed("colleague_email")],
        own: visit.visitor.forward.is_none(),
        links: known
            .links
            .iter()
            .map(|link| {
                let current = link.id == visit.visitor.link;
                (link.id, zone.day(link.created_at), current)
            })
            .collect(),
        forwards: known
            .forwards
            .into_iter()
            .map(|one| (one.id, one.name, one.scope))
            .collect(),
        debits: debits(&visit.supplier),
        mandates: known
            .mandates
            .iter()
            .map(|one| (one.id, brief(one), one.state))
            .collect(),
        cards: cards.into_iter().filter_map(card).collect(),
        problems,
    };
    let status = status(view.problems.len());
    Ok(visit.page(status, view::page(&visit.frame(), &view)))
}

/// Whether the supplier debits accounts.
pub(super) fn debits(supplier: &Supplier) -> bool {
    let bank = supplier.bank.as_ref();
    bank.is_some_and(|bank| bank.creditor_id.is_some())
}

/// What was asked for.
enum Wish {
    Language(Language),
    Details(Details),
    Leave(Option<Named>),
    Forward(Named, Scope),
    TakeBack(TakenBack),
    Forget(CardId),
}

/// Does one thing. With an access that was passed on, only the language can be chosen.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    posted: Posted,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let key = fields.key()?;
    let wish = match read(&fields) {
        Ok(wish) => wish.ok_or(WebError::NotFound)?,
        Err(problems) => return page(&app, &visit, &fields, (false, problems)).await,
    };
    if visit.visitor.forward.is_some() {
        return Err(WebError::Forbidden);
    }
    if matches!(wish, Wish::Details(_) | Wish::Leave(_)) {
        let asked = require_code(&app, (&visit, &request), &fields, Action::Contact).await?;
        if let Some(ask) = asked {
            let carried = CARRIED.iter().filter(|name| fields.has(name));
            let pair = |name: &&str| ((*name).to_owned(), fields.text(name).to_owned());
            let carried: Vec<_> = carried.map(pair).collect();
            let page = view::check(&visit.frame(), &carried, &ask);
            return Ok(visit.page(status(ask.problems.len()), page));
        }
    }
    grant(&app, &visit, (wish, key), &fields).await
}

async fn grant(
    app: &App,
    visit: &Visit,
    (wish, key): (Wish, String),
    fields: &Fields,
) -> Result<HttpResponse, WebError> {
    let visitor = visit.visitor;
    match wish {
        Wish::Language(language) => people::choose_language(app, visitor, language).await?,
        Wish::Details(details) => people::correct(app, visitor, details).await?,
        Wish::TakeBack(what) => people::take_back(app, visitor, what).await?,
        Wish::Forget(card) => saved_card::take_back(app, visitor, card).await?,
        Wish::Leave(successor) => {
            people::not_me(app, visitor, successor).await?;
            return Ok(visit.page(StatusCode::OK, view::left(&visit.frame())));
        }
        Wish::Forward(to, scope) => {
            if !people::forward(app, visitor, to, scope, key).await? {
                let many = vec![Problem::new("colleague", Wrong::TooManyForwards)];
                return page(app, visit, fields, (false, many)).await;
            }
        }
    }
    Ok(see_other(&format!("{}?saved=yes", paths::PREFERENCES)))
}

fn read(fields: &Fields) -> Result<Option<Wish>, Vec<Problem>> {
    let wish = match fields.text("act") {
        "language" => fields.text("language").parse().ok().map(Wish::Language),
        "details" => Some(Wish::Details(details(fields)?)),
        "leave" => Some(Wish::Leave(successor(fields)?)),
        "forward" => {
            let to = named(fields, "colleague", "colleague_email")?;
            let scope = fields.text("scope").parse().unwrap_or(Scope::View);
            Some(Wish::Forward(to, scope))
        }
        "take_back" => taken_back(fields.text("what")),
        _ => None,
    };
    Ok(wish)
}

fn taken_back(id: &str) -> Option<Wish> {
    let link = id.parse().ok().map(TakenBack::Link);
    let access = link.or_else(|| id.parse().ok().map(TakenBack::Forward));
    let card = || id.parse().ok().map(Wish::Forget);
    access.map(Wish::TakeBack).or_else(card)
}

fn details(fields: &Fields) -> Result<Details, Vec<Problem>> {
    let mut problems = Vec::new();
    for name in ["name", "phone"] {
        if fields.text(name).chars().count() > NAME_MAX {
            problems.push(Problem::new(name, Wrong::TooLong(NAME_MAX)));
        }
    }
    let email = fields.text("email");
    if !is_mailbox(email) {
        problems.push(Problem::new("email", Wrong::Email));
    }
    let given = |name: &str| Some(fields.text(name).to_owned()).filter(|text| !text.is_empty());
    if problems.is_empty() {
        Ok(Details {
            name: given("name"),
            phone: given("phone"),
            email: given("email"),
        })
    } else {
        Err(problems)
    }
}

fn successor(fields: &Fields) -> Result<Option<Named>, Vec<Problem>> {
    let (name, email) = (fields.text("successor"), fields.text("successor_email"));
    if name.is_empty() && email.is_empty() {
        return Ok(None);
    }
    named(fields, "successor", "successor_email").map(Some)
}

fn named(fields: &Fields, name: &str, email: &str) -> Result<Named, Vec<Problem>> {
    let mut problems = Vec::new();
    let count = fields.text(name).chars().count();
    if count == 0 {
        problems.push(Problem::new(name, Wrong::NameMissing));
    } else if count > NAME_MAX {
        problems.push(Problem::new(name, Wrong::TooLong(NAME_MAX)));
    }
    if !is_mailbox(fields.text(email)) {
        problems.push(Problem::new(email, Wrong::Email));
    }
    if problems.is_empty() {
        Ok(Named {
            name: fields.text(name).to_owned(),
            email: fields.text(email).to_owned(),
        })
    } else {
        Err(problems)
    }
}
