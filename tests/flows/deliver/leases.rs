//! A sender that is killed, or that wakes up after its lease: at most once by itself.

use acquit::flows::deliver::run;
use acquit::store::outbox::{self, Copy, Report};
use acquit::store::{Across, Conn, StoreError};
use domain::message::{Message, MessageState};

use super::{Scene, scene, state};
use crate::support::databases::backends;
use crate::support::mail_sink::{Answer, MailSink};

/// Does what a sender does, in a transaction of its own.
async fn as_sender<T: Send + 'static>(
    scene: &Scene,
    work: impl Fn(&mut Conn) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    scene.world.app.store.write(Across::Inspection, work).await
}

/// Claims the message as a sender that will not come back.
async fn claim(scene: &Scene) -> Message {
    let now = scene.at();
    let claimed = move |conn: &mut Conn| outbox::claim(conn, now, now.plus_minutes(20), 10);
    let mut claimed = as_sender(scene, claimed).await.unwrap();
    assert_eq!(claimed.len(), 1);
    claimed.remove(0)
}

async fn start_data(scene: &Scene, message: &Message) -> Result<(), StoreError> {
    let copy = Copy {
        recipient: "compta@c1.example".into(),
        subject: "Promesse".into(),
        bytes: b"text".to_vec(),
    };
    let of = message.clone();
    as_sender(scene, move |conn| outbox::start_data(conn, &of, &copy, 1)).await
}

async fn record(
    scene: &Scene,
    message: &Message,
    (from, to): (MessageState, MessageState),
) -> Result<(), StoreError> {
    let report = Report {
        from,
        to,
        outcome: "late".into(),
        at: scene.at(),
        due_at: None,
    };
    let of = message.clone();
    as_sender(scene, move |conn| outbox::record(conn, &of, &report)).await
}

#[actix_web::test]
async fn killed_before_the_text_it_is_sent_once() {
    for backend in backends() {
        let sink = MailSink::start(|_| Answer::Accept).await;
        let scene = scene(backend, &sink).await;
        let lost = claim(&scene).await;
        let start = scene.at();
        for (minutes, texts) in [(0, 0), (20, 0), (21, 1), (60, 1)] {
            scene.world.go_to(start.plus_minutes(minutes));
            run(&scene.world.app).await.unwrap();
            assert_eq!(
                sink.texts().len(),
                texts,
                "{backend} after {minutes} minutes"
            );
        }
        let late = start_data(&scene, &lost).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
        assert_eq!(state(&scene).await, MessageState::Sent);
    }
}

#[actix_web::test]
async fn killed_after_the_text_began_it_is_unknown_and_not_sent_again() {
    for backend in backends() {
        let sink = MailSink::start(|_| Answer::Accept).await;
        let scene = scene(backend, &sink).await;
        let lost = claim(&scene).await;
        start_data(&scene, &lost).await.unwrap();
        let start = scene.at();
        for (minutes, unknown) in [(20, 0), (21, 1), (60, 0)] {
            scene.world.go_to(start.plus_minutes(minutes));
            let delivered = run(&scene.world.app).await.unwrap();
            assert_eq!(
                delivered.unknown, unknown,
                "{backend} after {minutes} minutes"
            );
        }
        assert_eq!(sink.texts(), []);
        assert_eq!(state(&scene).await, MessageState::Unknown);
        let late = record(&scene, &lost, (MessageState::Data, MessageState::Sent)).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
        assert_eq!(state(&scene).await, MessageState::Unknown);
    }
}

#[actix_web::test]
async fn a_sender_that_wakes_up_late_changes_nothing_of_the_next_one() {
    for backend in backends() {
        let sink = MailSink::start(|_| Answer::Accept).await;
        let scene = scene(backend, &sink).await;
        let first = claim(&scene).await;
        scene.world.go_to(scene.at().plus_minutes(21));
        let now = scene.at();
        as_sender(&scene, move |conn| outbox::end_leases(conn, now))
            .await
            .unwrap();
        let second = claim(&scene).await;
        assert!(second.fence > first.fence);
        let late = start_data(&scene, &first).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
        for to in [
            MessageState::Due,
            MessageState::Failed,
            MessageState::Cancelled,
        ] {
            let late = record(&scene, &first, (MessageState::Claimed, to)).await;
            assert!(matches!(late, Err(StoreError::Conflict)), "{to}: {late:?}");
        }
        start_data(&scene, &second).await.unwrap();
        let late = record(&scene, &first, (MessageState::Data, MessageState::Sent)).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
        let done = record(&scene, &second, (MessageState::Data, MessageState::Sent)).await;
        done.unwrap();
    }
}
