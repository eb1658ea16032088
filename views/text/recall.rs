//! Wording of the staff's pages about debits that are asked back from the bank.

use domain::recall::{RecallKind, RecallOutcome, RecallReason, RecallState};

use crate::text::Text;

texts! {
    TITLE = "Annuler ou rendre des prélèvements", "Cancel debits or give them back";
    LINK = "Annuler ou rendre des prélèvements de ce fichier",
        "Cancel debits of this file or give them back";
    REQUEST = "Demande à la banque", "Request to the bank";
    REQUESTS = "Demandes", "Requests";
    CANCEL_DEBITS = "Annuler avant l’échéance", "Cancel before the day";
    CANCEL_HINT = "La banque peut refuser. Tant qu’elle n’a pas répondu, le prélèvement suit son \
                   cours.",
        "The bank may refuse. Until it has answered, the debit goes on.";
    REVERSE_DEBITS = "Rendre l’argent reçu", "Give back what came";
    REVERSE_HINT = "Une seconde personne doit approuver. La banque le fait jusqu’à cinq jours \
                    ouvrés après l’échéance.",
        "A second person has to approve. The bank does it up to five bank days after the day.";
    NOTHING = "Aucun prélèvement de ce fichier ne peut être annulé ni rendu aujourd’hui.",
        "No debit of this file can be cancelled or given back today.";
    WHICH = "Prélèvements", "Debits";
    WHY = "Motif", "Reason";
    ASK_CANCEL = "Préparer la demande d’annulation", "Prepare the request to cancel";
    ASK_REVERSE = "Préparer la demande de restitution", "Prepare the request to give back";
    NONE_CHOSEN = "Aucun prélèvement n’est choisi", "No debit is chosen";
    MORE = "Voir les prélèvements suivants", "See the next debits";
    NONE_CHOSEN_MORE = "Cochez au moins un prélèvement. Rien n’a été demandé à la banque.",
        "Tick at least one debit. Nothing was asked of the bank.";
    OF_FILE = "Fichier d’origine", "Original file";
    SAID = "Réponse de la banque", "The bank’s answer";
    NOT_SAID = "pas encore", "not yet";
    CALL_OFF = "Renoncer à la demande", "Drop the request";
    TOO_LATE = "Il est trop tard pour cette demande", "It is too late for this request";
    TOO_LATE_MORE = "La banque ne la prendrait plus pour au moins un de ces prélèvements. \
                     Renoncez-y et faites-en une autre pour le reste.",
        "The bank would not take it any more for at least one of these debits. Drop it and make \
         another for the rest.";
}

/// What is asked for.
pub(crate) const fn kind(kind: RecallKind) -> Text {
    let (fr, en) = match kind {
        RecallKind::Cancellation => ("annulation", "cancellation"),
        RecallKind::Reversal => ("restitution", "giving back"),
    };
    Text { fr, en }
}

/// Why it is asked for.
pub(crate) const fn reason(reason: RecallReason) -> Text {
    let (fr, en) = match reason {
        RecallReason::Duplicate => ("prélevé deux fois", "collected twice"),
        RecallReason::NotDue => ("rien n’est dû", "nothing is owed"),
        RecallReason::Technical => ("erreur dans le fichier", "an error in the file"),
        RecallReason::Asked => ("le client le demande", "the customer asks for it"),
    };
    Text { fr, en }
}

/// How a request stands.
pub(crate) const fn state(state: RecallState) -> Text {
    let (fr, en) = match state {
        RecallState::Draft => ("à approuver", "to approve"),
        RecallState::Approved => ("à sortir", "to take out"),
        RecallState::Exported => ("à la banque", "with the bank"),
        RecallState::Answered => ("terminée", "over"),
        RecallState::Cancelled => ("abandonnée", "dropped"),
    };
    Text { fr, en }
}

/// What the bank said of a debit.
pub(crate) const fn outcome(outcome: RecallOutcome) -> Text {
    let (fr, en) = match outcome {
        RecallOutcome::Done => ("fait", "done"),
        RecallOutcome::Refused => ("refusé", "refused"),
        RecallOutcome::Collected => ("prélevé entre-temps", "collected meanwhile"),
        RecallOutcome::Ended => ("terminé autrement", "ended otherwise"),
    };
    Text { fr, en }
}
