//! Whom a debtor lets in, what proves who acts, and documents of invoices.

diesel::table! {
    forward (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        contact_id -> Text,
        name -> Text,
        email -> Text,
        scope -> Text,
        made_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    code (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        contact_id -> Text,
        session -> Text,
        action -> Text,
        hash -> Binary,
        sealed -> Nullable<Binary>,
        made_at -> BigInt,
        expires_at -> BigInt,
        tries -> Integer,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    contact_task (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        contact_id -> Nullable<Text>,
        kind -> Text,
        made_at -> BigInt,
        done_at -> Nullable<BigInt>,
        detail -> Text,
    }
}

diesel::table! {
    bounce (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        contact_id -> Text,
        message_id -> Text,
        address -> Text,
        verdict -> Text,
        status -> Nullable<Text>,
        words -> Text,
        source -> Text,
        event_key -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    suppression (supplier_id, address) {
        supplier_id -> Text,
        address -> Text,
        verdict -> Text,
        words -> Text,
        since -> BigInt,
    }
}

diesel::table! {
    document (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        invoice_id -> Text,
        kind -> Text,
        file_name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        body -> Binary,
        at -> BigInt,
    }
}

diesel::table! {
    supplier_mail (supplier_id) {
        supplier_id -> Text,
        sealed -> Binary,
    }
}

diesel::table! {
    reply (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        contact_id -> Nullable<Text>,
        message_id -> Nullable<Text>,
        sender -> Text,
        subject -> Text,
        text -> Text,
        event_key -> Text,
        at -> BigInt,
    }
}
