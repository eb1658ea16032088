//! Addresses of letters and calls, which staff sends and makes.

use domain::{DebtorId, LetterBatchId, MessageId};

use super::debtor;

/// Staff: where letters to a debtor go; posted to the same address.
#[must_use]
pub fn postal(supplier: &str, id: DebtorId) -> String {
    format!("{}/address", debtor(supplier, id))
}

/// Staff: a call with a debtor that no step asks for; noted by posting to the same address.
#[must_use]
pub fn debtor_call(supplier: &str, id: DebtorId) -> String {
    format!("{}/call", debtor(supplier, id))
}

/// Staff: whom to call, in which order.
#[must_use]
pub fn calls(supplier: &str) -> String {
    format!("/staff/{supplier}/calls")
}

/// Staff: what came of calls: `?day=`, `?span=week`, `?format=csv`.
#[must_use]
pub fn call_report(supplier: &str) -> String {
    format!("/staff/{supplier}/calls/report")
}

/// Staff: one call to make; what came of it is posted to the same address.
#[must_use]
pub fn call(supplier: &str, id: MessageId) -> String {
    format!("/staff/{supplier}/calls/{id}")
}

/// Staff: letters that wait, and batches; posting here prints one.
#[must_use]
pub fn letters(supplier: &str) -> String {
    format!("/staff/{supplier}/letters")
}

/// Staff: one batch of letters; what became of them is posted to the same address.
#[must_use]
pub fn letter_batch(supplier: &str, id: LetterBatchId) -> String {
    format!("/staff/{supplier}/letters/{id}")
}

/// Staff: a batch's letters, as they were printed.
#[must_use]
pub fn letter_file(supplier: &str, id: LetterBatchId) -> String {
    format!("/staff/{supplier}/letters/{id}/file")
}

/// Staff: the same as a folder for a provider of registered mail.
#[must_use]
pub fn letter_folder(supplier: &str, id: LetterBatchId) -> String {
    format!("/staff/{supplier}/letters/{id}/folder")
}

/// Staff: what proves the deposit of a letter.
#[must_use]
pub fn letter_proof(supplier: &str, batch: LetterBatchId, id: MessageId) -> String {
    format!("/staff/{supplier}/letters/{batch}/proof/{id}")
}
