//! Wording of what is to be written to a debtor.

use domain::party::Language;

use crate::format::day;
use crate::staff::ahead::Pause;
use crate::text::unsent;

texts! {
    TITLE = "Messages à venir", "Messages to come";
    NOTHING = "Aucun message n’est prévu.", "No message is planned.";
    STALE = "Données trop anciennes\u{a0}: aucune relance ne part",
        "Data too old: no reminder leaves";
    MORE = "Scénario, soixante jours à venir, pauses", "Scenario, sixty days to come, pauses";
    AGAIN = "refusé une première fois, nouvel essai", "refused once, tried again";
}

/// « part le 23/11/2026 à 9 h 00 ».
pub(crate) fn leaves(language: Language, at: &str) -> String {
    match language {
        Language::Fr => format!("part le {at}"),
        Language::En => format!("leaves on {at}"),
    }
}

/// « prévu le 27/11/2026 ».
pub(crate) fn planned(language: Language, on: &str) -> String {
    match language {
        Language::Fr => format!("prévu le {on}"),
        Language::En => format!("planned for {on}"),
    }
}

/// « ne partira pas : litige en cours ».
pub(crate) fn will_not_leave(language: Language, pause: Pause) -> String {
    let why = why(language, pause);
    match language {
        Language::Fr => format!("ne partira pas\u{a0}: {why}"),
        Language::En => format!("will not leave: {why}"),
    }
}

/// « FA-117 n’est pas relancée : ».
pub(crate) fn not_reminded(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("{number}, sans relance\u{a0}:"),
        Language::En => format!("{number}, not reminded of:"),
    }
}

/// Why nothing is asked for, in a few words.
pub(crate) fn why(language: Language, pause: Pause) -> String {
    match language {
        Language::Fr => match pause {
            Pause::Disputed(Some(by)) => format!("litige, réponse avant le {}", day(language, by)),
            Pause::Disputed(None) => "litige accepté, avoir à émettre".into(),
            Pause::Promised(on) => format!("promis pour le {}", day(language, on)),
            Pause::OnPlan(on) => format!("échéancier, prochaine échéance {}", day(language, on)),
            Pause::PlanAsked => "délai demandé".into(),
            Pause::Paying => "paiement en cours".into(),
            Pause::Settled => "plus rien à régler".into(),
            Pause::Held(why) => unsent::why(why).fr.into(),
        },
        Language::En => match pause {
            Pause::Disputed(Some(by)) => format!("disputed, answer by {}", day(language, by)),
            Pause::Disputed(None) => "dispute accepted, credit note to issue".into(),
            Pause::Promised(on) => format!("promised for {}", day(language, on)),
            Pause::OnPlan(on) => format!("on a plan, next instalment {}", day(language, on)),
            Pause::PlanAsked => "time asked for".into(),
            Pause::Paying => "payment under way".into(),
            Pause::Settled => "nothing left to pay".into(),
            Pause::Held(why) => unsent::why(why).en.into(),
        },
    }
}
