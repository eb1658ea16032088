//! The ledger, payments, mandates, and what providers and banks report.

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
        card_id -> Nullable<Text>,
    }
}

diesel::table! {
    saved_card (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        contact_id -> Text,
        payment_id -> Text,
        state -> Text,
        customer -> Nullable<Text>,
        method -> Nullable<Text>,
        brand -> Nullable<Text>,
        last_four -> Nullable<Text>,
        expires_year -> Nullable<Integer>,
        expires_month -> Nullable<Integer>,
        agreed_at -> BigInt,
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
    reversal (supplier_id, payment_id, reference) {
        supplier_id -> Text,
        payment_id -> Text,
        reference -> Text,
        cause -> Text,
        state -> Text,
        currency -> Text,
        amount -> BigInt,
        changed_at -> BigInt,
    }
}

diesel::table! {
    payment_credit (supplier_id, payment_id, invoice_id) {
        supplier_id -> Text,
        payment_id -> Text,
        invoice_id -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    payment_charge (supplier_id, payment_id, invoice_id, kind) {
        supplier_id -> Text,
        payment_id -> Text,
        invoice_id -> Text,
        kind -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    late_waiver (supplier_id, invoice_id) {
        supplier_id -> Text,
        invoice_id -> Text,
        reason -> Text,
        by -> Text,
        at -> BigInt,
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
        used_on -> Nullable<Date>,
    }
}

diesel::table! {
    mandate_change (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        mandate_id -> Text,
        former_reference -> Nullable<Text>,
        former_creditor_id -> Nullable<Text>,
        former_creditor_name -> Nullable<Text>,
        former_account -> Nullable<Text>,
        made_at -> BigInt,
        carried_by -> Nullable<Text>,
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
        state -> Text,
        maker -> Text,
        approver -> Nullable<Text>,
        approved_at -> Nullable<BigInt>,
        exported_at -> Nullable<BigInt>,
        first_on -> Date,
        last_on -> Date,
    }
}

diesel::table! {
    recall (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        batch_id -> Text,
        kind -> Text,
        reason -> Text,
        message_id -> Text,
        created_at -> BigInt,
        debits -> Integer,
        total -> BigInt,
        sha256 -> Text,
        file -> Binary,
        state -> Text,
        maker -> Text,
        approver -> Nullable<Text>,
        exported_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    recall_debit (supplier_id, recall_id, collection_id) {
        supplier_id -> Text,
        recall_id -> Text,
        collection_id -> Text,
        outcome -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    debit_return (supplier_id, collection_id) {
        supplier_id -> Text,
        collection_id -> Text,
        kind -> Text,
        reason -> Text,
        action -> Text,
        text -> Text,
        day -> Date,
        fee -> BigInt,
        at -> BigInt,
        retried_by -> Nullable<Text>,
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
        told_on -> Nullable<Date>,
        block_id -> Nullable<Text>,
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
        account -> Text,
        kind -> Text,
        entry_key -> Text,
        entry_amount -> BigInt,
        bank_ref -> Nullable<Text>,
        end_to_end_id -> Nullable<Text>,
        batch_ref -> Nullable<Text>,
        payer_key -> Nullable<Text>,
        reason -> Nullable<Text>,
        same_as -> Nullable<Text>,
        debtor_id -> Nullable<Text>,
        fit -> Nullable<Text>,
        rounds -> Integer,
    }
}

diesel::table! {
    bank_reading (supplier_id, file_id) {
        supplier_id -> Text,
        file_id -> Text,
        file_name -> Text,
        received_at -> BigInt,
        state -> Text,
        format -> Text,
        reason -> Text,
        statements -> BigInt,
        movements -> BigInt,
        booked -> BigInt,
        confirmed_by -> Nullable<Text>,
        read_by -> Nullable<Text>,
    }
}

diesel::table! {
    bank_table (supplier_id, titles_key, account) {
        supplier_id -> Text,
        titles_key -> Text,
        account -> Text,
        reading -> Text,
        made_by -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    bank_suggestion (supplier_id, key, n) {
        supplier_id -> Text,
        key -> Text,
        n -> Integer,
        debtor_id -> Text,
        invoice_id -> Nullable<Text>,
        why -> Text,
    }
}

diesel::table! {
    bank_part (supplier_id, key, payment_id) {
        supplier_id -> Text,
        key -> Text,
        payment_id -> Text,
    }
}
