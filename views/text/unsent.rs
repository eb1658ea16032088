//! Why nothing is written, in a few words.

use domain::unsent::Unsent;

use super::Text;

const fn label(fr: &'static str, en: &'static str) -> Text {
    Text { fr, en }
}

/// The reason.
#[must_use]
pub const fn why(value: Unsent) -> Text {
    match value {
        Unsent::NotDue => label("aucune étape à prendre", "no step to take"),
        Unsent::Done => label("toutes les étapes sont faites", "all steps are done"),
        Unsent::Settled => label("plus rien à demander", "nothing left to ask for"),
        Unsent::UnderWay => label("paiement en cours", "payment under way"),
        Unsent::Disputed => label("facture en litige", "invoice disputed"),
        Unsent::Promised => label("promesse ou échéancier", "promised or on a plan"),
        Unsent::AmountSmall => label(
            "montant trop faible pour l’étape",
            "amount too small for the step",
        ),
        Unsent::BalanceSmall => label(
            "solde trop faible pour l’étape",
            "balance too small for the step",
        ),
        Unsent::Profile => label("étape pour d’autres profils", "step for other profiles"),
        Unsent::Behaviour => label(
            "étape pour d’autres comportements",
            "step for other behaviours",
        ),
        Unsent::AccountDisputed => label("litige sur le compte", "a dispute on the account"),
        Unsent::AccountPromised => label("promesse sur le compte", "a promise on the account"),
        Unsent::OnPlan => label("échéancier en cours", "a plan is running"),
        Unsent::Mandate => label("prélevé par mandat", "collected by mandate"),
        Unsent::Rested => label(
            "dernier message trop récent pour l’étape",
            "last message too recent for the step",
        ),
        Unsent::NoChannel => label("canal pas encore disponible", "channel not available yet"),
        Unsent::Unreachable => label(
            "injoignable par les canaux de l’étape",
            "not reachable by the step’s channels",
        ),
        Unsent::NoContact => label("aucun contact joignable", "no contact can be reached"),
        Unsent::LegalMode => label(
            "interdit par le mode juridique",
            "not allowed in this legal mode",
        ),
        Unsent::Overtaken => label("dépassée par l’étape suivante", "overtaken by a later step"),
        Unsent::Declined => label("refusée par un collègue", "declined by a colleague"),
        Unsent::AwaitsApproval => label("attend une validation", "awaits approval"),
        Unsent::OtherFirst => label(
            "un autre message passe d’abord",
            "another message goes first",
        ),
        Unsent::Gap => label(
            "message trop récent au compte",
            "account written to too recently",
        ),
        Unsent::Fuse => label(
            "plafond du jour atteint pour cette adresse",
            "daily limit of this mailbox reached",
        ),
        Unsent::PausedInvoice => label("facture en pause", "invoice paused"),
        Unsent::PausedDebtor => label("compte en pause", "account paused"),
        Unsent::PausedSupplier => label("relances suspendues", "all reminders paused"),
        Unsent::Excluded => label("exclu des scénarios", "excluded from scenarios"),
        Unsent::Insolvent => label("procédure collective", "insolvency proceedings"),
        Unsent::StaleData => label("données trop anciennes", "data too old"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_said_once_in_both_languages() {
        let mut said = Vec::new();
        for one in Unsent::ALL {
            let words = why(*one);
            assert!(words.fr != words.en && !words.fr.is_empty(), "{one}");
            assert!(
                !said.contains(&words.fr) && !said.contains(&words.en),
                "{one}"
            );
            said.extend([words.fr, words.en]);
        }
    }
}
