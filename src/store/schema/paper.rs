//! Letters, calls, and where letters go.

diesel::table! {
    postal (supplier_id, debtor_id) {
        supplier_id -> Text,
        debtor_id -> Text,
        street -> Text,
        postcode -> Text,
        town -> Text,
        country -> Text,
        by_staff -> Bool,
        known_at -> BigInt,
    }
}

diesel::table! {
    letterhead (supplier_id) {
        supplier_id -> Text,
        street -> Text,
        postcode -> Text,
        town -> Text,
        country -> Text,
        signatory -> Text,
        capacity -> Text,
        legal -> Text,
    }
}

diesel::table! {
    letter_batch (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        made_at -> BigInt,
        made_by -> Text,
        letters -> BigInt,
        file -> Binary,
    }
}

diesel::table! {
    letter (supplier_id, batch_id, message_id) {
        supplier_id -> Text,
        batch_id -> Text,
        message_id -> Text,
        place -> Integer,
        reference -> Text,
        registered -> Bool,
        addressee -> Text,
        state -> Text,
        tracking -> Nullable<Text>,
        posted_on -> Nullable<Date>,
        proof_name -> Nullable<Text>,
        proof -> Nullable<Binary>,
    }
}

diesel::table! {
    call (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        contact_id -> Nullable<Text>,
        message_id -> Nullable<Text>,
        outcome -> Text,
        reason -> Nullable<Text>,
        note -> Text,
        promised -> Nullable<BigInt>,
        promised_currency -> Nullable<Text>,
        promised_on -> Nullable<Date>,
        next_at -> Nullable<BigInt>,
        made_at -> BigInt,
        made_by -> Text,
    }
}

diesel::table! {
    call_item (supplier_id, call_id, invoice_id) {
        supplier_id -> Text,
        call_id -> Text,
        invoice_id -> Text,
        amount -> BigInt,
        currency -> Text,
    }
}
