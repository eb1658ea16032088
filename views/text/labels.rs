//! The words for what the domain knows: standings, reasons, states, kinds.

use domain::Day;
use domain::dispute::{DisputeState, Reason};
use domain::invoice::{ItemKind, Standing};
use domain::late::ChargeKind;
use domain::message::MessageKind;
use domain::party::Language;
use domain::payment::Method;
use domain::plan::PlanState;

use super::{Text, plural};

/// Shorthand of this file: a label in both languages.
const fn label(fr: &'static str, en: &'static str) -> Text {
    Text { fr, en }
}

/// How an invoice stands, in a word or two.
#[must_use]
pub const fn standing(value: Standing) -> Text {
    match value {
        Standing::Settled => label("Réglée", "Paid"),
        Standing::Processing => label("Paiement en cours", "Payment under way"),
        Standing::Disputed => label("Problème signalé", "Problem reported"),
        Standing::Promised => label("Paiement promis", "Payment promised"),
        Standing::Late => label("Échue", "Overdue"),
        Standing::NotDue => label("À échoir", "Not due yet"),
    }
}

/// How long an invoice has been late, or how soon it falls due.
#[must_use]
pub fn due_in(language: Language, due_on: Day, today: Day) -> String {
    let days = today.days_until(due_on);
    let count = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    let many = if plural(language, count) { "s" } else { "" };
    match (language, days) {
        (Language::Fr, 0) => String::from("À régler aujourd’hui"),
        (Language::En, 0) => String::from("Due today"),
        (Language::Fr, ..0) => format!("Échue depuis {count} jour{many}"),
        (Language::En, ..0) => format!("{count} day{many} overdue"),
        (Language::Fr, _) => format!("À régler dans {count} jour{many}"),
        (Language::En, _) => format!("Due in {count} day{many}"),
    }
}

/// What blocks an invoice.
#[must_use]
pub const fn reason(value: Reason) -> Text {
    match value {
        Reason::NotReceived => label("Facture non reçue", "Invoice not received"),
        Reason::OrderNumberMissing => label("N° de commande absent", "PO number missing"),
        Reason::DeliveryNoteMissing => label("Bon de livraison manquant", "Delivery note missing"),
        Reason::AlreadyPaid => label("Déjà payée", "Already paid"),
        Reason::CreditNoteAwaited => label("Avoir attendu", "Credit note awaited"),
        Reason::Delivery => label("Livraison en retard ou abîmée", "Delivery late or damaged"),
        Reason::MissingItems => label("Articles manquants", "Items missing"),
        Reason::Price => label("Prix", "Price"),
        Reason::Terms => label("Conditions convenues", "Agreed terms"),
        Reason::Quality => label("Produit ou service", "Product or service"),
        Reason::AfterSales => label("Service après-vente", "After-sales service"),
        Reason::Other => label("Autre", "Other"),
    }
}

/// How a dispute stands.
#[must_use]
pub const fn dispute_state(value: DisputeState) -> Text {
    match value {
        DisputeState::Open => label("En attente de réponse", "Awaiting an answer"),
        DisputeState::InfoNeeded => label("Précision demandée", "More information needed"),
        DisputeState::Accepted => label("Accepté", "Accepted"),
        DisputeState::Rejected => label("Refusé", "Rejected"),
        DisputeState::Credited => label("Réglé par avoir", "Settled by credit note"),
        DisputeState::Withdrawn => label("Retiré", "Withdrawn"),
    }
}

/// How an invoice stands that is on a plan, or for which one was asked.
#[must_use]
pub const fn on_plan(value: PlanState) -> Text {
    match value {
        PlanState::Proposed => label("Délai demandé", "More time asked for"),
        PlanState::Countered => label("Proposition à étudier", "Offer to answer"),
        _ => label("Sur échéancier", "On a payment plan"),
    }
}

/// How a delay or plan stands.
#[must_use]
pub const fn plan_state(value: PlanState) -> Text {
    match value {
        PlanState::Proposed => label("En attente de réponse", "Awaiting an answer"),
        PlanState::Countered => label("Contre-proposition à étudier", "Offer to be answered"),
        PlanState::Approved | PlanState::Active => label("En cours", "Running"),
        PlanState::Done => label("Soldé", "Paid"),
        PlanState::Defaulted => label("Rompu", "Broken"),
        PlanState::Refused => label("Refusé", "Refused"),
        PlanState::Replaced => label("Remplacé", "Replaced"),
        PlanState::Cancelled => label("Annulé", "Cancelled"),
    }
}

/// What an open item is.
#[must_use]
pub const fn item_kind(value: ItemKind) -> Text {
    match value {
        ItemKind::Invoice => label("Facture", "Invoice"),
        ItemKind::CreditNote => label("Avoir", "Credit note"),
        ItemKind::Receipt => label("Versement reçu", "Payment on account"),
    }
}

/// What is charged for lateness.
#[must_use]
pub const fn charge(value: ChargeKind) -> Text {
    match value {
        ChargeKind::Interest => label("Intérêts de retard", "Late interest"),
        ChargeKind::Indemnity => label("Indemnité de recouvrement", "Fixed recovery charge"),
    }
}

/// What a message was about.
#[must_use]
pub const fn message_kind(value: MessageKind) -> Text {
    match value {
        MessageKind::Notice => label("Avis d’échéance", "Notice of due date"),
        MessageKind::Reminder1 => label("Rappel", "Reminder"),
        MessageKind::Reminder2 => label("Deuxième rappel", "Second reminder"),
        MessageKind::Reminder3 => label("Dernier rappel", "Final reminder"),
        MessageKind::FormalNotice => label("Mise en demeure", "Formal notice"),
        MessageKind::Thanks => label("Remerciement", "Payment received"),
        MessageKind::DebitEnded => label("Prélèvement impayé", "Debit returned"),
        MessageKind::MoneyBack => label(
            "Paiement repris ou remboursé",
            "Payment reversed or refunded",
        ),
        MessageKind::PromiseNoted => label("Date de paiement notée", "Payment date noted"),
        MessageKind::PromiseSoon => label("Rappel de la date promise", "Promised date reminder"),
        MessageKind::PromiseBroken => label("Paiement promis non reçu", "Payment not received"),
        MessageKind::PlanReceived => label("Demande de délai reçue", "Request for time received"),
        MessageKind::PlanAccepted => label("Échéancier accepté", "Plan accepted"),
        MessageKind::PlanCountered => label("Proposition d’échéancier", "Offer of a plan"),
        MessageKind::PlanRefused => label("Délai refusé", "Request for time refused"),
        MessageKind::PlanMissed => label("Échéance non reçue", "Instalment not received"),
        MessageKind::DisputeReceived => label("Signalement reçu", "Report received"),
        MessageKind::DisputeQuestion => label("Précision demandée", "More information asked"),
        MessageKind::DisputeDelayed => label("Réponse retardée", "Answer delayed"),
        MessageKind::DisputeAnswer => label("Réponse à un signalement", "Answer to a report"),
        MessageKind::MandateRevoked => label("Mandat révoqué", "Mandate revoked"),
        MessageKind::MandateSigned => label("Copie du mandat", "Copy of the mandate"),
        MessageKind::DebitNotice => label("Annonce de prélèvement", "Notice of direct debit"),
        MessageKind::DebitUnderWay => label("Prélèvement en cours", "Direct debit under way"),
        MessageKind::DebitRefused => label("Prélèvement refusé", "Direct debit refused"),
        MessageKind::FreshLink => label("Nouveau lien", "New link"),
        MessageKind::Code => label("Code de confirmation", "Confirmation code"),
        MessageKind::Forwarded => label("Accès transmis", "Access passed on"),
        MessageKind::ContactChanged => label("Coordonnées modifiées", "Contact details changed"),
    }
}

/// How money moves.
#[must_use]
pub const fn method(value: Method) -> Text {
    match value {
        Method::Card => label("Carte bancaire", "Card"),
        Method::Debit | Method::ProviderDebit => label("Prélèvement SEPA", "SEPA direct debit"),
        Method::Transfer => label("Virement", "Bank transfer"),
        Method::Credit => label("Déduction d’avoirs", "Credit notes deducted"),
    }
}
