//! Answers by mail: filed with whom they come from.

use acquit::flows::incoming::Received;
use acquit::flows::mail_settings::{self, MailSettings};
use acquit::store;
use domain::MessageId;
use domain::party::TaskKind;

use super::super::Scene;
use super::{OWN, sent, tasks, told};
use crate::support::databases::backends;

fn reply(id: Option<MessageId>, from: &str) -> Vec<u8> {
    let answers = id.map_or(String::new(), |id| {
        let digits = id.to_string().replace("msg_", "");
        format!("In-Reply-To: <{digits}@four.example>\r\n")
    });
    format!(
        "From: {from}\r\nTo: reponses@four.example\r\n{answers}Subject: Re: Promesse\r\n\r\n\
         C'est fait.\r\nBien a vous\r\n"
    )
    .into_bytes()
}

#[actix_web::test]
async fn an_answer_is_filed_with_its_debtor_once_and_staff_is_told() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let set = |settings: &mut MailSettings| {
            settings.replies_to = Some("Reponses@four.example".into());
        };
        mail_settings::change(&scene.world.app, scene.supplier.id, set)
            .await
            .unwrap();
        let id = sent(&scene).await;
        for (mail, expected) in [
            (
                reply(Some(id), "chef@c1-groupe.example"),
                Received::Read("answer"),
            ),
            (reply(Some(id), "chef@c1-groupe.example"), Received::Known),
            (reply(None, OWN), Received::Read("answer")),
            // Kept, and in the end left to a person.
            (reply(None, "unbekannt@x.example"), Received::Later),
        ] {
            assert_eq!(told(&scene, mail).await, expected, "{backend}");
        }
        let (supplier, debtor) = (scene.supplier.id, scene.debtor.id);
        let filed = store::reply::of_debtor(&mut scene.world.conn(), supplier, debtor, 10).unwrap();
        let seen: Vec<_> = filed.iter().map(|one| (one.message, one.contact)).collect();
        assert_eq!(
            seen,
            [(None, Some(scene.visitor.contact)), (Some(id), None)]
        );
        assert_eq!(filed[1].text, "C'est fait.\nBien a vous");
        let kinds: Vec<TaskKind> = tasks(&scene).iter().map(|task| task.kind).collect();
        assert_eq!(kinds, [TaskKind::Reply, TaskKind::Reply]);
    }
}
