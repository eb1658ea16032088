//! Wording of card money that goes back, as staff reads it.

use domain::reversal::{Cause, ReversalState};

use crate::text::Text;

texts! {
    TITLE = "Paiements par carte remboursés ou contestés",
        "Card payments refunded or contested";
    STUCK = "Nouvelles du prestataire de carte à traiter", "News from the card provider to settle";
    STUCK_LEAD = "Elles n’ont pas pu être enregistrées pendant trois jours. Une fois la cause \
                  levée, faites-les relire\u{a0}; classez celles que vous avez réglées autrement.",
        "They could not be recorded for three days. Once the cause is mended, have them read \
         again; close those that you settled by other means.";
    EVENT = "Événement", "Event";
    CAME = "Reçu le", "Received on";
    WHY = "Ce qui a bloqué", "What stood in the way";
    AGAIN = "Relire", "Read again";
    CLOSE = "Classer", "Close";
}

/// What became of it.
pub(crate) const fn words(cause: Cause, state: ReversalState) -> Text {
    let (fr, en) = match (cause, state) {
        (Cause::Refund, ReversalState::Pending) => ("Remboursement en cours", "Refund under way"),
        (Cause::Refund, ReversalState::Gone) => ("Remboursé", "Refunded"),
        (Cause::Refund, ReversalState::Kept) => ("Remboursement annulé", "Refund cancelled"),
        (Cause::Refund, ReversalState::CameBack) => (
            "Remboursement échoué\u{a0}: la somme est à affecter",
            "Refund failed: the money is to be applied",
        ),
        (Cause::Dispute, ReversalState::Pending) => (
            "Contesté par le titulaire de la carte\u{a0}: répondre chez Stripe",
            "Contested by the cardholder: answer at Stripe",
        ),
        (Cause::Dispute, ReversalState::Gone) => ("Contestation perdue", "Contest lost"),
        (Cause::Dispute, ReversalState::Kept) => ("Contestation gagnée", "Contest won"),
        (Cause::Dispute, ReversalState::CameBack) => (
            "Contestation gagnée après coup\u{a0}: la somme est à affecter",
            "Contest won afterwards: the money is to be applied",
        ),
    };
    Text { fr, en }
}
