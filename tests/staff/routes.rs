//! Every address of the staff and who gets through.

/// Who may do it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Who {
    /// Everybody, signed in or not.
    Anybody,
    /// Whoever is signed in, of whichever supplier.
    Staff,
    /// Every role of the supplier.
    Readers,
    /// Who may change something there.
    Writers,
}

/// Pattern, method, and who gets through. A new address gets its row here, or the test fails.
pub(super) const ROUTES: &[(&str, &str, Who)] = &[
    ("/staff/sign-in", "GET", Who::Anybody),
    ("/staff/sign-out", "POST", Who::Staff),
    ("/staff", "GET", Who::Staff),
    ("/staff/messages", "GET", Who::Staff),
    ("/staff/messages/{message}", "GET", Who::Writers),
    ("/staff/messages/{message}", "POST", Who::Writers),
    ("/staff/{supplier}/debtors", "GET", Who::Readers),
    ("/staff/{supplier}/debtors/{debtor}", "GET", Who::Readers),
    (
        "/staff/{supplier}/debtors/{debtor}/history",
        "GET",
        Who::Readers,
    ),
    (
        "/staff/{supplier}/debtors/{debtor}/reminders",
        "GET",
        Who::Readers,
    ),
    (
        "/staff/{supplier}/debtors/{debtor}/reminders",
        "POST",
        Who::Writers,
    ),
    ("/staff/{supplier}/reminders", "GET", Who::Readers),
    ("/staff/{supplier}/reminders", "POST", Who::Writers),
    (
        "/staff/{supplier}/scenarios/{scenario}",
        "GET",
        Who::Readers,
    ),
    (
        "/staff/{supplier}/scenarios/{scenario}",
        "POST",
        Who::Writers,
    ),
    ("/staff/{supplier}/texts", "GET", Who::Readers),
    ("/staff/{supplier}/texts/{text}", "GET", Who::Readers),
    ("/staff/{supplier}/texts/{text}", "POST", Who::Writers),
    ("/staff/{supplier}/texts/{text}/mail", "GET", Who::Readers),
    ("/staff/{supplier}/dry-run", "GET", Who::Readers),
    ("/staff/{supplier}/approvals", "GET", Who::Readers),
    ("/staff/{supplier}/approvals", "POST", Who::Writers),
    ("/staff/{supplier}/disputes/{dispute}", "GET", Who::Readers),
    ("/staff/{supplier}/disputes/{dispute}", "POST", Who::Writers),
    ("/staff/{supplier}/files/{file}", "GET", Who::Readers),
    ("/staff/{supplier}/plans/{plan}", "POST", Who::Writers),
    (
        "/staff/{supplier}/invoices/{invoice}/documents",
        "GET",
        Who::Readers,
    ),
    (
        "/staff/{supplier}/invoices/{invoice}/documents",
        "UPLOAD",
        Who::Writers,
    ),
    ("/staff/{supplier}/contacts/{contact}", "GET", Who::Readers),
    ("/staff/{supplier}/contacts/{contact}", "POST", Who::Writers),
    ("/staff/{supplier}/events/{event}", "POST", Who::Writers),
    ("/staff/{supplier}/mandates/{mandate}", "GET", Who::Readers),
    ("/staff/{supplier}/mandates/{mandate}", "POST", Who::Writers),
    (
        "/staff/{supplier}/contact-tasks/{task}",
        "POST",
        Who::Writers,
    ),
    (
        "/staff/{supplier}/invoices/{invoice}/late",
        "GET",
        Who::Readers,
    ),
    (
        "/staff/{supplier}/invoices/{invoice}/late",
        "POST",
        Who::Writers,
    ),
    ("/staff/{supplier}/set-offs/{payment}", "GET", Who::Readers),
    ("/staff/{supplier}/set-offs/{payment}", "POST", Who::Writers),
    (
        "/staff/{supplier}/documents/{document}",
        "GET",
        Who::Readers,
    ),
    ("/staff/{supplier}/bank", "GET", Who::Readers),
    ("/staff/{supplier}/bank", "UPLOAD", Who::Writers),
    ("/staff/{supplier}/bank/{statement}", "GET", Who::Readers),
    ("/staff/{supplier}/bank/{statement}", "POST", Who::Writers),
    ("/staff/{supplier}/account", "GET", Who::Readers),
    ("/staff/{supplier}/account", "POST", Who::Writers),
    ("/staff/{supplier}/account/{change}", "POST", Who::Writers),
    ("/staff/{supplier}/money", "GET", Who::Readers),
    ("/staff/{supplier}/money", "POST", Who::Writers),
    ("/staff/{supplier}/debits", "GET", Who::Readers),
    ("/staff/{supplier}/debits", "POST", Who::Writers),
    ("/staff/{supplier}/debit-answers", "UPLOAD", Who::Writers),
    ("/staff/{supplier}/debits/{batch}", "GET", Who::Readers),
    ("/staff/{supplier}/debits/{batch}", "POST", Who::Writers),
    ("/staff/{supplier}/debits/{batch}/file", "GET", Who::Writers),
    (
        "/staff/{supplier}/debits/{batch}/recalls",
        "GET",
        Who::Readers,
    ),
    (
        "/staff/{supplier}/debits/{batch}/recalls",
        "POST",
        Who::Writers,
    ),
    ("/staff/{supplier}/recalls/{recall}", "GET", Who::Readers),
    ("/staff/{supplier}/recalls/{recall}", "POST", Who::Writers),
    (
        "/staff/{supplier}/recalls/{recall}/file",
        "GET",
        Who::Writers,
    ),
    ("/staff/{supplier}/imports", "GET", Who::Readers),
    ("/staff/{supplier}/imports", "UPLOAD", Who::Writers),
    ("/staff/{supplier}/imports/{import}", "GET", Who::Writers),
    ("/staff/{supplier}/imports/{import}", "POST", Who::Writers),
    ("/staff/mailbox", "GET", Who::Anybody),
    ("/staff/mailbox/{message}", "GET", Who::Anybody),
    ("/staff/mailbox/{message}/html", "GET", Who::Anybody),
];
