//! A text to begin with where a supplier has none of its own yet: short, and with all it must say.

use domain::message::MessageKind;
use domain::own_text::{Draft, Slot};
use domain::party::Language;
use domain::scenario::Channel;

type Words = (&'static str, &'static str);

/// The text to begin with.
#[must_use]
pub fn starter(slot: Slot) -> Draft {
    if slot.channel == Channel::Sms {
        return Draft {
            subject: String::new(),
            body: short(slot).to_owned(),
        };
    }
    let (french, english) = match slot.kind {
        MessageKind::FormalNotice => FORMAL,
        MessageKind::Notice
        | MessageKind::Reminder1
        | MessageKind::Reminder2
        | MessageKind::Reminder3 => reminder(slot.kind),
        MessageKind::DisputeReceived | MessageKind::DisputeAnswer => dispute(slot.kind),
        MessageKind::DebitRefused | MessageKind::DebitNotice | MessageKind::MandateSigned => {
            debit(slot.kind)
        }
        _ => money(slot.kind),
    };
    let (subject, body) = match slot.language {
        Language::Fr => french,
        Language::En => english,
    };
    Draft {
        subject: subject.to_owned(),
        body: body.to_owned(),
    }
}

const fn reminder(kind: MessageKind) -> (Words, Words) {
    match kind {
        MessageKind::Notice => (
            (
                "Échéance le {{ due }} : {{ amount }}",
                "Votre {{ invoice }} de {{ amount }} arrive à échéance le {{ due }}.\n\nS’il \
                 manque un document ou si quelque chose ne convient pas, dites-le-nous dès \
                 maintenant.",
            ),
            (
                "Due {{ due }}: {{ amount }}",
                "Your {{ invoice }} of {{ amount }} falls due on {{ due }}.\n\nIf a document is \
                 missing or something is not right, please tell us now.",
            ),
        ),
        MessageKind::Reminder2 => (
            (
                "2e rappel : {{ amount }} échus",
                "Malgré notre premier rappel, {{ amount }} restent à régler ({{ invoice }}, \
                 échéance du {{ due }}).\n\nUn document manque, une date ne convient pas ? \
                 Dites-le-nous.",
            ),
            (
                "2nd reminder: {{ amount }} overdue",
                "Despite our first reminder, {{ amount }} remains unpaid ({{ invoice }}, due {{ \
                 due }}).\n\nIs a document missing? Does the date not suit you? Please tell us.",
            ),
        ),
        MessageKind::Reminder3 => (
            (
                "3e rappel : {{ amount }} échus",
                "Malgré nos rappels, {{ amount }} restent à régler ({{ invoice }}, échéance du \
                 {{ due }}) et nous sommes sans réponse.\n\nPayez, indiquez une date ou dites-nous \
                 ce qui bloque.",
            ),
            (
                "3rd reminder: {{ amount }} overdue",
                "Despite our reminders, {{ amount }} remains unpaid ({{ invoice }}, due {{ due }}) \
                 and we have not heard from you.\n\nPlease pay, give us a payment date or tell us \
                 what is holding it up.",
            ),
        ),
        _ => (
            (
                "Rappel : {{ amount }} échus",
                "Sauf erreur de notre part, votre {{ invoice }} de {{ amount }}, échue le {{ due \
                 }}, n’est pas encore réglée.\n\nSi le paiement est déjà parti, merci de ne pas \
                 tenir compte de ce message.",
            ),
            (
                "Reminder: {{ amount }} overdue",
                "Unless we are mistaken, your {{ invoice }} of {{ amount }}, due {{ due }}, has \
                 not been paid yet.\n\nIf the payment is on its way, please disregard this \
                 message.",
            ),
        ),
    }
}

const FORMAL: (Words, Words) = (
    (
        "Mise en demeure de payer : {{ total }}",
        "Par la présente, {{ supplier }} met {{ debtor }} en demeure de payer {{ total }} \
             au plus tard le {{ pay_by }}.\n\nCette somme comprend {{ invoice }} (échéance du \
             {{ due }}) pour {{ amount }}, {{ penalties }}.",
    ),
    (
        "Formal notice to pay: {{ total }}",
        "{{ supplier }} hereby gives {{ debtor }} formal notice to pay {{ total }} by {{ pay_by }} \
         at the latest.\n\nThis sum is made up of {{ invoice }} (due {{ due }}), {{ amount }}, and \
         {{ penalties }}.",
    ),
);

const fn dispute(kind: MessageKind) -> (Words, Words) {
    match kind {
        MessageKind::DisputeAnswer => (
            ("Réponse à votre signalement", "{{ answer }}"),
            ("Our answer to your report", "{{ answer }}"),
        ),
        _ => (
            (
                "Votre signalement est enregistré",
                "Nous avons bien reçu votre signalement sur la {{ invoice }} et suspendons nos \
                 relances pour {{ amount }}.\n\nNous vous répondrons au plus tard le {{ answer_by \
                 }}.",
            ),
            (
                "We have received your report",
                "We have received your report on {{ invoice }} and have paused our reminders for \
                 {{ amount }}.\n\nWe will answer by {{ answer_by }}.",
            ),
        ),
    }
}

const fn money(kind: MessageKind) -> (Words, Words) {
    match kind {
        MessageKind::PromiseNoted => (
            (
                "Nous notons votre paiement du {{ promised_on }}",
                "C’est noté : vous prévoyez de payer {{ amount }} le {{ promised_on }}. Merci.",
            ),
            (
                "We noted your payment on {{ promised_on }}",
                "Thank you: we have noted that you will pay {{ amount }} on {{ promised_on }}.",
            ),
        ),
        MessageKind::PromiseSoon => (
            (
                "Votre paiement du {{ promised_on }}",
                "Vous prévoyez de payer {{ amount }} le {{ promised_on }}. Nous vous le \
                 rappelons simplement.\n\nSi ce paiement est déjà parti, vous n’avez rien à \
                 faire. Si quelque chose l’empêche, dites-le-nous dès maintenant.",
            ),
            (
                "Your payment on {{ promised_on }}",
                "You told us that you would pay {{ amount }} on {{ promised_on }}. This is just a \
                 reminder.\n\nIf the payment is already on its way, there is nothing more to do. \
                 If anything stands in the way, please tell us now.",
            ),
        ),
        MessageKind::PromiseBroken => (
            (
                "Paiement du {{ promised_on }} non reçu",
                "Vous prévoyiez de payer {{ amount }} le {{ promised_on }}. Ce paiement ne nous \
                 est pas parvenu : donnez une nouvelle date ou dites-nous ce qui bloque.",
            ),
            (
                "Payment due {{ promised_on }} not received",
                "You told us that you would pay {{ amount }} on {{ promised_on }}. We have not \
                 received this payment: please give us a new date or tell us what is holding it \
                 up.",
            ),
        ),
        _ => (
            (
                "Merci, {{ amount }} bien reçus",
                "Nous avons bien reçu votre paiement de {{ amount }} le {{ paid_on }}. Merci.\n\n\
                 {% if remaining %}Il reste {{ remaining }} sur votre compte.{% else %}Votre \
                 compte est soldé.{% endif %}",
            ),
            (
                "Thank you, {{ amount }} received",
                "We received your payment of {{ amount }} on {{ paid_on }}. Thank you.\n\n{% if \
                 remaining %}{{ remaining }} remains open on your account.{% else %}Your account \
                 is fully settled.{% endif %}",
            ),
        ),
    }
}

const fn debit(kind: MessageKind) -> (Words, Words) {
    match kind {
        MessageKind::DebitRefused => (
            (
                "Prélèvement refusé",
                "Votre banque a refusé le prélèvement de {{ amount }}. Rien n’a été débité : vous \
                 pouvez payer autrement.",
            ),
            (
                "Direct debit refused",
                "Your bank refused the direct debit of {{ amount }}. Nothing was taken: you can \
                 pay another way.",
            ),
        ),
        MessageKind::DebitNotice => (
            (
                "Prélèvement de {{ amount }} le {{ collect_on }}",
                "Comme convenu, {{ amount }} seront prélevés le {{ collect_on }} (mandat \
                 {{ mandate }}).",
            ),
            (
                "Debit of {{ amount }} on {{ collect_on }}",
                "As agreed, {{ amount }} will be debited on {{ collect_on }} (mandate \
                 {{ mandate }}).",
            ),
        ),
        _ => (
            (
                "Votre mandat de prélèvement",
                "Un mandat de prélèvement en faveur de {{ supplier }} a été signé, sous la \
                 référence {{ mandate }}.",
            ),
            (
                "Your direct debit mandate",
                "A direct debit mandate in favour of {{ supplier }} has been signed, reference {{ \
                 mandate }}.",
            ),
        ),
    }
}

/// A text message to begin with.
const fn short(slot: Slot) -> &'static str {
    let (french, english) = match slot.kind {
        MessageKind::Notice => (
            "{{ supplier }}: {{ invoice }}, {{ amount }}, échéance le {{ due }}. {{ link }}",
            "{{ supplier }}: {{ invoice }}, {{ amount }}, due {{ due }}. {{ link }}",
        ),
        MessageKind::Reminder1 => (
            "{{ supplier }}: sauf erreur, {{ invoice }} ({{ amount }}) est échue. Payer ou \
             répondre: {{ link }}",
            "{{ supplier }}: unless mistaken, {{ invoice }} ({{ amount }}) is overdue. Pay or \
             reply: {{ link }}",
        ),
        MessageKind::Reminder2 => (
            "{{ supplier }}: {{ amount }} restent échus. Qu'est-ce qui bloque ? {{ link }}",
            "{{ supplier }}: {{ amount }} still overdue. What is blocking? {{ link }}",
        ),
        MessageKind::Reminder3 => (
            "{{ supplier }}: 3e rappel, {{ amount }} échus. Merci de répondre: {{ link }}",
            "{{ supplier }}: 3rd reminder, {{ amount }} overdue. Please reply: {{ link }}",
        ),
        MessageKind::FormalNotice => (
            "{{ supplier }}: une mise en demeure ({{ total }}) vous parvient par courrier. {{ \
             link }}",
            "{{ supplier }}: a formal notice ({{ total }}) is on its way by post. {{ link }}",
        ),
        MessageKind::PromiseNoted | MessageKind::PromiseSoon | MessageKind::PromiseBroken => {
            short_promise(slot.kind)
        }
        MessageKind::DisputeReceived => (
            "{{ supplier }}: signalement sur {{ invoice }} enregistré, relances suspendues. {{ \
             link }}",
            "{{ supplier }}: report on {{ invoice }} received, reminders paused. {{ link }}",
        ),
        MessageKind::DisputeAnswer => (
            "{{ supplier }}: réponse à votre signalement sur {{ invoice }}: {{ link }}",
            "{{ supplier }}: our answer to your report on {{ invoice }}: {{ link }}",
        ),
        MessageKind::DebitRefused => (
            "{{ supplier }}: prélèvement de {{ amount }} refusé, rien n'est débité. {{ link }}",
            "{{ supplier }}: debit of {{ amount }} refused, nothing was taken. {{ link }}",
        ),
        MessageKind::DebitNotice => (
            "{{ supplier }}: prélèvement de {{ amount }} le {{ collect_on }}. Détail: {{ link }}",
            "{{ supplier }}: debit of {{ amount }} on {{ collect_on }}. Details: {{ link }}",
        ),
        MessageKind::MandateSigned => (
            "{{ supplier }}: mandat signé. Copie et révocation: {{ link }}",
            "{{ supplier }}: mandate signed. Copy and revocation: {{ link }}",
        ),
        _ => (
            "{{ supplier }}: {{ amount }} encaissés le {{ paid_on }}. Merci. Justificatif: {{ \
             link }}",
            "{{ supplier }}: {{ amount }} received on {{ paid_on }}. Thank you. Receipt: {{ link \
             }}",
        ),
    };
    match slot.language {
        Language::Fr => french,
        Language::En => english,
    }
}

const fn short_promise(kind: MessageKind) -> Words {
    match kind {
        MessageKind::PromiseNoted => (
            "{{ supplier }}: paiement de {{ amount }} noté pour le {{ promised_on }}. {{ link }}",
            "{{ supplier }}: payment of {{ amount }} noted for {{ promised_on }}. {{ link }}",
        ),
        MessageKind::PromiseSoon => (
            "{{ supplier }}: votre paiement de {{ amount }} est attendu le {{ promised_on }}. \
             Modifier: {{ link }}",
            "{{ supplier }}: your payment of {{ amount }} is expected on {{ promised_on }}. \
             Change it: {{ link }}",
        ),
        _ => (
            "{{ supplier }}: {{ amount }} attendus le {{ promised_on }} et non arrivés. Nouvelle \
             date: {{ link }}",
            "{{ supplier }}: {{ amount }} expected on {{ promised_on }} did not arrive. New date: \
             {{ link }}",
        ),
    }
}
