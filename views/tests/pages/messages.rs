//! Messages that staff decides about, what texts cost, and the mailbox of the demonstration.

use domain::message::{MessageKind, MessageState};
use domain::party::Language;
use domain::{Id, MessageId};
use views::staff::{mailbox, messages, texting};

use crate::golden::same;
use crate::samples::at;
use crate::staff::{both, delmas, frame, supplier};

#[test]
fn messages_await_a_human() {
    let lines = [MessageState::Unknown, MessageState::Failed].map(|state| messages::MessageLine {
        id: MessageId::from_bits(1),
        debtor: delmas(),
        kind: MessageKind::Reminder2,
        state,
        to: "compta@delmas.example".into(),
        at: at("2026-11-20", 9),
        attempts: 1,
        copied: state == MessageState::Unknown,
        may_decide: true,
        key: "key-6".into(),
    });
    let texts = [texting::TextsLine {
        supplier: supplier(),
        texts: 1_204,
        segments: 1_310,
        cost: vec!["85.15 EUR".parse().unwrap()],
        in_part: true,
    }];
    both("messages", |frame| messages::page(frame, &lines, &texts));
    let mail = mailbox::Mail {
        id: "msg_1".into(),
        company: "Transports Delmas SARL".into(),
        to: "compta@delmas.example".into(),
        subject: "Rappel : facture FA-2026-0117 échue".into(),
        at: at("2026-11-20", 9),
    };
    let content = mailbox::Content {
        headers: vec![("From".into(), "Boréal <compta@boreal.example>".into())],
        text: "Bonjour,\n…".into(),
    };
    same(
        "staff-mail.fr",
        &mailbox::message(&frame(Language::Fr), &mail, &content),
    );
    let list = mailbox::page(&frame(Language::En), "<del", &[mail], None).0;
    assert!(list.contains("/staff/mailbox/msg_1") && list.contains("Transports Delmas SARL"));
    assert!(list.contains("value=\"&lt;del\""));
}
