//! Texts of suppliers' own.

diesel::table! {
    own_text (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        kind -> Text,
        language -> Text,
        channel -> Text,
        version -> Integer,
        subject -> Text,
        body -> Text,
        made_at -> BigInt,
        made_by -> Text,
    }
}

diesel::table! {
    own_text_use (supplier_id, kind, language, channel) {
        supplier_id -> Text,
        kind -> Text,
        language -> Text,
        channel -> Text,
        text_id -> Text,
        failed_at -> Nullable<BigInt>,
        failed_why -> Nullable<Text>,
    }
}
