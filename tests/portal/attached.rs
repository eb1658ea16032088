//! Files on the form that reports a problem: taken, refused, forgotten, handed out.

use super::everywhere;
use super::reports::{declare, file_on, form};
use crate::support::files::{claims_pixels, heic, pdf, photo_with_place, zip};
use crate::support::world::paris;

#[actix_web::test]
async fn files_come_along_and_go_out_as_downloads_without_their_place() {
    everywhere(|visit| async move {
        let photo = photo_with_place();
        assert!(photo.windows(6).any(|part| part == b"GPS 47"));
        let files = [("palette été.jpg", photo), ("bon.pdf", pdf())];
        let id = declare(&visit, None, &files).await;
        let page = visit.get(&format!("/disputes/{id}")).await;
        page.shows(
            200,
            &["palette été.jpg", "bon.pdf", "Voir la pièce", "27/11/2026"],
        );
        let (status, headers, bytes) = visit.browser.fetch(&file_on(&page)).await;
        assert_eq!(status, 200);
        assert!(bytes.starts_with(b"\xff\xd8\xff") && !bytes.windows(3).any(|part| part == b"GPS"));
        for (name, value) in [
            ("content-type", "image/jpeg"),
            ("x-content-type-options", "nosniff"),
            (
                "content-disposition",
                "attachment; filename=\"palette _t_.jpg\"; \
                 filename*=UTF-8''palette%20%C3%A9t%C3%A9.jpg",
            ),
        ] {
            assert_eq!(headers.get(name).unwrap(), value);
        }
        let policy = headers.get("content-security-policy").unwrap();
        assert!(policy.to_str().unwrap().starts_with("default-src 'none'"));
        let kept = page.text.rsplit("href=\"/files/").next().unwrap();
        let kept = format!("/files/{}", kept.split('"').next().unwrap());
        assert_eq!(
            visit.browser.fetch(&kept).await.2,
            pdf(),
            "a PDF stays as it is"
        );
        assert_eq!(visit.count("attachment"), 2);
    })
    .await;
}

#[actix_web::test]
async fn a_refused_file_is_named_and_the_rest_of_the_form_stays() {
    everywhere(|visit| async move {
        let form = form(&visit)
            .await
            .with("text", "Il manque tout")
            .step("check");
        for (name, bytes, words) in [
            ("IMG_1.HEIC", heic(), "Le plus compatible"),
            ("IMG_2.jpg", heic(), "photo HEIC"),
            ("facture.pdf", zip(), "ni un PDF, ni une image"),
            ("vide.pdf", Vec::new(), "est vide"),
            (
                "gros.pdf",
                [pdf(), vec![b' '; 10_000_000]].concat(),
                "dépasse 10\u{a0}Mo",
            ),
            (
                "bombe.png",
                claims_pixels(60_000, 60_000),
                "dépasse 40\u{a0}mégapixels",
            ),
            (
                "photo.jpg",
                b"\xff\xd8\xff rien".to_vec(),
                "ne peut pas être lu",
            ),
        ] {
            let good = ("bon.pdf", pdf());
            let page = visit
                .browser
                .submit_files(&form, &[(name, bytes), good])
                .await;
            page.shows(
                422,
                &[words, &format!("«\u{a0}{name}\u{a0}»"), "href=\"#file\""],
            );
            let again = page.form(0);
            assert_eq!(again.value("text"), "Il manque tout", "{name}");
            assert_eq!(again.value("reason"), "price", "{name}");
            assert!(page.text.contains("bon.pdf"), "what was good is kept");
            // The good one is taken back, so that five do not come together.
            let (_, id) = page.text.split_once("name=\"drop\" value=\"").unwrap();
            let id = id.split('"').next().unwrap().to_owned();
            let edit = visit.submit(&again.with("drop", &id).step("edit")).await;
            edit.shows(200, &["Il manque tout"]);
            assert!(!edit.text.contains("bon.pdf"));
        }
        assert_eq!((visit.count("dispute"), visit.count("attachment")), (0, 0));
        let six: Vec<_> = ["1", "2", "3", "4", "5", "6"]
            .map(|name| (name, pdf()))
            .into();
        let page = visit.browser.submit_files(&form, &six).await;
        page.shows(422, &["5 fichiers à la fois", "5.pdf"]);
        assert_eq!(visit.count("attachment"), 5);
    })
    .await;
}

#[actix_web::test]
async fn files_of_a_form_that_is_never_confirmed_go_after_a_day() {
    everywhere(|visit| async move {
        let form = form(&visit).await.step("check");
        let files = [("bon.pdf", pdf())];
        let check = visit.browser.submit_files(&form, &files).await;
        check.shows(200, &["bon.pdf"]);
        let waiting = visit
            .site
            .world
            .conn()
            .read_sql("SELECT id AS value FROM attachment");
        let waiting = format!("/files/{}", waiting.unwrap()[0]);
        assert_eq!(visit.get(&waiting).await.status, 404, "nobody fetches it");
        let kept = declare(&visit, None, &[("autre.pdf", pdf())]).await;
        assert_eq!(visit.count("attachment"), 2);
        let world = &visit.site.world;
        world.go_to(paris("2026-11-21", 8));
        assert_eq!(acquit::jobs::tick(&world.app).await.unwrap().forgotten, 0);
        world.go_to(paris("2026-11-21", 10));
        assert_eq!(acquit::jobs::tick(&world.app).await.unwrap().forgotten, 1);
        let left = world
            .conn()
            .read_sql("SELECT dispute_id AS value FROM attachment");
        assert_eq!(left.unwrap(), [kept.to_string()]);
    })
    .await;
}

#[actix_web::test]
async fn a_form_with_files_needs_this_sessions_token_first() {
    everywhere(|visit| async move {
        let form = form(&visit).await.with("text", "x").step("check");
        let files = [("bon.pdf", pdf())];
        let mut last = form.clone();
        let place = last
            .fields
            .iter()
            .position(|(name, _)| name == "csrf")
            .unwrap();
        let token = last.fields.remove(place);
        for bad in [
            form.clone().without("csrf"),
            form.clone().with("csrf", "x"),
            last.clone(),
        ] {
            let page = visit.browser.submit_files(&bad, &files).await;
            page.shows(403, &["Numéro d’incident"]);
        }
        last.fields.push(token);
        // Behind other fields it comes too late: nothing is read before it.
        assert_eq!(visit.browser.submit_files(&last, &files).await.status, 403);
        assert_eq!(visit.count("attachment"), 0);
        assert_eq!(visit.browser.submit_files(&form, &files).await.status, 200);
    })
    .await;
}
