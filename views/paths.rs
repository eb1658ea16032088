//! Every address that a page names, in one place: the web layer routes the same ones.

mod by_hand;
mod text;

pub use by_hand::*;

use domain::{
    AccountChangeId, AttachmentId, BankFileId, BatchId, ContactId, DebtorId, DisputeId, DocumentId,
    ImportId, InboxId, InvoiceId, MandateId, MessageId, PaymentId, PlanId, PromiseId, RecallId,
    ScenarioId, TaskId,
};

pub use text::{text, text_mail, texts};

/// The debtor's account.
pub const ACCOUNT: &str = "/account";
/// Payment of chosen invoices: `?i=<invoice id>` repeated; the form is posted to the same address.
pub const PAY: &str = "/pay";
/// Promise for chosen invoices: `?i=` as for payment; the form is posted to the same address.
pub const PROMISE: &str = "/promise";
/// Request for a delay or plan: `?i=` as for payment; the form is posted to the same address.
pub const PLAN: &str = "/plan";
/// Signature of a mandate.
pub const MANDATE: &str = "/mandate";
/// The statement of account as PDF.
pub const STATEMENT_PDF: &str = "/statement.pdf";
/// The statement of account as CSV.
pub const STATEMENT_CSV: &str = "/statement.csv";
/// Language, own details, who else has access; each form is posted to the same address.
pub const PREFERENCES: &str = "/preferences";
/// The debtor's mandates, on that page.
pub const MANDATES: &str = "/preferences#mandates";
/// The code before a document: `?next=` and the document's address.
pub const CODE: &str = "/code";
/// The portal's skip target on every page.
pub const MAIN: &str = "#main";

/// The inert landing page of a signed link; *Continue* posts to it.
#[must_use]
pub fn link(token: &str) -> String {
    format!("/l/{token}")
}

/// Posting here sends a fresh link to the contact on file, if there is one.
#[must_use]
pub fn renew(token: &str) -> String {
    format!("/l/{token}/renew")
}

/// One invoice.
#[must_use]
pub fn invoice(id: InvoiceId) -> String {
    format!("/invoices/{id}")
}

/// The form that reports a problem with an invoice.
#[must_use]
pub fn dispute(id: InvoiceId) -> String {
    format!("/invoices/{id}/dispute")
}

/// A reported problem: what was said, how it stands; more is posted to the same address.
#[must_use]
pub fn report(id: DisputeId) -> String {
    format!("/disputes/{id}")
}

/// A file of a reported problem.
#[must_use]
pub fn file(id: AttachmentId) -> String {
    format!("/files/{id}")
}

/// What a debtor says of an invoice before it is due; the form is posted to the same address.
#[must_use]
pub fn confirm(id: InvoiceId) -> String {
    format!("/invoices/{id}/confirm")
}

/// A promise and how it stands; taking it back is posted to the same address.
#[must_use]
pub fn promise(id: PromiseId) -> String {
    format!("/promises/{id}")
}

/// The day of a promise for a calendar (RFC 5545).
#[must_use]
pub fn calendar(id: PromiseId) -> String {
    format!("/promises/{id}/calendar.ics")
}

/// A delay or plan and how it stands; the reply to an offer is posted to the same address.
#[must_use]
pub fn plan(id: PlanId) -> String {
    format!("/plans/{id}")
}

/// How a payment stands: the return page after a card, and what is shown after the others.
#[must_use]
pub fn payment(id: PaymentId) -> String {
    format!("/payments/{id}")
}

/// The same page, asked again by itself: `round` counts how often.
#[must_use]
pub fn payment_again(id: PaymentId, round: u8) -> String {
    format!("/payments/{id}?n={round}")
}

/// What the address of a payment says of whoever left the provider's page before paying.
pub const LEFT: &str = "left=1";

/// Giving up a payment that is under way is posted here.
#[must_use]
pub fn abandon(id: PaymentId) -> String {
    format!("/payments/{id}/abandon")
}

/// The receipt of a payment.
#[must_use]
pub fn receipt(id: PaymentId) -> String {
    format!("/payments/{id}/receipt.pdf")
}

/// A mandate and what is debited under it; revoking it is posted to the same address.
#[must_use]
pub fn mandate(id: MandateId) -> String {
    format!("/mandates/{id}")
}

/// A signed mandate.
#[must_use]
pub fn mandate_pdf(id: MandateId) -> String {
    format!("/mandates/{id}.pdf")
}

/// A document of an invoice.
#[must_use]
pub fn document(invoice: InvoiceId, id: DocumentId) -> String {
    format!("/invoices/{invoice}/documents/{id}")
}

/// A page for these invoices: `/pay?i=inv_…&i=inv_…`.
#[must_use]
pub fn with_invoices<I: IntoIterator<Item = InvoiceId>>(path: &str, ids: I) -> String {
    let mut out = String::from(path);
    for (place, id) in ids.into_iter().enumerate() {
        out.push(if place == 0 { '?' } else { '&' });
        out.push_str("i=");
        out.push_str(&id.to_string());
    }
    out
}

/// Staff: what needs somebody today.
pub const TODAY: &str = "/staff";
/// Staff: sign-in form, posted to the same address.
pub const SIGN_IN: &str = "/staff/sign-in";
/// Staff: signing out, by POST.
pub const SIGN_OUT: &str = "/staff/sign-out";
/// Staff: messages whose sending a human must decide on.
pub const MESSAGES: &str = "/staff/messages";
/// Demonstration: messages that were kept instead of sent.
pub const MAILBOX: &str = "/staff/mailbox";
/// The staff pages' style, a file of its own.
pub const STAFF_CSS: &str = "/assets/staff.css";

/// Staff: the debtors of a supplier; `?q=` searches, `?after=` goes on.
#[must_use]
pub fn debtors(supplier: &str) -> String {
    format!("/staff/{supplier}/debtors")
}

/// Staff: one debtor.
#[must_use]
pub fn debtor(supplier: &str, id: DebtorId) -> String {
    format!("/staff/{supplier}/debtors/{id}")
}

/// Staff: what happened to a debtor before an instant.
#[must_use]
pub fn history(supplier: &str, id: DebtorId) -> String {
    format!("{}/history", debtor(supplier, id))
}

/// Staff: what is written to a debtor, and pauses; what is decided is posted to the same address.
#[must_use]
pub fn debtor_reminders(supplier: &str, id: DebtorId) -> String {
    format!("{}/reminders", debtor(supplier, id))
}

/// Staff: scenarios, who follows which, and when is written; posted to the same address.
#[must_use]
pub fn reminders(supplier: &str) -> String {
    format!("/staff/{supplier}/reminders")
}

/// Staff: one scenario; changes are posted to the same address.
#[must_use]
pub fn scenario(supplier: &str, id: ScenarioId) -> String {
    format!("/staff/{supplier}/scenarios/{id}")
}

/// Staff: what a planning would do: `?day=`, `?scenario=`.
#[must_use]
pub fn dry_run(supplier: &str) -> String {
    format!("/staff/{supplier}/dry-run")
}

/// Staff: messages that await approval; the answer is posted to the same address.
#[must_use]
pub fn approvals(supplier: &str) -> String {
    format!("/staff/{supplier}/approvals")
}

/// Staff: the documents of an invoice; a file is posted to the same address.
#[must_use]
pub fn invoice_documents(supplier: &str, invoice: InvoiceId) -> String {
    format!("/staff/{supplier}/invoices/{invoice}/documents")
}

/// Staff: what credit notes settled without money; undoing it is posted to the same address.
#[must_use]
pub fn set_off(supplier: &str, payment: PaymentId) -> String {
    format!("/staff/{supplier}/set-offs/{payment}")
}

/// Staff: what lateness of an invoice costs; giving it up is posted to the same address.
#[must_use]
pub fn late(supplier: &str, invoice: InvoiceId) -> String {
    format!("/staff/{supplier}/invoices/{invoice}/late")
}

/// Staff: one document.
#[must_use]
pub fn staff_document(supplier: &str, id: DocumentId) -> String {
    format!("/staff/{supplier}/documents/{id}")
}

/// Staff: a mandate and what is debited under it; revoking it is posted to the same address.
#[must_use]
pub fn staff_mandate(supplier: &str, id: MandateId) -> String {
    format!("/staff/{supplier}/mandates/{id}")
}

/// Staff: the decision on a provider's event that could not be read is posted here.
#[must_use]
pub fn stuck_event(supplier: &str, id: InboxId) -> String {
    format!("/staff/{supplier}/events/{id}")
}

/// Staff: a contact's address; what is decided about the contact is posted here.
#[must_use]
pub fn decide_contact(supplier: &str, id: ContactId) -> String {
    format!("/staff/{supplier}/contacts/{id}")
}

/// Staff: a task about contacts is marked as done here.
#[must_use]
pub fn contact_task(supplier: &str, id: TaskId) -> String {
    format!("/staff/{supplier}/contact-tasks/{id}")
}

/// Staff: a file of a dispute.
#[must_use]
pub fn staff_file(supplier: &str, id: AttachmentId) -> String {
    format!("/staff/{supplier}/files/{id}")
}

/// Staff: one dispute; what the supplier says about it is posted to the same address.
#[must_use]
pub fn answer(supplier: &str, id: DisputeId) -> String {
    format!("/staff/{supplier}/disputes/{id}")
}

/// Staff: the answer to a request for time is posted here.
#[must_use]
pub fn plan_answer(supplier: &str, id: PlanId) -> String {
    format!("/staff/{supplier}/plans/{id}")
}

/// Staff: the exact copy of a message; the decision on it is posted here.
#[must_use]
pub fn decide(id: MessageId) -> String {
    format!("/staff/messages/{id}")
}

/// Staff: balance files of a supplier; a file is posted to the same address.
#[must_use]
pub fn imports(supplier: &str) -> String {
    format!("/staff/{supplier}/imports")
}

/// Staff: a file's columns to confirm (posted to the same address), or an import's result.
#[must_use]
pub fn import(supplier: &str, id: ImportId) -> String {
    format!("/staff/{supplier}/imports/{id}")
}

/// Staff: bank files of a supplier; a file is posted to the same address.
#[must_use]
pub fn bank(supplier: &str) -> String {
    format!("/staff/{supplier}/bank")
}

/// Whether an IBAN is the supplier's.
pub const CHECK_IBAN: &str = "/check-iban";

/// Staff: the account a supplier is paid on; another is asked for by posting to the same address.
#[must_use]
pub fn account_of(supplier: &str) -> String {
    format!("/staff/{supplier}/account")
}

/// Staff: what is decided about a change of account is posted here.
#[must_use]
pub fn account_change(supplier: &str, id: AccountChangeId) -> String {
    format!("/staff/{supplier}/account/{id}")
}

/// Staff: what is decided about a waiting bank file is posted here.
#[must_use]
pub fn bank_file(supplier: &str, id: BankFileId) -> String {
    format!("/staff/{supplier}/bank/{id}")
}

/// Staff: money that looks for its account; what is decided is posted to the same address.
#[must_use]
pub fn bank_money(supplier: &str) -> String {
    format!("/staff/{supplier}/money")
}

/// Staff: direct debits and their files; posting here makes a file.
#[must_use]
pub fn debits(supplier: &str) -> String {
    format!("/staff/{supplier}/debits")
}

/// Staff: one file of direct debits; the decision on it is posted to the same address.
#[must_use]
pub fn batch(supplier: &str, id: BatchId) -> String {
    format!("/staff/{supplier}/debits/{id}")
}

/// Staff: a bank's answer to a file is uploaded here.
#[must_use]
pub fn debit_answers(supplier: &str) -> String {
    format!("/staff/{supplier}/debit-answers")
}

/// Staff: its bytes, for the bank.
#[must_use]
pub fn batch_file(supplier: &str, id: BatchId) -> String {
    format!("/staff/{supplier}/debits/{id}/file")
}

/// Staff: debits of a file that are asked back; the request is posted to the same address.
#[must_use]
pub fn recalls(supplier: &str, id: BatchId) -> String {
    format!("/staff/{supplier}/debits/{id}/recalls")
}

/// Staff: one request to the bank; the decision on it is posted to the same address.
#[must_use]
pub fn recall(supplier: &str, id: RecallId) -> String {
    format!("/staff/{supplier}/recalls/{id}")
}

/// Staff: its bytes, for the bank.
#[must_use]
pub fn recall_file(supplier: &str, id: RecallId) -> String {
    format!("/staff/{supplier}/recalls/{id}/file")
}

/// Demonstration: one kept message.
#[must_use]
pub fn mail(id: &str) -> String {
    format!("{MAILBOX}/{id}")
}

/// Demonstration: its HTML part alone, for the frame it is shown in.
#[must_use]
pub fn mail_html(id: &str) -> String {
    format!("{MAILBOX}/{id}/html")
}
