//! To all the staff: the account that the supplier is paid on is about to change, or has. The new
//! number is not written out: a mail can be forged, the page cannot.

use domain::account_change::{ChangeState, HOURS};
use domain::party::Language;
use domain::{Moment, Zone};

use super::{Rendered, html};
use crate::format;

/// What a notice tells.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The supplier's trade name.
    pub supplier: &'a str,
    /// Where it is.
    pub zone: Zone,
    /// What was done.
    pub state: ChangeState,
    /// The new account's last four characters.
    pub last_four: &'a str,
    /// Who did it.
    pub by: &'a str,
    /// When it is shown, once two people agreed.
    pub shown_from: Option<Moment>,
    /// The page where it can be stopped.
    pub page: String,
}

/// The notice.
#[must_use]
pub fn account_change(language: Language, facts: &Facts<'_>) -> Rendered {
    let (subject, paragraphs) = match language {
        Language::Fr => french(facts),
        Language::En => english(facts),
    };
    let mut text = paragraphs.join("\n\n");
    text.push_str("\n\n");
    text.push_str(&facts.page);
    text.push('\n');
    let html = html::plain((language, &subject), &paragraphs, &facts.page);
    Rendered {
        subject,
        text,
        html,
    }
}

fn french(facts: &Facts<'_>) -> (String, Vec<String>) {
    let when = |at| format::moment(Language::Fr, facts.zone, at);
    let (four, by) = (facts.last_four, facts.by);
    let what = match facts.state {
        ChangeState::Proposed => format!(
            "{by} a demandé que {} soit payé sur un autre compte, terminé par {four}. Une autre \
             personne doit l’approuver\u{a0}; il serait affiché {HOURS} heures plus tard.",
            facts.supplier
        ),
        ChangeState::Waiting => format!(
            "{by} a approuvé le nouveau compte, terminé par {four}. Il sera affiché à vos clients \
             à partir du {}.",
            facts.shown_from.map(when).unwrap_or_default()
        ),
        ChangeState::Done => format!(
            "Le compte terminé par {four} est désormais affiché à vos clients et reçoit les \
             prélèvements."
        ),
        ChangeState::Withdrawn => format!(
            "{by} a arrêté le changement vers le compte terminé par {four}. Rien ne change."
        ),
    };
    let mut said = vec![what];
    said.extend(match facts.state {
        ChangeState::Withdrawn => None,
        ChangeState::Done => Some(
            "Si vous n’en saviez rien, prévenez votre direction sans attendre et redemandez le \
             compte précédent sur la page ci-dessous."
                .to_owned(),
        ),
        ChangeState::Proposed | ChangeState::Waiting => Some(
            "Si vous n’en saviez rien, arrêtez-le sur la page ci-dessous et prévenez votre \
             direction."
                .to_owned(),
        ),
    });
    let subject = match facts.state {
        ChangeState::Withdrawn => "Changement de compte arrêté",
        ChangeState::Done => "Le compte bancaire affiché a changé",
        _ => "Changement du compte bancaire affiché",
    };
    (subject.to_owned(), said)
}

fn english(facts: &Facts<'_>) -> (String, Vec<String>) {
    let when = |at| format::moment(Language::En, facts.zone, at);
    let (four, by) = (facts.last_four, facts.by);
    let what = match facts.state {
        ChangeState::Proposed => format!(
            "{by} has asked that {} be paid into another account, ending in {four}. A second \
             person has to approve it; it would be shown {HOURS} hours later.",
            facts.supplier
        ),
        ChangeState::Waiting => format!(
            "{by} has approved the new account, ending in {four}. Your customers will see it from \
             {}.",
            facts.shown_from.map(when).unwrap_or_default()
        ),
        ChangeState::Done => format!(
            "The account ending in {four} is now shown to your customers and receives the direct \
             debits."
        ),
        ChangeState::Withdrawn => {
            format!(
                "{by} has stopped the change to the account ending in {four}. Nothing \
                     changes."
            )
        }
    };
    let mut said = vec![what];
    said.extend(match facts.state {
        ChangeState::Withdrawn => None,
        ChangeState::Done => Some(
            "If you were not aware of this, tell your management at once and ask for the previous \
             account on the page below."
                .to_owned(),
        ),
        ChangeState::Proposed | ChangeState::Waiting => Some(
            "If you were not aware of this, stop it on the page below and tell your management."
                .to_owned(),
        ),
    });
    let subject = match facts.state {
        ChangeState::Withdrawn => "Change of account stopped",
        ChangeState::Done => "The displayed bank account has changed",
        _ => "Change of the displayed bank account",
    };
    (subject.to_owned(), said)
}
