//! Texts of a supplier's own: checked, kept as versions, brought into use, taken back.

mod preview;
#[cfg(test)]
mod tests;
mod trial;
mod trial_text;

use domain::own_text::{Draft, Flaw, Part, Slot, Values, Why, check, measure};
use domain::party::{LegalMode, Supplier};
use domain::sms::Cap;
use domain::{SupplierId, TextId};

pub use preview::{Preview, customer, preview};
pub use trial::send;
pub use trial_text::send as send_text;

use super::error::FlowError;
use super::guard::{Actor, note_of};
use super::letter::own::fill_both;
use crate::app::App;
use crate::store::own_text::OwnText;
use crate::store::{self, Conn, StoreError};
use crate::text_templates::TemplateError;

/// Why a text was not saved or used.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// The storage, or another rule.
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// This is wrong with it, line by line.
    #[error("the text has flaws")]
    Flaws(Vec<Flaw>),
    /// Somebody has saved it meanwhile.
    #[error("somebody has saved this text meanwhile")]
    Changed,
    /// The mail server or the provider did not take the test.
    #[error("the test was not taken: {0}")]
    NotTaken(String),
    /// The provider was asked and did not answer.
    #[error("nobody knows whether the test was sent: {0}")]
    Unknown(String),
    /// It is no mobile number.
    #[error("this is no mobile number")]
    NoMobile,
    /// Whoever has this number wants no texts, or it takes none.
    #[error("this number takes no texts")]
    Silenced,
    /// The texts of a day or the money of a month are used up.
    #[error("the cap of the {0} is reached")]
    Capped(Cap),
}

impl From<StoreError> for TextError {
    fn from(why: StoreError) -> Self {
        Self::Flow(why.into())
    }
}

/// What is wrong with a text: as it is written, with usual values, and with the longest.
#[must_use]
pub fn flaws(slot: Slot, draft: &Draft, mode: LegalMode) -> Vec<Flaw> {
    let found = check(slot, draft, mode);
    if !found.is_empty() {
        return found;
    }
    for values in [Values::sample(slot), Values::widest(slot)] {
        match fill_both(draft, &values) {
            Err(why) => return vec![engine(draft, &why)],
            Ok(filled) => {
                let grown = measure(slot, &filled);
                if !grown.is_empty() {
                    return located(grown, draft);
                }
            }
        }
    }
    Vec::new()
}

/// What the engine says that the list of what is allowed let pass.
fn engine(draft: &Draft, why: &TemplateError) -> Flaw {
    let part = if draft.body.lines().count() < why.line {
        Part::Subject
    } else {
        Part::Body
    };
    Flaw::new(part, why.line, Why::Engine(why.reason.clone()))
}

/// What is too long is told on the last line that was written, not of what came of it.
fn located(grown: Vec<Flaw>, draft: &Draft) -> Vec<Flaw> {
    let lines = |part| match part {
        Part::Subject => 1,
        Part::Body => draft.body.lines().count().max(1),
    };
    let at = |flaw: Flaw| Flaw {
        line: flaw.line.min(lines(flaw.part)),
        ..flaw
    };
    grown.into_iter().map(at).collect()
}

/// What is saved: the version it came from, none for the built-in words, and the words.
#[derive(Clone, Debug)]
pub struct New {
    /// The id that the form made: posted twice, it is saved once.
    pub id: TextId,
    /// Where.
    pub slot: Slot,
    /// The newest version when it was opened, 0 when there was none.
    pub from: u32,
    /// The words.
    pub draft: Draft,
}

/// Writes the next version of a text; it is used only once somebody brings it into use. The same
/// words again are no new version.
pub async fn save(
    app: &App,
    supplier: &Supplier,
    new: New,
    actor: Actor,
) -> Result<u32, TextError> {
    let flaws = flaws(new.slot, &new.draft, supplier.legal_mode);
    if !flaws.is_empty() {
        return Err(TextError::Flaws(flaws));
    }
    let (owner, now) = (supplier.id, app.now());
    app.store
        .write(owner, move |conn| {
            let all = store::own_text::versions(conn, owner, new.slot)?;
            let latest = all.first();
            if let Some(same) = latest.filter(|one| one.id == new.id || one.draft == new.draft) {
                return Ok(same.version);
            }
            let number = latest.map_or(0, |one| one.version);
            if number != new.from {
                return Err(TextError::Changed);
            }
            let next = OwnText {
                id: new.id,
                slot: new.slot,
                version: number + 1,
                draft: new.draft.clone(),
                made_at: now,
                made_by: actor.words().to_owned(),
            };
            store::own_text::insert(conn, owner, &next)?;
            let detail = format!("{} · {}", next.slot, next.version);
            let what = ("text.saved", next.id.to_string(), detail);
            note_of(conn, owner, (now, &actor), what)?;
            Ok(next.version)
        })
        .await
}

/// Has a version used, or the built-in words again. One that was written for another legal mode is
/// looked at anew.
pub async fn bring_into_use(
    app: &App,
    supplier: &Supplier,
    (slot, version): (Slot, Option<u32>),
    actor: Actor,
) -> Result<(), TextError> {
    let (owner, mode, now) = (supplier.id, supplier.legal_mode, app.now());
    app.store
        .write(owner, move |conn| {
            let text = version.map(|version| one(conn, owner, (slot, version)));
            let text = text.transpose()?;
            let flaws = text.as_ref().map(|text| flaws(slot, &text.draft, mode));
            if let Some(flaws) = flaws.filter(|flaws| !flaws.is_empty()) {
                return Err(TextError::Flaws(flaws));
            }
            store::own_text::set_used(conn, owner, slot, text.as_ref().map(|text| text.id))?;
            let which = version.map_or_else(|| "built-in".to_owned(), |one| one.to_string());
            let subject = text.map_or_else(String::new, |text| text.id.to_string());
            let what = ("text.used", subject, format!("{slot} · {which}"));
            note_of(conn, owner, (now, &actor), what)?;
            Ok(())
        })
        .await
}

/// A version of a text.
pub fn one(
    conn: &mut Conn,
    supplier: SupplierId,
    (slot, version): (Slot, u32),
) -> Result<OwnText, StoreError> {
    let all = store::own_text::versions(conn, supplier, slot)?;
    let found = all.into_iter().find(|one| one.version == version);
    found.ok_or(StoreError::NotFound)
}
