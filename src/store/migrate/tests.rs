//! How SQLite answers what pages and flows ask, and that it knows the sizes it needs for that.

use std::sync::Arc;

use domain::payment::{Method, PaymentState};
use domain::{ForwardId, Id, Moment, Money, SupplierId};

use super::super::conn::{Conn, Role};
use super::super::reach::Reach;
use super::super::{bank, by_hand, contact, link, payment};
use crate::vault::Vault;

/// The tables as a store finds them: statistics count from the opening after they were written.
fn migrated() -> (tempfile::TempDir, Conn) {
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("acquit.db");
    let open = || {
        let vault = Arc::new(Vault::new([7; 32]));
        Conn::open(url.to_str().unwrap(), vault, Role::Writer, Reach::nobody()).unwrap()
    };
    super::up(&mut open()).unwrap();
    let conn = open();
    (folder, conn)
}

#[test]
fn every_index_has_its_statistics() {
    let (_folder, mut conn) = migrated();
    let missing = conn.read_sql(
        "SELECT l.name AS value FROM pragma_table_list t, pragma_index_list(t.name) l
         WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '%diesel%'
           AND NOT EXISTS (SELECT 1 FROM sqlite_stat1 s
             WHERE s.tbl = t.name
               AND s.idx = CASE WHEN l.origin = 'pk' AND t.wr THEN t.name ELSE l.name END)",
    );
    assert_eq!(missing.unwrap(), Vec::<String>::new());
}

#[test]
fn an_account_is_read_without_reading_the_suppliers_others() {
    let (_folder, mut conn) = migrated();
    let own = "supplier_id = 'a' AND debtor_id = 'b'";
    for table in [
        "contact",
        "dispute",
        "promise",
        "plan",
        "confirmation",
        "payment",
        "mandate",
        "collection",
        "message",
        "audit",
    ] {
        for order in ["id", "id DESC LIMIT 50"] {
            let query = format!("SELECT * FROM {table} WHERE {own} ORDER BY {order}");
            let found = conn.plan(&query);
            let index = format!("INDEX {table}_by_debtor (supplier_id=? AND debtor_id=?)");
            assert!(found.contains(&index), "{table}: {found}");
        }
    }
}

#[test]
fn what_a_page_or_a_flow_asks_is_answered_by_a_key_or_an_index() {
    let (_folder, mut conn) = migrated();
    let own = "supplier_id = 'a' AND debtor_id = 'b'";
    for (query, expected) in [
        (
            format!(
                "* FROM invoice WHERE {own} AND open > 0 ORDER BY due_on, number, id LIMIT 500"
            ),
            "invoice_by_number (supplier_id=? AND debtor_id=?)",
        ),
        (
            format!("* FROM invoice WHERE {own} AND id IN ('c', 'd') ORDER BY due_on, number, id"),
            "PRIMARY KEY (supplier_id=? AND id=?)",
        ),
        (
            format!("* FROM promise WHERE {own} AND state = 'made' ORDER BY id"),
            "promise_by_debtor (supplier_id=? AND debtor_id=?)",
        ),
        (
            "id FROM debtor WHERE supplier_id = 'a' AND plan_on <= '2026-03-02'
             ORDER BY plan_on, id LIMIT 100"
                .into(),
            "debtor_by_plan (supplier_id=? AND plan_on<?)",
        ),
        (
            "* FROM debtor WHERE supplier_id = 'a' ORDER BY search, id LIMIT 50".into(),
            "debtor_by_name (supplier_id=?)",
        ),
        (
            "supplier_id, id FROM message WHERE state IN ('due', 'retry')
             AND channel IN ('email', 'sms') AND due_at <= 9 ORDER BY due_at, id LIMIT 64"
                .into(),
            "message_by_state (state=? AND channel=? AND due_at<?)",
        ),
        (
            "* FROM message WHERE supplier_id IN ('a') AND id IN ('c', 'd') ORDER BY due_at, id"
                .into(),
            "PRIMARY KEY (supplier_id=? AND id=?)",
        ),
        (
            "amount FROM ledger_line l JOIN ledger_tx t
               ON t.supplier_id = l.supplier_id AND t.id = l.tx_id
             WHERE l.supplier_id = 'a' AND l.invoice_id = 'c' AND l.account = 'receivable'
               AND t.kind <> 'import' AND t.recorded_at >= 3"
                .into(),
            "ledger_line_by_invoice (supplier_id=? AND invoice_id=?)",
        ),
        (
            "* FROM promise WHERE supplier_id = 'a' AND state = 'made' AND due_on <= '2026-03-02'
             ORDER BY due_on, id LIMIT 1000"
                .into(),
            "promise_by_state (supplier_id=? AND state=? AND due_on<?)",
        ),
    ] {
        let found = conn.plan(&format!("SELECT {query}"));
        assert!(found.contains(expected), "{query}\n{found}");
    }
}

#[test]
fn what_was_said_and_attached_is_found_by_its_dispute_or_form() {
    let (_folder, mut conn) = migrated();
    for (query, expected) in [
        (
            "* FROM dispute_remark WHERE supplier_id = 'a' AND dispute_id = 'd'
             ORDER BY id LIMIT 200",
            "dispute_remark_by_dispute (supplier_id=? AND dispute_id=?)",
        ),
        (
            "id, size FROM attachment WHERE supplier_id = 'a' AND dispute_id = 'd'
             ORDER BY id LIMIT 200",
            "attachment_by_dispute (supplier_id=? AND dispute_id=?)",
        ),
        (
            "id, size FROM attachment WHERE supplier_id = 'a' AND debtor_id = 'b'
               AND dispute_id IS NULL ORDER BY id",
            "attachment_pending (supplier_id=? AND debtor_id=?)",
        ),
        (
            "count(*) FROM attachment WHERE supplier_id = 'a' AND dispute_id IS NULL AND at < 3",
            "attachment_pending (supplier_id=?)",
        ),
        (
            "d.debtor_id FROM dispute d WHERE d.supplier_id = 'a' AND d.state = 'accepted'
               AND (d.unsure_since IS NOT NULL OR EXISTS (SELECT 1 FROM invoice n
                 WHERE n.supplier_id = d.supplier_id AND n.debtor_id = d.debtor_id
                   AND n.kind = 'credit_note' AND n.open > 0))",
            "dispute_by_state (supplier_id=? AND state=?)",
        ),
        (
            "id FROM dispute WHERE supplier_id IN ('a', 'b') AND unsure_since IS NOT NULL
             ORDER BY unsure_since, id LIMIT 50",
            "dispute_unsure (supplier_id=?",
        ),
        (
            "cause FROM reversal WHERE supplier_id IN ('a', 'b') AND changed_at >= 2
               AND (state = 'pending' OR changed_at >= 3)
             ORDER BY changed_at DESC, reference LIMIT 50",
            "reversal_by_change (supplier_id=? AND changed_at>?)",
        ),
        (
            "debtor_id FROM dispute WHERE supplier_id = 'a' AND credit_note IS NOT NULL
               AND credit_note IN ('c') ORDER BY id",
            "dispute_by_credit_note (supplier_id=? AND credit_note=?)",
        ),
    ] {
        let found = conn.plan(&format!("SELECT {query}"));
        assert!(found.contains(expected), "{query}\n{found}");
    }
}

#[test]
fn jobs_look_things_up_without_reading_all_of_a_supplier() {
    let (_folder, mut conn) = migrated();
    let supplier = SupplierId::from_bits(1);
    let under_way = [PaymentState::Processing, PaymentState::Unknown];
    let (all, asked) = conn.reading_all(|conn| {
        contact::debtors_of_mailbox(conn, supplier, "compta@client.example").unwrap();
        bank::under_mandate(conn, supplier, "RUM1", Money::eur(100)).unwrap();
        let methods = [Method::Card];
        payment::in_states(conn, supplier, (&under_way, &methods), 500).unwrap();
        payment::overtaken(conn, Some(supplier), Method::Debit, 1_000).unwrap();
        by_hand::unseen(conn, supplier, 200).unwrap();
        let forward = link::Which::OfForward(ForwardId::from_bits(2));
        link::revoke(conn, supplier, forward, Moment::from_seconds(3)).unwrap();
    });
    assert_eq!((all, asked), (Vec::new(), 6));
}
