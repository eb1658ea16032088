//! Suppliers, their debtors, what these owe, and the files that say so.

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
        plan_parts_max -> Integer,
        plan_days_max -> Integer,
        plan_first_percent -> Integer,
        plan_total_max -> BigInt,
        code_for_documents -> Bool,
        part_min -> Integer,
        late_country -> Text,
        late_interest -> Bool,
        late_indemnity -> Bool,
        late_rate -> Nullable<Integer>,
        debit_profile -> Nullable<Text>,
        message_gap_days -> Integer,
        late_bases -> Text,
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
        profile -> Text,
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
        state -> Text,
        language -> Nullable<Text>,
        known_at -> BigInt,
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
        opened -> BigInt,
    }
}

diesel::table! {
    open_change (supplier_id, currency, kind, due_on) {
        supplier_id -> Text,
        currency -> Text,
        kind -> Text,
        due_on -> Date,
        amount -> BigInt,
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
    account_change (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        holder -> Text,
        iban_sealed -> Binary,
        last_four -> Text,
        bic -> Nullable<Text>,
        state -> Text,
        maker -> Text,
        made_at -> BigInt,
        approver -> Nullable<Text>,
        approved_at -> Nullable<BigInt>,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<BigInt>,
        told -> Nullable<Text>,
    }
}

diesel::table! {
    staff_notice (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        change_id -> Text,
        state -> Text,
        email -> Text,
        made_at -> BigInt,
        attempts -> Integer,
        sent_at -> Nullable<BigInt>,
    }
}
