//! Delays and plans in the portal: form, check, terms, offer and reply; and what is said early.

use acquit::flows::Actor;
use acquit::flows::plan::{Request, ask};
use acquit::flows::plan_answer::{Answer, answer};
use acquit::flows::promise::{Pledge, make};
use domain::invoice::Share;
use domain::mandate::Usage;
use domain::plan::Part;
use domain::{Money, PlanId, PromiseId};

use super::{Visit, everywhere};
use crate::support::html::Form;

fn part(on: &str, cents: i64) -> Part {
    Part {
        due_on: on.parse().unwrap(),
        amount: Money::eur(cents),
    }
}

fn share(visit: &Visit, place: usize, cents: i64) -> Share {
    Share {
        invoice: visit.invoices[place].id,
        amount: Money::eur(cents),
    }
}

/// Asks for the whole of an invoice beyond what the supplier accepts by itself.
pub(super) async fn asked(visit: &Visit, place: usize, key: &str) -> PlanId {
    let (_, visitor) = visit.site.world.link(&visit.debtor, &visit.contact).await;
    let cents = visit.invoices[place].open.minor();
    let request = Request {
        shares: vec![share(visit, place, cents)],
        parts: vec![part("2027-03-01", cents)],
        mandate: None,
        reason: "Trésorerie".into(),
        terms: "…".into(),
        key: key.into(),
    };
    ask(&visit.site.world.app, visitor, request).await.unwrap()
}

/// A promise and a plan with pages of their own.
pub async fn promise_and_plan(visit: &Visit) -> (PromiseId, PlanId) {
    let (_, visitor) = visit.site.world.link(&visit.debtor, &visit.contact).await;
    let pledge = Pledge {
        shares: vec![share(visit, 2, 100)],
        due_on: "2026-11-30".parse().unwrap(),
        key: "promise".into(),
    };
    let promise = make(&visit.site.world.app, visitor, pledge).await.unwrap();
    (promise, asked(visit, 2, "plan").await)
}

async fn form(visit: &Visit, places: &[usize]) -> Form {
    let page = visit.get(&visit.chosen("/plan", places)).await;
    page.shows(200, &["FA-1", "Échéance 3"]);
    page.form(0)
}

/// Confirms a check page: the code is asked for, read from the mailbox, typed.
async fn with_code(visit: &Visit, form: Form) -> Form {
    let asked = visit.submit(&form.step("confirm")).await;
    asked.shows(200, &["c•••@c-1042.example", "one-time-code"]);
    let code = visit.site.world.code().await;
    asked.form(0).with("code", &code).step("confirm")
}

#[actix_web::test]
async fn a_plan_is_asked_for_with_a_code_and_what_was_typed_is_kept() {
    everywhere(|visit| async move {
        let form = form(&visit, &[0]).await.with("reason", "Un <gros> client");
        let form = form.with("d_3", "2027-02-20").step("check");
        let check = visit.submit(&form).await.form(0);
        let asked = visit.submit(&check.step("confirm")).await;
        asked.shows(200, &["Un code a été envoyé", "novation"]);
        assert_eq!(visit.count("plan"), 0, "nothing before the code");
        for (code, words) in [("", "Indiquez le code"), ("000000", "Encore 4 essais")] {
            let wrong = asked.form(0).with("code", code).step("confirm");
            let page = visit.submit(&wrong).await;
            page.shows(422, &[words, "href=\"#code\"", "novation"]);
            assert_eq!(page.form(0).value("reason"), "Un <gros> client");
            assert_eq!(page.form(0).value("d_3"), "2027-02-20");
        }
        let code = visit.site.world.code().await;
        // What was confirmed can still be changed before the code is given.
        let edit = visit.submit(&asked.form(0).step("edit")).await;
        assert_eq!(edit.form(0).value("d_3"), "2027-02-20");
        let right = asked.form(0).with("code", &code).step("confirm");
        let sent = visit.submit(&right).await;
        assert!(sent.location().starts_with("/plans/"), "{}", sent.words());
        assert_eq!(visit.submit(&right).await.location(), sent.location());
        assert_eq!(visit.count("plan"), 1);
        // The session has proved who acts: the next request needs no other code.
        let next = visit.get(&visit.chosen("/plan", &[1])).await;
        let next = next.form(0).step("confirm");
        let sent = visit.submit(&next).await;
        assert!(sent.location().starts_with("/plans/"), "{}", sent.words());
        assert_eq!((visit.count("plan"), visit.count("code")), (2, 1));
    })
    .await;
}

#[actix_web::test]
async fn instalments_are_debited_under_a_signed_mandate() {
    everywhere(|visit| async move {
        let plain = form(&visit, &[0]).await;
        assert_eq!(
            plain.value("way"),
            "",
            "without a mandate there is no choice"
        );
        let app = &visit.site.world.app;
        let (_, visitor) = visit.site.world.link(&visit.debtor, &visit.contact).await;
        super::debits::sign(app, visitor, Usage::Recurring).await;
        let form = form(&visit, &[0]).await;
        assert_eq!(form.value("way"), "other");
        let form = form
            .with("way", "debit")
            .with("d_2", "2026-12-22")
            .with("d_3", "2027-01-15")
            .step("check");
        let soon = visit.submit(&form.clone().with("d_1", "2026-11-24")).await;
        soon.shows(422, &["Indiquez une date entre le 25/11/2026", "#d_1"]);
        assert_eq!(soon.form(0).value("way"), "debit");
        let now = form.clone().with("d_1", "2026-11-24").with("now", "yes");
        visit.submit(&now).await.shows(200, &["sous le mandat M2"]);
        let check = visit.submit(&form.with("d_1", "2026-12-01")).await;
        check.shows(200, &["sous le mandat M2", "finissant par 2606"]);
        let confirm = with_code(&visit, check.form(0)).await;
        let sent = visit.submit(&confirm).await;
        let page = visit.browser.follow(&sent).await;
        page.shows(200, &["prélèvement prévu", "à venir", "finissant par 2606"]);
        page.shows(200, &["Payer l’échéance de 1\u{202f}553,33"]);
        assert_eq!((visit.count("plan"), visit.count("collection")), (1, 1));
        assert!(visit.rows("plan").contains("sous le mandat M2"), "evidence");
        let pay = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
        let whole = pay
            .with(&visit.amount_of(0), "4660")
            .with("method", "transfer");
        let refused = visit.submit(&whole.step("pay")).await;
        refused.shows(422, &["3\u{202f}106,66"]);
    })
    .await;
}

#[actix_web::test]
async fn a_plan_within_the_bounds_runs_at_once() {
    everywhere(|visit| async move {
        let form = form(&visit, &[0]).await;
        assert_eq!(form.value("p_1"), "1553,34");
        assert_eq!(form.value("p_3"), "1553,33");
        let form = form.with("count", "2").step("recount");
        let again = visit.submit(&form).await;
        again.shows(200, &["recalculé", "Échéance 2"]);
        let form = again.form(0);
        assert_eq!(
            (form.value("p_1"), form.value("p_2")),
            ("2330,00", "2330,00")
        );
        let form = form
            .with("d_1", "2026-11-30")
            .with("p_1", "3000")
            .with("d_2", "15/01/2027")
            .with("p_2", "1660,00");
        let check = visit.submit(&form.step("check")).await;
        check.shows(200, &["15/01/2027", "1\u{202f}660,00", "pas de novation"]);
        assert_eq!(visit.count("plan"), 0);
        let confirm = with_code(&visit, check.form(0)).await;
        let one = visit.submit(&confirm).await;
        assert_eq!(one.location(), visit.submit(&confirm).await.location());
        let page = visit.browser.follow(&one).await;
        page.shows(200, &["est accepté", "Payer l’échéance de 3\u{202f}000,00"]);
        assert_eq!((visit.count("plan"), visit.count("promise")), (1, 2));
        let kept = visit.rows("plan");
        for words in ["terms_sha256", "pas de novation", "lnk_"] {
            assert!(kept.contains(words), "{words}");
        }
        let account = visit.get("/account").await;
        account.shows(200, &["Sur échéancier", "Voir l’échéancier"]);
        let again = visit.get(&visit.chosen("/plan", &[0])).await;
        again.shows(422, &["déjà sur un échéancier"]);
        let pay = page.text.split("href=\"/pay?").nth(1).unwrap();
        let pay = pay.split('"').next().unwrap().replace("&amp;", "&");
        let pay = visit.get(&format!("/pay?{pay}")).await.form(0);
        assert_eq!(pay.value(&visit.amount_of(0)), "3000,00");
    })
    .await;
}

#[actix_web::test]
async fn a_bad_plan_comes_back_with_what_was_typed() {
    everywhere(|visit| async move {
        let form = form(&visit, &[0]).await.step("check");
        for (field, value, words) in [
            ("p_1", "1553,35", "doivent faire 4\u{202f}660,00"),
            ("p_2", "beaucoup", "Écrivez le montant"),
            ("d_1", "2026-11-19", "entre le 20/11/2026"),
            ("d_3", "bientôt", "Écrivez la date"),
            ("d_2", "2028-01-01", "Indiquez une date entre"),
        ] {
            let page = visit.submit(&form.clone().with(field, value)).await;
            page.shows(422, &[words, "Erreur"]);
            assert_eq!(page.form(0).value(field), value);
        }
        let long = form.with("reason", &"é".repeat(1001));
        let page = visit.submit(&long).await;
        page.shows(422, &["1000 caractères", "href=\"#reason\"", "ééé"]);
        assert_eq!(visit.count("plan"), 0);
    })
    .await;
}

#[actix_web::test]
async fn the_first_instalment_can_be_paid_at_once() {
    everywhere(|visit| async move {
        let form = form(&visit, &[0]).await.with("now", "yes");
        let check = visit.submit(&form.step("check")).await;
        check.shows(200, &["20/11/2026"]);
        let sent = visit.submit(&with_code(&visit, check.form(0)).await).await;
        let pay = visit.browser.follow(&sent).await.form(0);
        assert_eq!(pay.action, "/pay");
        assert_eq!(pay.value(&visit.amount_of(0)), "1553,34");
        assert_eq!(visit.count("plan"), 1);
    })
    .await;
}

#[actix_web::test]
async fn an_offer_is_taken_under_its_terms_or_declined() {
    everywhere(|visit| async move {
        for (place, decision, words) in [
            (0, "agree", "est accepté"),
            (1, "refuse", "Vous avez décliné notre proposition"),
        ] {
            let id = asked(&visit, place, decision).await;
            let page = visit.get(&format!("/plans/{id}")).await;
            page.shows(200, &["réponse avant le 27/11/2026", "Retirer"]);
            let cents = visit.invoices[place].open.minor();
            let offer = Answer::Counter(vec![
                part("2026-12-01", cents - 100_000),
                part("2027-01-04", 100_000),
            ]);
            let said = (Actor::staff("marie@boreal.example"), "Un effort ?".into());
            let app = &visit.site.world.app;
            answer(app, visit.supplier.id, id, offer, said)
                .await
                .unwrap();
            let page = visit.get(&format!("/plans/{id}")).await;
            page.shows(200, &["01/12/2026", "Un effort ?", "novation"]);
            let form = page.form(0).with("decision", decision);
            let form = match decision {
                "agree" => with_code(&visit, form.without("step")).await,
                _ => {
                    let check = visit.submit(&form).await;
                    check.shows(200, &["Refuser cette proposition\u{a0}?", "reprennent"]);
                    check.form(0).step("confirm")
                }
            };
            assert!(visit.rows("plan").contains("countered"), "{decision}");
            for _ in 0..2 {
                let sent = visit.submit(&form).await;
                let page = visit.browser.follow(&sent).await;
                page.shows(200, &[words]);
            }
        }
        assert_eq!(visit.count("promise"), 2, "the plan that was agreed");
        assert_eq!(visit.rows("plan").matches("novation").count(), 1);
    })
    .await;
}

#[actix_web::test]
async fn a_request_is_taken_back() {
    everywhere(|visit| async move {
        let id = asked(&visit, 0, "a").await;
        let page = visit.get(&format!("/plans/{id}")).await;
        let check = visit.submit(&page.form(0).with("decision", "cancel")).await;
        check.shows(200, &["Retirer votre demande\u{a0}?", "reprennent"]);
        assert!(visit.rows("plan").contains("proposed"), "only asked so far");
        let sent = visit.submit(&check.form(0).step("confirm")).await;
        visit
            .browser
            .follow(&sent)
            .await
            .shows(200, &["n’a plus cours"]);
        let account = visit.get("/account").await;
        assert!(!account.text.contains("Délai demandé"));
    })
    .await;
}

#[actix_web::test]
async fn plans_and_promises_of_others_are_not_found() {
    everywhere(|visit| async move {
        let (promise, plan) = promise_and_plan(&visit).await;
        let world = &visit.site.world;
        let (neighbour, contact) = world.debtor(&visit.supplier, "C-2").await;
        let own = world.invoice(&neighbour, "FA-9", 1_000, "2026-11-01").await;
        let stranger = visit.site.enter(&neighbour, &contact).await;
        for path in [
            format!("/plans/{plan}"),
            format!("/promises/{promise}"),
            format!("/promises/{promise}/calendar.ics"),
            visit.chosen("/plan", &[0]),
            format!("/invoices/{}/confirm", visit.invoices[2].id),
            "/plans/pln_1".into(),
            "/promises/pro_1".into(),
        ] {
            stranger
                .get(&path)
                .await
                .shows(404, &["Fournisseur boreal"]);
        }
        let form = stranger.get(&format!("/plan?i={}", own.id)).await.form(0);
        for path in [format!("/plans/{plan}"), format!("/promises/{promise}")] {
            let mut posted = form.clone().with("decision", "cancel").step("confirm");
            posted.action = path;
            assert_eq!(stranger.submit(&posted).await.status, 404);
        }
        visit
            .get(&format!("/plans/{plan}"))
            .await
            .shows(200, &["Retirer"]);
    })
    .await;
}

#[actix_web::test]
async fn an_invoice_is_confirmed_before_it_is_due() {
    everywhere(|visit| async move {
        let path = format!("/invoices/{}/confirm", visit.invoices[2].id);
        let invoice = visit
            .get(&format!("/invoices/{}", visit.invoices[2].id))
            .await;
        invoice.shows(200, &[&path]);
        let form = visit.get(&path).await.form(0);
        let nothing = visit.submit(&form).await;
        nothing.shows(422, &["au moins une question", "href=\"#received\""]);
        let past = form
            .clone()
            .with("received", "yes")
            .with("pays_on", "2026-11-19");
        let page = visit.submit(&past).await;
        page.shows(422, &["Indiquez une date entre", "value=\"2026-11-19\""]);
        let good = form
            .clone()
            .with("received", "yes")
            .with("recorded", "yes")
            .with("conform", "yes")
            .with("pays_on", "05/12/2026");
        for _ in 0..2 {
            let sent = visit.submit(&good).await;
            visit.browser.follow(&sent).await.shows(
                200,
                &["reçue, enregistrée, conforme, paiement prévu le 05/12/2026"],
            );
        }
        assert_eq!(visit.count("confirmation"), 1);
        assert_eq!(visit.count("promise"), 0, "told, not promised");
        let form = visit.get(&path).await.form(0).with("received", "no");
        let sent = visit.submit(&form).await;
        let dispute = visit.browser.follow(&sent).await;
        dispute.shows(200, &["Qu’est-ce qui bloque"]);
        assert_eq!(dispute.form(0).value("reason"), "not_received");
        let late = visit
            .get(&format!("/invoices/{}/confirm", visit.invoices[0].id))
            .await;
        assert_eq!(late.status, 303, "one that is due is paid or disputed");
    })
    .await;
}
