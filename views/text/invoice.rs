//! Wording of the invoice page.

use domain::party::Language;

texts! {
    INVOICED = "Montant facturé", "Invoiced amount";
    PAY_ANYWAY = "Payer malgré le signalement", "Pay despite the report";
    HISTORY = "Historique", "History";
}

/// « Facture FA-2026-0117 ».
pub(crate) fn title(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Facture {number}"),
        Language::En => format!("Invoice {number}"),
    }
}
