//! The texts of messages, and one of them: saved, looked at, tried, brought into use.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::DebtorId;
use domain::own_text::{Draft, Slot};
use domain::scenario::Channel;
use domain::sms::measure;
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::text::{self as view, Sight, Tested, TextPage, VersionLine};
use views::staff::texts::{self as list, TextLine};
use views::text::starter::starter;

use super::answer::{Found, Refusal, page};
use super::form;
use super::mailbox::MAIL_POLICY;
use super::posted::StaffPosted;
use super::scenarios::{made, parsed};
use super::session::{Place, Staff};
use crate::flows::own_text::{self, New, Preview, TextError};
use crate::store::own_text::OwnText;
use crate::store::{self, Conn};
use crate::web::address;
use crate::web::form::Fields;
use crate::web::pages::see_other;

/// Characters of a search that are looked at.
const SEARCH_CHARS: usize = 100;

/// All of them.
pub(super) async fn show(staff: Staff, code: web::Path<String>) -> HttpResponse {
    let found = listed(&staff, &code).await;
    staff.answer(found)
}

async fn listed(staff: &Staff, code: &str) -> Found {
    let place = staff.at(code).await?;
    let supplier = place.supplier.id;
    let read = move |conn: &mut Conn| store::own_text::in_use(conn, supplier);
    let used = staff.app.store.read(supplier, read).await?;
    let line = |slot: Slot| {
        let own = used.iter().find(|one| one.text.slot == slot);
        TextLine {
            slot,
            version: own.map(|one| one.text.version),
            fails: own.is_some_and(|one| one.failed.is_some()),
        }
    };
    let lines: Vec<TextLine> = Slot::all().map(line).collect();
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, list::page(&frame, code, &lines)))
}

/// One of them.
pub(super) async fn one(
    staff: Staff,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    let asked = Fields::of_query(&request);
    let found = shown(&staff, (&path.0, &path.1), &asked).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, (code, slot): (&str, &str), asked: &Fields) -> Found {
    let place = staff.at(code).await?;
    let mut view = find(staff, &place, slot, asked).await?;
    if asked.text("tested") == "yes" {
        view.tested = Some(match view.slot.channel {
            Channel::Sms => Tested::Texted,
            _ => Tested::Sent(staff.user.email.clone()),
        });
    }
    draw(staff, &place, view, StatusCode::OK).await
}

fn slot_of(text: &str) -> Result<Slot, Refusal> {
    text.parse().map_err(|_| Refusal::NOT_FOUND)
}

async fn find(
    staff: &Staff,
    place: &Place,
    slot: &str,
    asked: &Fields,
) -> Result<TextPage, Refusal> {
    let (slot, supplier) = (slot_of(slot)?, place.supplier.id);
    let read = move |conn: &mut Conn| {
        let versions = store::own_text::versions(conn, supplier, slot)?;
        let used = store::own_text::in_use(conn, supplier)?;
        let used = used.into_iter().find(|one| one.text.slot == slot);
        Ok((versions, used, store::texter::is_set(conn, supplier)?))
    };
    let (versions, used, has_texts) = staff.app.store.read(supplier, read).await?;
    let latest = versions.first().map_or(0, |one| one.version);
    let in_use = used.as_ref().map_or(0, |one| one.text.version);
    let usual = if in_use == 0 { latest } else { in_use };
    let wanted = asked.text("version").parse().unwrap_or(usual);
    let found = versions.iter().find(|one| one.version == wanted);
    let line = |one: &OwnText| VersionLine {
        version: one.version,
        made_at: one.made_at,
        made_by: crate::flows::account_change::person(&one.made_by).to_owned(),
    };
    Ok(TextPage {
        supplier: place.supplier.code.clone(),
        slot,
        draft: found.map_or_else(|| starter(slot), |one| one.draft.clone()),
        latest,
        shown: found.map_or(0, |one| one.version),
        used: in_use,
        failed: used.and_then(|one| one.failed),
        versions: versions.iter().map(line).collect(),
        search: form::typed(asked.text("q"))
            .chars()
            .take(SEARCH_CHARS)
            .collect(),
        sight: None,
        number: has_texts.then(|| form::typed(asked.text("to"))),
        tested: None,
        changed: false,
        may_write: place.role.may_write(),
        problems: Vec::new(),
        key: form::key(),
    })
}

/// The page, with what its text looks like for a customer.
async fn draw(staff: &Staff, place: &Place, mut view: TextPage, status: StatusCode) -> Found {
    let supplier = place.supplier.id;
    let search = view.search.clone();
    if let Some(debtor) = own_text::customer(&staff.app, supplier, search).await? {
        let text = version(staff, place, (view.slot, view.shown)).await?;
        let draft = text.as_ref().map(|text| &text.draft);
        let of = (view.slot, draft);
        let preview = own_text::preview(&staff.app, &place.supplier, of, debtor).await?;
        view.sight = Some(sight(view.slot, debtor, preview));
    }
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}

/// What a text looks like for a customer. The words of the built-in text messages are left out:
/// what they have no room for they leave out by themselves.
fn sight(slot: Slot, debtor: DebtorId, preview: Preview) -> Sight {
    let short = slot.channel == Channel::Sms;
    let text = match short {
        true => preview.text.unwrap_or_default(),
        false => preview.mail.text,
    };
    let length = measure(&text);
    Sight {
        debtor,
        customer: preview.customer,
        subject: if short {
            String::new()
        } else {
            preview.mail.subject
        },
        segments: (short && !text.is_empty()).then_some((length.units, length.segments)),
        text,
        failed: preview.failed,
    }
}

/// A version; none for the built-in text.
async fn version(
    staff: &Staff,
    place: &Place,
    (slot, version): (Slot, u32),
) -> Result<Option<OwnText>, Refusal> {
    if version == 0 {
        return Ok(None);
    }
    let supplier = place.supplier.id;
    let read = move |conn: &mut Conn| own_text::one(conn, supplier, (slot, version));
    Ok(Some(staff.app.store.read(supplier, read).await?))
}

/// A text as a mail, for the frame on its page.
pub(super) async fn mail(
    staff: Staff,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    let asked = Fields::of_query(&request);
    let found = framed(&staff, (&path.0, &path.1), &asked).await;
    staff.answer(found)
}

async fn framed(staff: &Staff, (code, slot): (&str, &str), asked: &Fields) -> Found {
    let place = staff.at(code).await?;
    let slot = slot_of(slot)?;
    if slot.channel != Channel::Email {
        return Err(Refusal::NOT_FOUND);
    }
    let debtor = match asked.text("debtor") {
        "" => own_text::customer(&staff.app, place.supplier.id, String::new()).await?,
        id => Some(id.parse().map_err(|_| Refusal::NOT_FOUND)?),
    };
    let debtor: DebtorId = debtor.ok_or(Refusal::NOT_FOUND)?;
    let wanted = asked.text("version").parse().unwrap_or_default();
    let text = version(staff, &place, (slot, wanted)).await?;
    let of = (slot, text.as_ref().map(|text| &text.draft));
    let preview = own_text::preview(&staff.app, &place.supplier, of, debtor).await?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((CONTENT_SECURITY_POLICY, MAIL_POLICY))
        .body(preview.mail.html))
}

/// Takes what the page's forms post.
pub(super) async fn post(posted: StaffPosted, path: web::Path<(String, String)>) -> HttpResponse {
    let StaffPosted { staff, sent } = posted;
    let found = match sent {
        Ok(sent) => decide(&staff, (&path.0, &path.1), &sent.fields).await,
        Err(refusal) => Err(refusal),
    };
    staff.answer(found)
}

async fn decide(staff: &Staff, (code, slot): (&str, &str), fields: &Fields) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let mut view = find(staff, &place, slot, fields).await?;
    let there = paths::text(code, view.slot);
    let done = match fields.text("deed") {
        "save" => save(staff, &place, &mut view, fields).await,
        "use" => {
            let number = parsed(fields, "version")?;
            let which = (view.slot, Some(number));
            own_text::bring_into_use(&staff.app, &place.supplier, which, staff.actor()).await
        }
        "built_in" => {
            let which = (view.slot, None);
            own_text::bring_into_use(&staff.app, &place.supplier, which, staff.actor()).await
        }
        "test" => match test(staff, &place, &view, fields).await? {
            Ok(()) => {
                let shown = view.shown.to_string();
                let asked = [("version", shown.as_str()), ("tested", "yes")];
                let query = address::query(asked);
                return Ok(see_other(&format!("{there}?{query}")));
            }
            Err(why) => Err(why),
        },
        _ => return draw(staff, &place, view, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    match done {
        Ok(()) => return Ok(see_other(&there)),
        Err(TextError::Flaws(flaws)) => {
            let problem =
                |flaw: domain::own_text::Flaw| Problem::new(flaw.part.as_str(), Wrong::Text(flaw));
            view.problems = flaws.into_iter().map(problem).collect();
        }
        Err(TextError::Changed) => view.changed = true,
        Err(TextError::NotTaken(why)) => view.tested = Some(Tested::Failed(why)),
        Err(TextError::Unknown(why)) => view.tested = Some(Tested::Unknown(why)),
        Err(TextError::Silenced) => view.tested = Some(Tested::Silenced),
        Err(TextError::Capped(cap)) => view.tested = Some(Tested::Capped(cap)),
        Err(TextError::NoMobile) => view.problems.push(Problem::new("to", Wrong::Mobile)),
        Err(TextError::Flow(why)) => return Err(why.into()),
    }
    draw(staff, &place, view, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn save(
    staff: &Staff,
    place: &Place,
    view: &mut TextPage,
    fields: &Fields,
) -> Result<(), TextError> {
    view.draft = Draft {
        subject: fields.text("subject").to_owned(),
        body: fields.text("body").to_owned(),
    };
    let unread = |_| TextError::Changed;
    let new = New {
        id: made(fields).map_err(unread)?,
        slot: view.slot,
        from: fields.text("from").parse().unwrap_or_default(),
        draft: view.draft.clone(),
    };
    own_text::save(&staff.app, &place.supplier, new, staff.actor()).await?;
    Ok(())
}

async fn test(
    staff: &Staff,
    place: &Place,
    view: &TextPage,
    fields: &Fields,
) -> Result<Result<(), TextError>, Refusal> {
    let debtor: DebtorId = parsed(fields, "debtor")?;
    let text = version(staff, place, (view.slot, view.shown)).await?;
    let what = (view.slot, text.map(|text| text.draft), debtor);
    let (app, supplier, by) = (&staff.app, &place.supplier, staff.actor());
    Ok(match view.slot.channel {
        Channel::Sms => {
            let number = view.number.clone().unwrap_or_default();
            let test = (made(fields)?, number.as_str());
            own_text::send_text(app, supplier, what, test, by).await
        }
        _ => own_text::send(app, supplier, what, &staff.user.email, by).await,
    })
}
