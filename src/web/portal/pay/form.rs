//! The payment form as the page shows it: what is offered, and what was typed.

use domain::mandate::{Mandate, MandateState, Usage};
use domain::payment::{self, Method, NoProviderDebit};
use domain::saved_card::SavedCard;
use domain::{CardId, Currency, Money};
use views::portal::pay::{CardBrief, MandateBrief, Offer, PayForm};

use super::basket::Basket;
use crate::app::App;
use crate::flows::debit::{AHEAD_DAYS_MAX, first_day};
use crate::flows::{card_account, provider_debit, saved_card};
use crate::store;
use crate::web::error::WebError;
use crate::web::form::Fields;
use crate::web::input;
use crate::web::session::Visit;

/// How this supplier can be paid by this debtor.
pub(in crate::web::portal) struct Ways {
    card: bool,
    /// Whether the supplier's own bank debits.
    debit: bool,
    /// Whether the payment provider does, in its place.
    provider_debit: bool,
    pub(in crate::web::portal) transfer: bool,
    /// The mandate a debit would be made under, if one was signed.
    pub(in crate::web::portal) mandate: Option<Mandate>,
    /// The visitor's own cards that the provider keeps, if cards are taken.
    cards: Vec<SavedCard>,
}

impl Ways {
    /// Reads what is set up and signed.
    pub(in crate::web::portal) async fn load(app: &App, visit: &Visit) -> Result<Self, WebError> {
        let (visitor, today) = (visit.visitor, visit.today());
        let (supplier, debtor) = (visitor.supplier, visitor.debtor);
        let account = card_account::load(app, supplier).await?;
        let card = account.is_some();
        let (cards, mandates) = app
            .store
            .read(supplier, move |conn| {
                let cards = match card {
                    true => saved_card::usable(conn, &visitor, today)?,
                    false => Vec::new(),
                };
                let mut mandates = store::mandate::of_debtor(conn, supplier, debtor)?;
                mandates.retain(|mandate| mandate.state == MandateState::Active);
                let mut left = Vec::new();
                for mandate in mandates {
                    // A one-off mandate that carries a debit is used up.
                    let once = mandate.usage == Usage::OneOff;
                    let carries = store::collection::carries_any;
                    if !once || !carries(conn, supplier, debtor, mandate.id)? {
                        left.push(mandate);
                    }
                }
                Ok((cards, left))
            })
            .await?;
        let bank = visit.supplier.bank.as_ref();
        let creditor = bank.and_then(|bank| bank.creditor_id.as_ref());
        let usable = |mandate: &Mandate| Some(&mandate.creditor_id) == creditor;
        Ok(Self {
            card,
            debit: creditor.is_some(),
            provider_debit: account.is_some_and(|one| one.debits)
                && provider_debit::serves(&visit.supplier),
            transfer: bank.is_some(),
            mandate: mandates.into_iter().find(usable),
            cards,
        })
    }

    /// The mandate, as forms name it.
    pub(in crate::web::portal) fn brief(&self) -> Option<MandateBrief> {
        self.mandate.as_ref().map(brief)
    }

    /// Who debits: the supplier's own bank where it can, never both.
    const fn debit_by(&self) -> Method {
        match self.provider_debit {
            true => Method::ProviderDebit,
            false => Method::Debit,
        }
    }

    fn debit(&self, total: Money) -> Offer {
        if self.provider_debit {
            return match payment::provider_debit(total) {
                Ok(()) => Offer::Open,
                Err(NoProviderDebit::NotEuro) => Offer::EuroOnly,
                Err(NoProviderDebit::Above(most)) => Offer::AtMost(most),
            };
        }
        match (self.debit, total.currency() == Currency::EUR) {
            (false, _) => Offer::NotOffered,
            (true, false) => Offer::EuroOnly,
            (true, true) => Offer::Open,
        }
    }
}

/// A mandate, as forms name it.
pub(in crate::web::portal) fn brief(mandate: &Mandate) -> MandateBrief {
    MandateBrief {
        reference: mandate.reference.to_string(),
        last_four: mandate.iban.last_four().to_owned(),
    }
}

const fn offer(set_up: bool) -> Offer {
    if set_up {
        Offer::Open
    } else {
        Offer::NotOffered
    }
}

/// The form, fresh or as it came back.
pub(super) fn build(
    visit: &Visit,
    ways: &Ways,
    basket: Basket,
    key: String,
    fields: &Fields,
) -> PayForm {
    let first = first_day(&visit.supplier, visit.now);
    let mandate = ways.brief();
    let mut form = PayForm {
        card: offer(ways.card),
        debit: ways.debit(basket.total),
        debit_by: ways.debit_by(),
        transfer: offer(ways.transfer),
        total: basket.total,
        covered: basket.covered,
        chosen: basket.chosen,
        held: basket.held,
        credits: basket.credits,
        lateness: basket.lateness,
        spread: fields.text("spread").to_owned(),
        recounted: false,
        key,
        method: None,
        cards: cards(visit, ways),
        saved: None,
        keep: (ways.card && visit.visitor.forward.is_none())
            .then(|| fields.has("csrf") && fields.text("keep") == "yes"),
        mandate,
        debit_on: debit_on(fields).unwrap_or_else(|| first.to_string()),
        debit_days: (first, visit.today().plus_days(AHEAD_DAYS_MAX)),
        problems: basket.problems,
    };
    form.saved = saved(&form, fields);
    form.method = match form.saved {
        Some(_) => Some(Method::Card),
        None => method(&form, fields),
    };
    form
}

fn cards(visit: &Visit, ways: &Ways) -> Vec<CardBrief> {
    let brief = |card: &SavedCard| {
        let face = card.face.as_ref()?;
        Some(CardBrief::new(visit.language(), card.id, face))
    };
    ways.cards.iter().filter_map(brief).collect()
}

/// The kept card that was chosen; before anything was, the newest.
fn saved(form: &PayForm, fields: &Fields) -> Option<CardId> {
    let mut cards = form.cards.iter().map(|card| card.id);
    if fields.has("csrf") || fields.has("method") {
        let chosen = fields.text("method").parse().ok();
        return cards.find(|card| Some(*card) == chosen);
    }
    cards.next()
}

/// The day as typed. An address may carry one too, and is only believed when it is a day.
fn debit_on(fields: &Fields) -> Option<String> {
    let typed = fields.text("debit_on");
    let believed = fields.has("csrf") || input::day(typed).is_ok();
    (believed && fields.has("debit_on")).then(|| typed.to_owned())
}

/// The method that was chosen, if it is offered; before anything was, the first that is.
fn method(form: &PayForm, fields: &Fields) -> Option<Method> {
    let offers = [
        (Method::Card, form.card),
        (form.debit_by, form.debit),
        (Method::Transfer, form.transfer),
    ];
    let mut open = offers
        .into_iter()
        .filter(|(_, offer)| *offer == Offer::Open);
    if fields.has("csrf") || fields.has("method") {
        let chosen = fields.text("method").parse().ok()?;
        return open
            .find(|(method, _)| *method == chosen)
            .map(|(method, _)| method);
    }
    open.next().map(|(method, _)| method)
}
