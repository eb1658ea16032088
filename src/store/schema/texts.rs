//! Text messages: how they leave, and what was given to providers.

diesel::table! {
    supplier_texter (supplier_id) {
        supplier_id -> Text,
        sealed -> Binary,
        held_until -> Nullable<BigInt>,
        held_by -> Nullable<Text>,
    }
}

diesel::table! {
    text_sent (supplier_id, message_id, attempt) {
        supplier_id -> Text,
        message_id -> Text,
        attempt -> Integer,
        provider -> Text,
        reference -> Nullable<Text>,
        segments -> Integer,
        currency -> Nullable<Text>,
        price -> Nullable<BigInt>,
        given_at -> BigInt,
        fate -> Text,
        ask_at -> BigInt,
    }
}

diesel::table! {
    text_trial (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        provider -> Text,
        reference -> Nullable<Text>,
        segments -> Integer,
        currency -> Nullable<Text>,
        price -> Nullable<BigInt>,
        given_at -> BigInt,
        given_by -> Text,
    }
}
