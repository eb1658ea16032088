//! Scenarios, who has which, pauses, and messages that a person is asked about.

diesel::table! {
    scenario (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        name -> Text,
        latest -> Integer,
        active -> Nullable<Integer>,
    }
}

diesel::table! {
    scenario_version (supplier_id, scenario_id, version) {
        supplier_id -> Text,
        scenario_id -> Text,
        version -> Integer,
        thanks -> Bool,
        made_at -> BigInt,
        made_by -> Text,
    }
}

diesel::table! {
    scenario_step (supplier_id, scenario_id, version, n) {
        supplier_id -> Text,
        scenario_id -> Text,
        version -> Integer,
        n -> Integer,
        code -> Text,
        offset_days -> Integer,
        kind -> Text,
        channels -> Text,
        least_amount -> BigInt,
        least_balance -> BigInt,
        profiles -> Text,
        behaviour -> Text,
        unless -> Text,
        rest_days -> Integer,
        approval -> Bool,
    }
}

diesel::table! {
    scenario_profile (supplier_id, profile) {
        supplier_id -> Text,
        profile -> Text,
        scenario_id -> Text,
    }
}

diesel::table! {
    step_passed (supplier_id, invoice_id, cycle, code) {
        supplier_id -> Text,
        invoice_id -> Text,
        cycle -> Integer,
        code -> Text,
        scenario_id -> Nullable<Text>,
        scenario_version -> Integer,
        reason -> Text,
        passed_on -> Date,
    }
}

diesel::table! {
    rhythm (supplier_id) {
        supplier_id -> Text,
        business_days -> Integer,
        first_hour -> Integer,
        closing_hour -> Integer,
        mailbox_daily_max -> Integer,
        promise_notice_days -> Integer,
    }
}

diesel::table! {
    pause (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Nullable<Text>,
        invoice_id -> Nullable<Text>,
        kind -> Text,
        reason -> Text,
        note -> Text,
        until_on -> Date,
        made_at -> BigInt,
        made_by -> Text,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    insolvency (supplier_id, debtor_id) {
        supplier_id -> Text,
        debtor_id -> Text,
        kind -> Text,
        judged_on -> Date,
        published_on -> Nullable<Date>,
        noted_at -> BigInt,
        noted_by -> Text,
    }
}

diesel::table! {
    mailbox_day (supplier_id, on_day, mailbox) {
        supplier_id -> Text,
        on_day -> Date,
        mailbox -> Text,
        messages -> BigInt,
    }
}

diesel::table! {
    approval (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        kind -> Text,
        channel -> Text,
        scenario_id -> Nullable<Text>,
        scenario_version -> Integer,
        state -> Text,
        asked_at -> BigInt,
        answered_at -> Nullable<BigInt>,
        answered_by -> Nullable<Text>,
        message_id -> Nullable<Text>,
    }
}

diesel::table! {
    approval_item (supplier_id, approval_id, invoice_id) {
        supplier_id -> Text,
        approval_id -> Text,
        invoice_id -> Text,
        code -> Text,
    }
}
