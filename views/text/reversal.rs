//! Wording of card money that goes back, as staff reads it.

use domain::reversal::{Cause, ReversalState};

use crate::text::Text;

texts! {
    TITLE = "Paiements en ligne remboursés, contestés ou repris",
        "Online payments refunded, contested or taken back";
    STUCK = "Nouvelles du prestataire de paiement à traiter",
        "News from the payment provider to settle";
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
        (Cause::DebitBack, ReversalState::Pending) => (
            "Prélèvement contesté auprès de la banque",
            "Direct debit contested at the bank",
        ),
        (Cause::DebitBack, ReversalState::Gone) => (
            "Prélèvement repris par la banque du débiteur",
            "Direct debit taken back by the debtor’s bank",
        ),
        (Cause::DebitBack, ReversalState::Kept) => ("Prélèvement maintenu", "Direct debit upheld"),
        (Cause::DebitBack, ReversalState::CameBack) => (
            "Prélèvement revenu\u{a0}: la somme est à affecter",
            "Direct debit came again: the money is to be applied",
        ),
        (Cause::Dispute, ReversalState::CameBack) => (
            "Contestation gagnée après coup\u{a0}: la somme est à affecter",
            "Contest won afterwards: the money is to be applied",
        ),
    };
    Text { fr, en }
}
