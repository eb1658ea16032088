//! Wording of outcomes: after a card, expired links, refusals, faults.

use domain::Money;
use domain::party::Language;

use crate::format::money;

texts! {
    WAITING = "Nous attendons la réponse de votre banque", "We are waiting for your bank’s answer";
    WAITING_MORE = "Cette page se met à jour toute seule. Ne payez pas une seconde fois.",
        "This page updates itself. Do not pay a second time.";
    WAITING_LONG = "La réponse tarde. Ne payez pas une seconde fois\u{a0}: nous vous écrirons dès \
                    qu’elle arrive.",
        "The answer is slow to come. Do not pay a second time: we will write as soon as it comes.";
    ASK_AGAIN = "Vérifier à nouveau", "Check again";
    UNKNOWN = "Nous ne savons pas encore si le paiement a abouti",
        "We do not know yet whether the payment went through";
    CONFIRMED = "Votre paiement est confirmé", "Your payment is confirmed";
    FAILED = "Le paiement n’a pas abouti", "The payment did not go through";
    DECLINED = "Votre banque a refusé le paiement. Rien n’a été débité.",
        "Your bank declined. Nothing was taken.";
    GIVEN_UP = "Vous avez quitté la page de paiement. Rien n’a été débité.",
        "You left the payment page. Nothing was taken.";
    UNFINISHED = "Vous n’avez pas terminé ce paiement", "You have not finished this payment";
    ABANDONED = "Ce paiement est abandonné", "This payment is given up";
    ABANDONED_MORE = "Rien n’a été débité.", "Nothing was taken.";
    DEBIT_CANCELLED = "Ce prélèvement est annulé", "This direct debit is cancelled";
    DEBIT_CANCELLED_MORE = "Rien ne sera débité.", "Nothing will be taken.";
    DEBIT_REFUSED = "Votre banque a refusé le prélèvement. Rien n’a été débité.",
        "Your bank refused the direct debit. Nothing was taken.";
    DEBIT_UNDER_WAY = "Votre prélèvement est en cours", "Your direct debit is under way";
    DEBIT_UNDER_WAY_MORE = "Votre banque répond en général sous cinq jours ouvrés, quatorze au \
                            plus. Ne payez pas une seconde fois\u{a0}: nous vous écrirons dès que \
                            la somme est reçue, ou si elle est refusée.",
        "Your bank usually answers within five working days, fourteen at most. Do not pay a second \
         time: we will write as soon as the amount is received, or if it is refused.";
    TIMED_OUT = "La page de paiement a expiré. Rien n’a été débité.",
        "The payment page has expired. Nothing was taken.";
    TAKEN_BACK = "Ce paiement a été rendu", "This payment was taken back";
    TAKEN_BACK_MORE = "La somme est de nouveau due.", "The amount is due again.";
    OTHER_WAYS = "Vous pouvez réessayer, avec une autre carte ou un autre moyen de paiement.",
        "You can try again, with another card or another way to pay.";
    CONFIRM_AT_BANK = "Votre banque vous demande de confirmer", "Your bank asks you to confirm";
    CONFIRM_MORE = "Rien n’est débité tant que vous n’avez pas confirmé auprès d’elle.",
        "Nothing is taken until you have confirmed with your bank.";
    CONFIRM = "Confirmer auprès de ma banque", "Confirm with my bank";
    SET_OFF = "Vos avoirs sont déduits", "Your credit notes are deducted";
    UNDONE = "Cette déduction a été annulée", "This deduction was undone";
    UNDONE_MORE = "Les factures sont de nouveau dues, et vos avoirs de nouveau disponibles.",
        "The invoices are due again, and your credit notes can be used again.";
    PAY_ELSE = "Payer autrement", "Pay another way";
    TRY_AGAIN = "Réessayer", "Try again";
    EXPIRED = "Ce lien a expiré", "This link has expired";
    EXPIRED_MORE = "Pour protéger votre compte, un lien ne sert qu’un temps. Nous pouvons en \
                    envoyer un nouveau à l’adresse connue.",
        "To protect your account, a link only serves for a time. We can send a new one to the \
         address on file.";
    RENEW = "Recevoir un nouveau lien", "Send me a new link";
    RENEWED = "Demande reçue", "Request received";
    RENEWED_MORE = "Si ce lien a bien été le vôtre, un nouveau part à l’adresse connue. Regardez \
                    votre messagerie dans quelques minutes.",
        "If that link was yours, a new one is on its way to the address on file. Look at your \
         mailbox in a few minutes.";
    UNREADABLE = "Cette demande n’a pas pu être lue", "This request could not be read";
    UNREADABLE_MORE = "Revenez à la page précédente et réessayez. Rien n’a été enregistré.",
        "Go back to the page before and try again. Nothing was recorded.";
    TOO_LARGE = "Cet envoi est trop volumineux", "This is too large to be sent";
    TOO_LARGE_MORE = "Raccourcissez le texte, puis réessayez. Rien n’a été enregistré.",
        "Shorten the text, then try again. Nothing was recorded.";
    FORBIDDEN = "Cette page ne vous est pas ouverte", "This page is not open to you";
    FORBIDDEN_MORE = "Votre session a pu se terminer. Rouvrez le lien reçu par e-mail.",
        "Your session may have ended. Open the link from the e-mail again.";
    VIEW_ONLY = "Cet accès permet de consulter, sans agir",
        "This access lets you look, not act";
    VIEW_ONLY_MORE = "Demandez à la personne qui vous l’a transmis d’agir, ou de vous donner un \
                      accès plus large. Rien n’a été enregistré.",
        "Ask whoever passed it on to act, or to give you a wider access. Nothing was recorded.";
    NOT_FOUND = "Cette page n’existe pas", "This page does not exist";
    NOT_FOUND_MORE = "Vérifiez l’adresse, ou rouvrez le lien reçu par e-mail.",
        "Check the address, or open the link from the e-mail again.";
    TOO_MANY = "Trop de demandes", "Too many requests";
    TOO_MANY_MORE = "Attendez une minute, puis réessayez. Rien n’a été enregistré.",
        "Wait a minute, then try again. Nothing was recorded.";
    FAULT = "Une erreur est survenue de notre côté", "Something went wrong on our side";
    FAULT_MORE = "Votre dernière action n’a pas été prise en compte et rien n’a été débité. \
                  Réessayez\u{a0}; si l’erreur revient, écrivez-nous avec ce numéro.",
        "Your last action was not taken into account and nothing was taken. Try again; if the \
         error comes back, write to us with this number.";
    BUSY = "Le service est momentanément occupé", "The service is busy for the moment";
    BUSY_MORE = "Réessayez dans un instant. Rien n’a été enregistré ni débité.",
        "Try again in a moment. Nothing was recorded or taken.";
    ALREADY = "C’est déjà enregistré", "This is already recorded";
    ALREADY_MORE = "Ce formulaire a été reçu une première fois. Il n’a d’effet qu’une fois.",
        "This form was received before. It takes effect once only.";
    NOTHING_LEFT = "Il n’y a plus rien à régler ici", "There is nothing left to pay here";
    NOTHING_LEFT_MORE = "Ces factures ont été payées, ou leur paiement est en cours. Rien de plus \
                         n’a été débité.",
        "These invoices have been paid, or are being paid. Nothing more was taken.";
    BARRED = "Des factures ne se paient plus ici", "Some invoices are no longer paid here";
    BARRED_MORE = "Une procédure collective est ouverte\u{a0}: ce qui date d’avant le jugement est \
                   traité dans cette procédure. Rien n’est prélevé, et vous ne recevez plus de \
                   rappel pour ces factures.",
        "Insolvency proceedings have been opened: what dates from before the judgment is dealt \
         with in them. Nothing is debited, and you receive no more reminders for these invoices.";
    INCIDENT = "Numéro d’incident", "Incident number";
    SANDBOX = "Carte de démonstration", "Demonstration card";
    SANDBOX_MORE = "Aucun argent ne circule\u{a0}: cette page remplace celle d’une vraie banque.",
        "No money moves: this page stands in for a real bank’s.";
    SANDBOX_DEBIT_TITLE = "Prélèvement de démonstration", "Demonstration direct debit";
    SANDBOX_DEBIT = "Une vraie banque répond après quelques jours. Ici, revenez à cette page pour \
                     décider de sa réponse.",
        "A real bank answers some days later. Here, come back to this page to decide what it \
         answers.";
    BANK_PAYS = "La banque paie", "The bank pays";
    BANK_REFUSES = "La banque refuse", "The bank refuses";
    BANK_TAKES_BACK = "La banque reprend la somme", "The bank takes the amount back";
    APPROVE = "Approuver", "Approve";
    REFUSE = "Refuser", "Refuse";
    LEAVE = "Revenir sans payer", "Go back without paying";
    PAYEE = "Bénéficiaire", "Payee";
}

/// « Nous avons reçu 7 160,00 €. »
pub(crate) fn received(language: Language, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Nous avons reçu {amount}. Merci."),
        Language::En => format!("We have received {amount}. Thank you."),
    }
}

/// « Ils règlent 120,00 €. Rien n’a été débité. »
pub(crate) fn set_off(language: Language, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Ils règlent {amount}. Rien n’a été débité. Merci."),
        Language::En => format!("They settle {amount}. Nothing was taken. Thank you."),
    }
}
