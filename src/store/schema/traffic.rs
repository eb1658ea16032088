//! Claims, messages, links, staff and the trail.

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
        owner -> Nullable<Text>,
        answered_at -> Nullable<BigInt>,
        credit_note -> Nullable<Text>,
        credited -> Nullable<BigInt>,
        unsure_since -> Nullable<BigInt>,
    }
}

diesel::table! {
    dispute_line (supplier_id, dispute_id, n) {
        supplier_id -> Text,
        dispute_id -> Text,
        n -> Integer,
        label -> Text,
        fault -> Text,
        currency -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    dispute_remark (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        dispute_id -> Text,
        author -> Text,
        event -> Text,
        text -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    attachment (supplier_id, id) {
        supplier_id -> Text,
        id -> Text,
        debtor_id -> Text,
        dispute_id -> Nullable<Text>,
        remark_id -> Nullable<Text>,
        form_key -> Text,
        file_name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        at -> BigInt,
        by -> Text,
        body -> Binary,
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
        method -> Nullable<Text>,
        payment_id -> Nullable<Text>,
        plan_id -> Nullable<Text>,
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
        channel -> Text,
        text_id -> Nullable<Text>,
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
        scenario_id -> Nullable<Text>,
        channel -> Text,
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
        scope -> Text,
        forward_id -> Nullable<Text>,
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
