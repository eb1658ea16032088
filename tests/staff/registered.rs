//! Registered letters, and what is called off before anybody sends it.

use acquit::flows::letters as flow;
use acquit::flows::{Actor, by_hand};
use domain::message::{MessageKind, MessageState};
use domain::party::Supplier;
use domain::scenario::Channel;
use domain::{LetterBatchId, MessageId};

use super::letters::{due, file, reminded, state};
use super::*;
use crate::support::files::pdf;
use crate::support::pdf::Pdf;
use crate::support::world::World;

/// A formal notice of a supplier that charges for lateness, printed.
async fn printed(world: &World, boreal: &Supplier) -> (LetterBatchId, MessageId) {
    let terms = domain::late::Terms {
        interest: true,
        indemnity: true,
        contract: None,
        country: domain::late::country("FR"),
        added: domain::late::Added::default(),
    };
    acquit::flows::late::set_terms(&world.app, boreal.id, terms)
        .await
        .unwrap();
    let (_, _, _, id) = reminded(world, boreal, ("C1", MessageKind::FormalNotice)).await;
    let batch: LetterBatchId = acquit::clock::new_id();
    flow::print(&world.app, boreal.id, (batch, vec![]), Actor::job("test"))
        .await
        .unwrap()
        .unwrap();
    (batch, id)
}

#[actix_web::test]
async fn a_formal_notice_has_its_breakdown_and_is_not_sent_by_being_posted() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (batch, id) = printed(world, &boreal).await;
        let text = Pdf::of(&file(world, &boreal, batch).await).text();
        for wanted in [
            "Mise en demeure de payer",
            "Décompte",
            "40,00 €",
            "Intérêts de retard",
            "L441-10",
            "28/11/2026",
        ] {
            assert!(text.contains(wanted), "no “{wanted}” in\n{text}");
        }
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let path = format!("/staff/boreal/letters/{batch}");
        let page = browser.get(&path).await;
        let (csrf, reference) = (page.csrf(), domain::letter::reference(id));
        page.shows(&["recommandée", &reference]);
        let chosen = id.to_string();
        let post = [
            ("csrf", csrf.as_str()),
            ("deed", "post"),
            ("on", TODAY),
            ("m", chosen.as_str()),
        ];
        assert_eq!(browser.post(&path, &post).await.status, 303);
        assert_eq!(state(world, &boreal, id).await, MessageState::Data);
        let folder = browser.get(&format!("{path}/folder")).await;
        assert!(folder.text.starts_with("PK"));
        let row = format!("{reference}-formal-notice.pdf;yes");
        folder.shows(&["manifest.csv", &row]);
    }
}

#[actix_web::test]
async fn a_providers_word_is_taken_whole_or_not_at_all() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (batch, id) = printed(world, &boreal).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let path = format!("/staff/boreal/letters/{batch}");
        let (csrf, own) = (
            browser.get(&path).await.csrf(),
            domain::letter::reference(id),
        );
        let fields = [("csrf", csrf.as_str()), ("deed", "track")];
        let good = format!("{own};1A23456789012;2026-11-20\n");
        for (row, why) in [
            (
                format!("{good}L0000000000;1A23456789012;2026-11-20\n"),
                "L0000000000",
            ),
            (format!("{own};12;2026-11-20\n"), "line 2"),
            (format!("{own};1A23456789012;2026-11-31\n"), "line 2"),
            (format!("{own};1A23456789012;2026-11-25\n"), "between"),
        ] {
            let file = ("retour.csv", format!("a;b;c\n{row}").into_bytes());
            let refused = browser.post_files(&path, &fields, &[file]).await;
            assert_eq!(refused.status, 422, "{row}");
            refused.shows(&["n’est pas enregistré", why]);
            assert_eq!(state(world, &boreal, id).await, MessageState::Data);
        }
    }
}

#[actix_web::test]
async fn a_formal_notice_counts_as_sent_with_its_tracking_number_day_and_proof() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (batch, id) = printed(world, &boreal).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let path = format!("/staff/boreal/letters/{batch}");
        let (csrf, own) = (
            browser.get(&path).await.csrf(),
            domain::letter::reference(id),
        );
        let fields = [("csrf", csrf.as_str()), ("deed", "track")];
        let table = format!("a;b;c\n{own};1A 234 567 8901 2;20/11/2026\n");
        let proof = format!("{own}-depot.pdf");
        let files = [("retour.csv", table.into_bytes()), (proof.as_str(), pdf())];
        for _ in 0..2 {
            let taken = browser.post_files(&path, &fields, &files).await;
            assert_eq!(taken.status, 303, "{}", taken.text);
        }
        assert_eq!(state(world, &boreal, id).await, MessageState::Sent);
        browser
            .get(&path)
            .await
            .shows(&["1A23456789012", "Preuve de dépôt", "postée"]);
        let kept = browser.get(&format!("{path}/proof/{id}")).await;
        assert_eq!(kept.header("content-type"), "application/pdf");
        let trail = world
            .conn()
            .read_sql("SELECT detail AS value FROM audit WHERE action = 'letter.posted'");
        assert_eq!(trail.unwrap(), ["posted on 2026-11-20 as 1A23456789012"]);
    }
}

#[actix_web::test]
async fn what_waits_for_staff_is_called_off_once_nothing_is_left_to_ask_for() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact, invoice, letter) =
            reminded(world, &boreal, ("C1", MessageKind::Reminder1)).await;
        let of = (&debtor, &contact);
        let kind = (MessageKind::Reminder1, Channel::Call);
        let call = due(world, of, kind, &[&invoice]).await;
        let look = || by_hand::silence(&world.app, boreal.id);
        assert_eq!(look().await.unwrap(), 0);
        let (_, visitor) = world.link(&debtor, &contact).await;
        let pledge = acquit::flows::promise::Pledge {
            shares: vec![domain::invoice::Share {
                invoice: invoice.id,
                amount: invoice.open,
            }],
            due_on: "2026-11-27".parse().unwrap(),
            key: "0123456789abcdef".into(),
        };
        acquit::flows::promise::make(&world.app, visitor, pledge)
            .await
            .unwrap();
        assert_eq!(look().await.unwrap(), 2);
        assert_eq!(look().await.unwrap(), 0);
        for id in [letter, call] {
            assert_eq!(state(world, &boreal, id).await, MessageState::Cancelled);
        }
    }
}
