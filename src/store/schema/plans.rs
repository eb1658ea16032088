//! Plans, their instalments, and what is said of invoices before they fall due.

diesel::table! {
    plan (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        currency -> Text,
        amount -> BigInt,
        state -> Text,
        round -> Integer,
        reason -> Text,
        words -> Text,
        asked_at -> BigInt,
        answer_by -> Date,
        agreed_at -> Nullable<BigInt>,
        evidence -> Text,
        mandate_id -> Nullable<Text>,
    }
}

diesel::table! {
    plan_share (supplier_id, plan_id, n) {
        supplier_id -> Text,
        plan_id -> Text,
        n -> Integer,
        invoice_id -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    instalment (supplier_id, plan_id, round, n) {
        supplier_id -> Text,
        plan_id -> Text,
        round -> Integer,
        n -> Integer,
        due_on -> Date,
        amount -> BigInt,
        promise_id -> Nullable<Text>,
        missed_on -> Nullable<Date>,
    }
}

diesel::table! {
    confirmation (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        invoice_id -> Text,
        at -> BigInt,
        received -> Nullable<Bool>,
        recorded -> Nullable<Bool>,
        conform -> Nullable<Bool>,
        pays_on -> Nullable<Date>,
    }
}
