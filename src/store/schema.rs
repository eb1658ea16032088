//! The tables, as both databases have them; `tests/migrations.rs` checks each column.

diesel::table! {
    supplier (id) {
        id -> Text,
        code -> Text,
        name -> Text,
        address -> Text,
        accent -> Text,
        sender -> Text,
        contact_email -> Text,
        contact_phone -> Text,
        language -> Text,
        zone -> Text,
        legal_mode -> Text,
        bank_holder -> Nullable<Text>,
        bank_iban_sealed -> Nullable<Binary>,
        bank_bic -> Nullable<Text>,
        creditor_id -> Nullable<Text>,
        card_sealed -> Nullable<Binary>,
        promise_days_max -> Integer,
        data_age_days_max -> Integer,
        data_as_of -> Nullable<Date>,
    }
}

diesel::table! {
    debtor (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        code -> Text,
        name -> Text,
        search -> Text,
        language -> Nullable<Text>,
        reference -> Text,
        epoch -> BigInt,
        plan_on -> Nullable<Date>,
    }
}

diesel::table! {
    contact (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        name -> Nullable<Text>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
    }
}

diesel::table! {
    invoice (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        kind -> Text,
        number -> Text,
        twin -> Integer,
        order_ref -> Nullable<Text>,
        issued_on -> Date,
        due_on -> Date,
        currency -> Text,
        total -> BigInt,
        open -> BigInt,
        asserted -> BigInt,
        in_transit -> BigInt,
        reserved -> BigInt,
        disputed -> BigInt,
        promised -> BigInt,
    }
}

diesel::table! {
    import (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        file_name -> Text,
        sha256 -> Text,
        as_of -> Date,
        complete -> Bool,
        started_at -> BigInt,
        finished_at -> Nullable<BigInt>,
        rows_good -> BigInt,
        rows_bad -> BigInt,
    }
}

diesel::table! {
    import_error (supplier_id, import_id, line) {
        supplier_id -> Text,
        import_id -> Text,
        line -> BigInt,
        column_title -> Nullable<Text>,
        value -> Text,
        reason -> Text,
    }
}

diesel::table! {
    import_result (supplier_id, import_id) {
        supplier_id -> Text,
        import_id -> Text,
        created -> BigInt,
        changed -> BigInt,
        settled -> BigInt,
    }
}

diesel::table! {
    import_total (supplier_id, import_id, currency) {
        supplier_id -> Text,
        import_id -> Text,
        currency -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    upload (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        file_name -> Text,
        body -> Binary,
        uploaded_at -> BigInt,
    }
}

diesel::table! {
    mapping_profile (supplier_id, headers) {
        supplier_id -> Text,
        headers -> Text,
        mapping -> Text,
    }
}

diesel::table! {
    ledger_tx (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        kind -> Text,
        source -> Text,
        effective_on -> Date,
        recorded_at -> BigInt,
    }
}

diesel::table! {
    ledger_seal (supplier_id, tx_id) {
        supplier_id -> Text,
        tx_id -> Text,
    }
}

diesel::table! {
    ledger_line (supplier_id, tx_id, n) {
        supplier_id -> Text,
        tx_id -> Text,
        n -> Integer,
        account -> Text,
        invoice_id -> Nullable<Text>,
        debtor_id -> Nullable<Text>,
        currency -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    dispute (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        invoice_id -> Text,
        reason -> Text,
        currency -> Text,
        amount -> BigInt,
        text -> Text,
        state -> Text,
        declared_at -> BigInt,
        answer_by -> Date,
    }
}

diesel::table! {
    promise (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        due_on -> Date,
        currency -> Text,
        amount -> BigInt,
        state -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    promise_share (supplier_id, promise_id, invoice_id) {
        supplier_id -> Text,
        promise_id -> Text,
        invoice_id -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    request_key (supplier_id, debtor_id, key) {
        supplier_id -> Text,
        debtor_id -> Text,
        key -> Text,
        outcome -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    payment (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        method -> Text,
        state -> Text,
        currency -> Text,
        amount -> BigInt,
        reference -> Nullable<Text>,
        provider_ref -> Nullable<Text>,
        page_url -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        effective_on -> Nullable<Date>,
    }
}

diesel::table! {
    payment_share (supplier_id, payment_id, invoice_id) {
        supplier_id -> Text,
        payment_id -> Text,
        invoice_id -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    mandate (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        reference -> Text,
        creditor_id -> Text,
        scheme -> Text,
        usage -> Text,
        state -> Text,
        holder -> Text,
        iban_sealed -> Binary,
        bic -> Nullable<Text>,
        signed_on -> Nullable<Date>,
        signatory -> Nullable<Text>,
        evidence -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    batch (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        message_id -> Text,
        created_at -> BigInt,
        debits -> Integer,
        total -> BigInt,
        sha256 -> Text,
        file -> Binary,
    }
}

diesel::table! {
    collection (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        mandate_id -> Text,
        payment_id -> Text,
        amount -> BigInt,
        collect_on -> Date,
        state -> Text,
        batch_id -> Nullable<Text>,
    }
}

diesel::table! {
    message (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        contact_id -> Text,
        kind -> Text,
        state -> Text,
        dedup -> Text,
        due_at -> BigInt,
        lease_until -> Nullable<BigInt>,
        fence -> BigInt,
        guard_epoch -> Nullable<BigInt>,
        attempts -> Integer,
        about -> Text,
        recipient -> Nullable<Text>,
        subject -> Nullable<Text>,
        copy -> Nullable<Binary>,
        outcome -> Nullable<Text>,
        done_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    message_invoice (supplier_id, message_id, invoice_id) {
        supplier_id -> Text,
        message_id -> Text,
        invoice_id -> Text,
    }
}

diesel::table! {
    reminder_step (supplier_id, invoice_id, cycle, code) {
        supplier_id -> Text,
        invoice_id -> Text,
        cycle -> Integer,
        code -> Text,
        scenario_version -> Integer,
        message_id -> Text,
        done_on -> Date,
    }
}

diesel::table! {
    link (hash) {
        hash -> Binary,
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        contact_id -> Text,
        message_id -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    inbox (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        source -> Text,
        event_id -> Text,
        body -> Binary,
        received_at -> BigInt,
        state -> Text,
        next_at -> BigInt,
        attempts -> Integer,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    bank_file (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        file_name -> Text,
        sha256 -> Text,
        body -> Binary,
        received_at -> BigInt,
    }
}

diesel::table! {
    bank_entry (supplier_id, key) {
        supplier_id -> Text,
        key -> Text,
        file_id -> Text,
        booked_on -> Date,
        currency -> Text,
        amount -> BigInt,
        text -> Text,
        counterparty -> Nullable<Text>,
        matching -> Text,
        payment_id -> Nullable<Text>,
    }
}

diesel::table! {
    staff_user (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        epoch -> BigInt,
    }
}

diesel::table! {
    staff_role (user_id, supplier_id) {
        user_id -> Text,
        supplier_id -> Text,
        role -> Text,
    }
}

diesel::table! {
    audit (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        at -> BigInt,
        actor -> Text,
        action -> Text,
        debtor_id -> Nullable<Text>,
        subject -> Text,
        detail -> Text,
    }
}

diesel::table! {
    lease (name) {
        name -> Text,
        holder -> Text,
        fence -> BigInt,
        until_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    supplier,
    debtor,
    contact,
    invoice,
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
    promise,
    promise_share,
    request_key,
    payment,
    payment_share,
    mandate,
    batch,
    collection,
    message,
    message_invoice,
    reminder_step,
    link,
    inbox,
    bank_file,
    bank_entry,
    staff_user,
    staff_role,
    audit,
    lease,
);
