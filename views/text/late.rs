//! Wording of late charges for the staff.

use domain::Moment;
use domain::Zone;
use domain::late::Rate;
use domain::party::Language;

use crate::format;

texts! {
    TITLE = "Frais de retard", "Late payment charges";
    DUE_NOW = "Exigible aujourd’hui", "Due today";
    RATE = "Taux annuel", "Yearly rate";
    UNKNOWN = "Taux du semestre inconnu\u{a0}: ces jours ne coûtent rien",
        "The rate of this half-year is not known: these days cost nothing";
    RATE_TO_ADD = "Aucun intérêt de retard n’est compté pour ces jours tant que le taux de la BCE \
                   n’a pas été ajouté, en centièmes de pour cent\u{a0}:",
        "No late interest is counted for these days until the ECB’s rate is added, in hundredths \
         of a percent:";
    NOT_CHARGED = "Ce fournisseur ne facture pas le retard.",
        "This supplier does not charge for lateness.";
    WAIVE = "Renoncer aux frais de cette facture", "Waive the charges of this invoice";
    REASON = "Motif", "Reason";
    REASON_HINT = "Pour vos dossiers, le client ne le lit pas. Le renoncement est définitif.",
        "For your files, the customer does not read it. It is for good.";
    WAIVED = "Ces frais ont été abandonnés", "These charges were waived";
    LINK = "Frais", "Charges";
}

/// « Boréal : taux légal du 1er semestre 2027 inconnu ».
pub(crate) fn rate_unknown(language: Language, name: &str, (year, half): (i32, u8)) -> String {
    match (language, half) {
        (Language::Fr, 1) => format!("{name}\u{a0}: taux légal du 1er semestre {year} inconnu"),
        (Language::Fr, _) => format!("{name}\u{a0}: taux légal du 2e semestre {year} inconnu"),
        (Language::En, 1) => format!("{name}: legal rate of the first half of {year} not known"),
        (Language::En, _) => format!("{name}: legal rate of the second half of {year} not known"),
    }
}

/// What adds it.
pub(crate) fn rate_command(code: &str, (year, half): (i32, u8)) -> String {
    format!("acquit supplier base-rate --code {code} --half {year}-{half} --rate …")
}

/// « 12,40 % ».
pub(crate) fn percent(language: Language, rate: Rate) -> String {
    let (whole, rest) = (rate.0 / 100, rate.0 % 100);
    match language {
        Language::Fr => format!("{whole},{rest:02}\u{a0}%"),
        Language::En => format!("{whole}.{rest:02}%"),
    }
}

/// « staff a@b, le 21/11/2026 à 9 h 00 ».
pub(crate) fn by_at(language: Language, zone: Zone, by: &str, at: Moment) -> String {
    let at = format::moment(language, zone, at);
    match language {
        Language::Fr => format!("{by}, le {at}"),
        Language::En => format!("{by}, {at}"),
    }
}

/// « Frais de retard de la facture FA-117 », for those who do not see the row.
pub(crate) fn of(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Frais de retard de la facture {number}"),
        Language::En => format!("Late payment charges of invoice {number}"),
    }
}
