//! The timeline in words.

use domain::collection::CollectionState;
use domain::mandate::MandateState;
use domain::message::{MessageState, Withheld};
use domain::party::Language;
use domain::payment::{Method, PaymentState};
use domain::promise::PromiseState;
use domain::scenario::Channel;

use crate::format::{day, money};
use crate::happening::{Origin, Steps, What};
use crate::text::{Text, calls, labels, plan, reminders, returned, reversal};

/// One sentence without full stop.
pub(crate) fn words(language: Language, what: &What) -> String {
    let colon = match language {
        Language::Fr => "\u{a0}: ",
        Language::En => ": ",
    };
    let say = |text: Text| text.of(language);
    match what {
        What::Message(..) | What::Withheld(..) | What::Call(..) => sent(language, what, colon),
        What::Dispute(reason, amount) => {
            let (title, reason) = (say(REPORTED), say(labels::reason(*reason)));
            format!("{title}{colon}{reason}, {}", money(language, *amount))
        }
        What::DisputeOutcome(state, said) => {
            let (title, state) = (say(ANSWER), say(labels::dispute_state(*state)));
            let said = if said.is_empty() {
                String::new()
            } else {
                format!(". {said}")
            };
            format!("{title}{colon}{}{said}", state.to_lowercase())
        }
        What::MoneyBack(cause, state, amount) => {
            let title = say(reversal::words(*cause, *state));
            format!("{title}{colon}{}", money(language, *amount))
        }
        What::Promise(amount, due_on, state) => {
            let (title, state) = (say(PROMISE), say(promise_state(*state)));
            let (amount, due_on) = (money(language, *amount), day(language, *due_on));
            format!("{title}{colon}{amount}, {due_on} ({state})")
        }
        What::Payment(method, amount, state) => {
            let (method, state) = (say(labels::method(*method)), say(payment_state(*state)));
            format!("{method}{colon}{}, {state}", money(language, *amount))
        }
        What::Debit(amount, on, state) => {
            let (title, state) = (say(labels::method(Method::Debit)), say(debit_state(*state)));
            let (amount, on) = (money(language, *amount), day(language, *on));
            format!("{title}{colon}{amount}, {on} ({state})")
        }
        What::Plan(amount, parts, state) => {
            let (title, state) = (say(PLAN), say(labels::plan_state(*state)).to_lowercase());
            let amount = money(language, *amount);
            format!(
                "{title}{colon}{amount}, {} ({state})",
                plan::in_parts(language, *parts)
            )
        }
        What::Confirmation(answers) => {
            let told = plan::confirmation(language, answers);
            format!("{}{colon}{told}", say(CONFIRMED))
        }
        What::MailTold(what, status, from) => returned::came(language, *what, *status, from),
        What::Wrote(sender, subject, _) => returned::wrote(language, sender, subject),
        What::Opened => String::from(say(OPENED)),
        What::Mandate(reference, state) => {
            format!(
                "{} {reference}{colon}{}",
                say(MANDATE),
                say(mandate_state(*state))
            )
        }
    }
}

/// What was written or said to the debtor.
fn sent(language: Language, what: &What, colon: &str) -> String {
    let say = |text: Text| text.of(language);
    match what {
        What::Message(kind, channel, state, _) => {
            let kind = say(labels::message_kind(*kind));
            let (way, state) = (say(by(*channel)), say(sent_by(*channel, *state)));
            format!("{kind}{way}{colon}{state}")
        }
        What::Call(outcome, by, ..) => {
            let by = by.strip_prefix("staff ").unwrap_or(by);
            format!(
                "{}{colon}{} ({by})",
                say(CALLED),
                say(calls::outcome(*outcome))
            )
        }
        What::Withheld(kind, why) => {
            let kind = say(labels::message_kind(*kind));
            format!("{kind}{colon}{}", say(withheld(*why)))
        }
        _ => String::new(),
    }
}

/// From what a message was made; nothing where nothing is known.
pub(crate) fn origin(language: Language, of: &Origin) -> Option<String> {
    let steps = of.steps.as_ref().map(|steps| taken(language, steps));
    let text = of.text.map(|version| match language {
        Language::Fr => format!("votre texte, version {version}"),
        Language::En => format!("your text, version {version}"),
    });
    let known: Vec<String> = steps.into_iter().chain(text).collect();
    (!known.is_empty()).then(|| known.join(" · "))
}

/// « Scénario Ferme, version 3, étape J+8 ».
fn taken(language: Language, steps: &Steps) -> String {
    let scenario = match (&steps.scenario, language) {
        (None, _) => reminders::BUILT_IN.of(language).to_owned(),
        (Some((name, version)), Language::Fr) => format!("Scénario {name}, version {version}"),
        (Some((name, version)), Language::En) => format!("Scenario {name}, version {version}"),
    };
    let days = steps.days.iter();
    let days: Vec<String> = days.map(|day| reminders::offset(language, *day)).collect();
    let days = days.join(", ");
    match (steps.days.len(), language) {
        (0, _) => scenario,
        (1, Language::Fr) => format!("{scenario}, étape {days}"),
        (_, Language::Fr) => format!("{scenario}, étapes {days}"),
        (1, Language::En) => format!("{scenario}, step {days}"),
        (_, Language::En) => format!("{scenario}, steps {days}"),
    }
}

const REPORTED: Text = text("Problème signalé", "Problem reported");
const ANSWER: Text = text("Signalement", "Report");
const PROMISE: Text = text("Paiement promis", "Payment promised");
const PLAN: Text = text("Échéancier", "Payment plan");
const CONFIRMED: Text = text("Avant l’échéance", "Before the due date");
const CALLED: Text = text("Appel", "Call");
const OPENED: Text = text(
    "Compte consulté par le client",
    "Account opened by the customer",
);
const MANDATE: Text = text("Mandat", "Mandate");

const fn text(fr: &'static str, en: &'static str) -> Text {
    Text { fr, en }
}

/// How a message stands, in a few words.
pub(crate) const fn message_state(state: MessageState) -> Text {
    match state {
        MessageState::Due | MessageState::Retry => text("à envoyer", "to be sent"),
        MessageState::Claimed | MessageState::Data => text("envoi en cours", "being sent"),
        MessageState::Sent => text("envoyé", "sent"),
        MessageState::Failed => text("refusé par la messagerie", "refused by the mail server"),
        MessageState::Unknown => text("envoi incertain", "not known whether sent"),
        MessageState::Cancelled => text("annulé, devenu inutile", "cancelled, no longer needed"),
        MessageState::Abandoned => text("abandonné", "given up"),
    }
}

/// By which way, where that is not a mail.
const fn by(channel: Channel) -> Text {
    match channel {
        Channel::Email => text("", ""),
        Channel::Sms => text(" (SMS)", " (SMS)"),
        Channel::Letter => text(" (lettre)", " (letter)"),
        Channel::Call => text(" (appel)", " (call)"),
    }
}

/// How a message stands, in the words of its way.
const fn sent_by(channel: Channel, state: MessageState) -> Text {
    match (channel, state) {
        (Channel::Letter, MessageState::Data) => text("imprimée", "printed"),
        (Channel::Letter, MessageState::Sent) => text("postée", "posted"),
        (Channel::Call, MessageState::Sent) => text("passé", "made"),
        _ => message_state(state),
    }
}

/// Why a message was not sent.
const fn withheld(why: Withheld) -> Text {
    match why {
        Withheld::ContactLeft => text(
            "annulé, le contact n’est plus là",
            "cancelled, the contact has left",
        ),
        Withheld::NobodyLeft => text(
            "non envoyé, plus aucun contact à qui écrire",
            "not sent, no contact left to write to",
        ),
    }
}

/// How a promise stands.
pub(crate) const fn promise_state(state: PromiseState) -> Text {
    match state {
        PromiseState::Made => text("attendu", "awaited"),
        PromiseState::Kept => text("tenu", "kept"),
        PromiseState::KeptLate => text("tenu en retard", "kept late"),
        PromiseState::PartlyKept => text("tenu en partie", "kept in part"),
        PromiseState::Broken => text("non reçu", "not received"),
        PromiseState::Superseded => text("remplacé", "replaced"),
        PromiseState::Cancelled => text("annulé", "cancelled"),
    }
}

/// How a payment stands.
pub(crate) const fn payment_state(state: PaymentState) -> Text {
    match state {
        PaymentState::Created | PaymentState::RequiresAction => text("commencé", "started"),
        PaymentState::Processing => text("en cours", "under way"),
        PaymentState::Unknown => text("issue inconnue", "outcome unknown"),
        PaymentState::Succeeded => text("reçu", "received"),
        PaymentState::Failed => text("refusé", "refused"),
        PaymentState::Cancelled => text("abandonné", "given up"),
        PaymentState::Expired => text("expiré", "expired"),
        PaymentState::Returned => text("rendu", "taken back"),
    }
}

/// How a direct debit stands.
pub(crate) const fn debit_state(state: CollectionState) -> Text {
    match state {
        CollectionState::Planned => text("prévu", "planned"),
        CollectionState::Notified => text("annoncé", "announced"),
        CollectionState::Batched => text("dans un fichier", "in a file"),
        CollectionState::Submitted => text("remis à la banque", "handed to the bank"),
        CollectionState::Accepted => text("accepté par la banque", "accepted by the bank"),
        CollectionState::Settled => text("crédité", "credited"),
        CollectionState::Firm => text("crédité, définitif", "credited, firm"),
        CollectionState::Closed => text("clos", "closed"),
        CollectionState::Rejected => text("refusé par la banque", "refused by the bank"),
        CollectionState::Returned => text("impayé", "returned"),
        CollectionState::Refunded => text("remboursé à sa demande", "refunded at its request"),
        CollectionState::Reversed => text("annulé par le fournisseur", "reversed by the supplier"),
        CollectionState::Cancelled => text("annulé", "called off"),
    }
}

/// How a mandate stands.
pub(crate) const fn mandate_state(state: MandateState) -> Text {
    match state {
        MandateState::Draft => text("préparé", "prepared"),
        MandateState::Signed => text("signé", "signed"),
        MandateState::Active => text("actif", "active"),
        MandateState::Suspended => text("suspendu", "suspended"),
        MandateState::Revoked => text("révoqué", "revoked"),
        MandateState::Superseded => text("remplacé", "replaced"),
        MandateState::Expired => text("expiré", "expired"),
        MandateState::Consumed => text("utilisé", "used"),
        MandateState::Refused => text("refusé", "refused"),
    }
}
