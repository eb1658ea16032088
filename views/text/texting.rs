//! Wording about text messages for the staff.

use domain::party::Language;
use domain::sms::{Cap, Price};
use domain::{Moment, Zone};

use crate::format;
use crate::text::plural;

texts! {
    TITLE = "SMS du mois", "Text messages this month";
    TEXTS = "Envoyés", "Sent";
    SEGMENTS = "Segments facturés", "Segments charged";
    COST = "Coût", "Cost";
    NO_COST = "Coût non communiqué", "Cost not told";
    WAIT_LEAD = "Les suivants partiront d’eux-mêmes. Les plafonds se règlent par la \
                 commande\u{a0}:",
        "The others leave by themselves. The caps are set by the command:";
}

/// « Boréal : plafond de SMS du jour atteint, reprise le 24/11/2026 à 8 h 00 ».
pub(crate) fn wait(
    language: Language,
    zone: Zone,
    (name, cap, until): (&str, Cap, Moment),
) -> String {
    let until = format::moment(language, zone, until);
    match (language, cap) {
        (Language::Fr, Cap::Day) => {
            format!("{name}\u{a0}: plafond de SMS du jour atteint, reprise le {until}")
        }
        (Language::Fr, Cap::Month) => {
            format!("{name}\u{a0}: plafond de dépense en SMS du mois atteint, reprise le {until}")
        }
        (Language::En, Cap::Day) => {
            format!("{name}: the day’s cap of text messages is reached, they go on {until}")
        }
        (Language::En, Cap::Month) => {
            format!("{name}: the month’s cap of money for texts is reached, they go on {until}")
        }
    }
}

/// What sets the caps.
pub(crate) fn command(code: &str) -> String {
    format!("acquit supplier sms --code {code} --texts-a-day … --spend-a-month …")
}

/// « 0,065 € ».
pub(crate) fn price(language: Language, price: Price) -> String {
    let amount = price.amount().to_string();
    let (currency, fixed) = (price.currency(), '\u{a0}');
    match language {
        Language::Fr => format!("{}{fixed}{currency}", amount.replace('.', ",")),
        Language::En => format!("{currency}{fixed}{amount}"),
    }
}

/// « SMS, 1 segment, 0,065 EUR ».
pub(crate) fn counted(language: Language, segments: i64, cost: Option<Price>) -> String {
    let count = usize::try_from(segments).unwrap_or_default();
    let word = match plural(language, count) {
        true => "segments",
        false => "segment",
    };
    let kind = match language {
        Language::Fr => "SMS",
        Language::En => "Text message",
    };
    let cost = cost.map(|cost| format!(", {}", price(language, cost)));
    format!("{kind}, {segments} {word}{}", cost.unwrap_or_default())
}
