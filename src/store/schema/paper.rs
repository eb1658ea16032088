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
