//! The tables, as both databases have them; `tests/migrations.rs` checks each column.

mod accounts;
mod money;
mod own_texts;
mod paper;
mod people;
mod plans;
mod scenarios;
mod texts;
mod traffic;

pub use accounts::*;
pub use money::*;
pub use own_texts::*;
pub use paper::*;
pub use people::*;
pub use plans::*;
pub use scenarios::*;
pub use texts::*;
pub use traffic::*;

diesel::allow_tables_to_appear_in_same_query!(
    supplier,
    debtor,
    contact,
    invoice,
    open_change,
    import,
    import_error,
    import_result,
    import_total,
    upload,
    mapping_profile,
    ledger_tx,
    ledger_seal,
    ledger_line,
    dispute,
    dispute_remark,
    dispute_line,
    attachment,
    promise,
    promise_share,
    plan,
    plan_share,
    instalment,
    confirmation,
    request_key,
    payment,
    payment_share,
    payment_credit,
    payment_charge,
    saved_card,
    late_waiver,
    reversal,
    mandate,
    mandate_change,
    batch,
    collection,
    debit_return,
    recall,
    recall_debit,
    message,
    message_invoice,
    reminder_step,
    link,
    inbox,
    bank_file,
    bank_entry,
    bank_reading,
    bank_table,
    bank_suggestion,
    account_change,
    staff_notice,
    bank_part,
    staff_user,
    staff_role,
    audit,
    lease,
    forward,
    code,
    contact_task,
    bounce,
    suppression,
    reply,
    supplier_mail,
    supplier_texter,
    text_sent,
    text_trial,
    document,
    scenario,
    scenario_version,
    scenario_step,
    scenario_profile,
    step_passed,
    rhythm,
    pause,
    insolvency,
    mailbox_day,
    approval,
    approval_item,
    postal,
    letterhead,
    letter_batch,
    letter,
    call,
    call_item,
    own_text,
    own_text_use,
);
