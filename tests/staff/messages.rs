//! Messages to decide on, exact copies, and the demonstration mailbox.

use acquit::flows::deliver;
use acquit::flows::dispute::{self, Declaration};
use acquit::store::{self, Across};
use domain::MessageId;
use domain::dispute::Reason;
use domain::message::MessageState;
use domain::party::Supplier;

use super::*;

/// A supplier with one message that left: the receipt of a dispute.
struct Case {
    site: StaffSite,
    boreal: Supplier,
    message: MessageId,
}

impl Case {
    async fn new(backend: &str) -> Self {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let (debtor, contact) = site.world.debtor(&boreal, "C1").await;
        let (_, visitor) = site.world.link(&debtor, &contact).await;
        let invoice = site
            .world
            .invoice(&debtor, "FA-1", 100_000, "2026-11-02")
            .await;
        let declaration = Declaration {
            invoice: invoice.id,
            reason: Reason::MissingItems,
            amount: None,
            lines: Vec::new(),
            text: String::new(),
            key: "k".into(),
        };
        dispute::declare(&site.world.app, visitor, declaration)
            .await
            .unwrap();
        assert_eq!(deliver::run(&site.world.app).await.unwrap().sent, 1);
        let (supplier, debtor) = (boreal.id, debtor.id);
        let sent = site.world.app.store.read(Across::Inspection, move |conn| {
            let sent = store::outbox::of_debtor(conn, supplier, debtor, 10)?;
            Ok(sent[0].message.id)
        });
        let message = sent.await.unwrap();
        Self {
            site,
            boreal,
            message,
        }
    }

    fn becomes(&self, state: &str) {
        let sql = format!("UPDATE message SET state = '{state}'");
        self.site.world.conn().run_sql(&sql).unwrap();
    }

    fn path(&self) -> String {
        format!("/staff/messages/{}", self.message)
    }

    async fn copy(&self) -> Vec<u8> {
        let (supplier, id) = (self.boreal.id, self.message);
        let store = &self.site.world.app.store;
        let copy = store.read(Across::Inspection, move |conn| {
            store::outbox::copy(conn, supplier, id)
        });
        copy.await.unwrap().unwrap()
    }

    async fn state(&self) -> MessageState {
        let (supplier, id) = (self.boreal.id, self.message);
        let store = &self.site.world.app.store;
        let found = store.read(Across::Inspection, move |conn| {
            store::outbox::find(conn, supplier, id)
        });
        found.await.unwrap().state
    }
}

#[actix_web::test]
async fn a_message_cut_off_is_sent_again_or_given_up() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let site = &case.site;
        let browser = site
            .enter("compta@boreal.example", &case.boreal, StaffRole::Admin)
            .await;
        let csrf = csrf(&browser).await;
        assert!(
            !browser
                .get("/staff/messages")
                .await
                .text
                .contains(&case.path())
        );
        for (state, decision, expected) in [
            ("unknown", "nonsense", MessageState::Unknown),
            ("unknown", "again", MessageState::Due),
            ("failed", "give_up", MessageState::Abandoned),
        ] {
            case.becomes(state);
            browser
                .get("/staff")
                .await
                .shows(&["1 envoi attend votre décision"]);
            let page = browser.get("/staff/messages").await;
            page.shows(&["compta@c1.example", "Signalement reçu", "20/11/2026"]);
            page.shows(&[&case.path()]);
            let fields = [("csrf", csrf.as_str()), ("decision", decision)];
            for _ in 0..2 {
                let answer = browser.post(&case.path(), &fields).await;
                assert_eq!((answer.status, answer.to()), (303, "/staff/messages"));
            }
            assert_eq!(case.state().await, expected, "{state} {decision}");
        }
        assert!(
            !browser
                .get("/staff/messages")
                .await
                .text
                .contains(&case.path())
        );
    }
}

#[actix_web::test]
async fn the_copy_is_what_left_byte_for_byte() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let site = &case.site;
        let browser = site
            .enter("compta@boreal.example", &case.boreal, StaffRole::Admin)
            .await;
        let page = browser.get(&case.path()).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("content-type"), "message/rfc822");
        assert!(
            page.header("content-disposition")
                .starts_with("attachment; filename=\"msg_")
        );
        assert_eq!(page.text.as_bytes(), case.copy().await);
        page.shows(&["Auto-Submitted: auto-generated", "To: compta@c1.example"]);
        site.world
            .conn()
            .run_sql("UPDATE message SET copy = NULL")
            .unwrap();
        assert_eq!(browser.get(&case.path()).await.status, 404);
    }
}

#[actix_web::test]
async fn the_demonstration_mailbox_is_open_and_can_do_nothing() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let browser = case.site.browser();
        let list = browser.get("/staff/mailbox").await;
        let address = format!("/staff/mailbox/{}", case.message);
        list.shows(&["compta@c1.example", &address]);
        assert!(
            !list.text.contains("/staff/sign-out"),
            "nobody is signed in"
        );

        let page = browser.get(&address).await;
        page.shows(&["sandbox=\"allow-popups", &format!("src=\"{address}/html\"")]);
        page.shows(&["Auto-Submitted", "/l/a"]);

        let html = browser.get(&format!("{address}/html")).await;
        html.shows(&["<html lang=\"fr\"", "<base target=\"_blank\">", "FA-1"]);
        let policy = html.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "frame-ancestors 'self'",
            "sandbox allow-popups",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("script"), "{policy}");
        for wrong in ["nonsense", "msg_00000000000000000000000001"] {
            let page = browser.get(&format!("/staff/mailbox/{wrong}")).await;
            assert_eq!(page.status, 404, "{wrong}");
        }
    }
}

#[actix_web::test]
async fn mailbox_pages_follow_each_other_newest_first() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let rows: Vec<String> = (10..70).map(|n| format!("('{n}')")).collect();
        let many = format!(
            "INSERT INTO message (supplier_id, id, debtor_id, contact_id, kind, state, dedup,
                due_at, about, recipient, subject, copy)
             WITH b(n) AS (VALUES {})
             SELECT supplier_id, 'msg_000000000000000000000000' || b.n, debtor_id, contact_id,
                kind, state, b.n, due_at, about, recipient, 'Sujet ' || b.n, copy
             FROM message, b",
            rows.join(",")
        );
        case.site.world.conn().run_sql(&many).unwrap();
        let browser = case.site.browser();
        let first = browser.get("/staff/mailbox").await;
        first.shows(&[&case.message.to_string(), "Sujet 69", "Sujet 21"]);
        assert!(!first.text.contains("Sujet 20"));
        let next = "/staff/mailbox?before=msg_00000000000000000000000021";
        first.shows(&[next]);
        let second = browser.get(next).await;
        second.shows(&["Sujet 20", "Sujet 10"]);
        assert!(!second.text.contains("Sujet 21") && !second.text.contains("before="));
        // The company's name is shown, and found as its mailbox is; signs of patterns are none.
        for found in ["soci%C3%A9t%C3%A9+c1", "COMPTA%40c1.ex"] {
            let page = browser.get(&format!("/staff/mailbox?q={found}")).await;
            page.shows(&["Société C1", "compta@c1.example", "Sujet 69"]);
            page.shows(&["/staff/mailbox?q=", "&amp;before=msg_"]);
        }
        for none in ["c2", "%25", "c_"] {
            let page = browser.get(&format!("/staff/mailbox?q={none}")).await;
            page.shows(&["Aucun message ne correspond"]);
        }
    }
}
