//! Every message in every language: short enough, complete, harmless.

mod fixtures;
mod own;

use domain::Money;
use domain::message::MessageKind;
use domain::party::{Language, LegalMode};

use super::*;
use fixtures::{LINK, day, everything, invoice, mail, many, render, said, three};

/// Two letters, two digits and eleven or more letters or digits, spaces aside.
fn has_iban(text: &str) -> bool {
    let compact: Vec<char> = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    compact.windows(15).any(|window| {
        let (country, rest) = window.split_at(2);
        let (check, account) = rest.split_at(2);
        country.iter().all(char::is_ascii_uppercase)
            && check.iter().all(char::is_ascii_digit)
            && account
                .iter()
                .all(|l| l.is_ascii_digit() || l.is_ascii_uppercase())
    })
}

#[test]
fn the_iban_detector_detects() {
    assert!(has_iban("sur FR76 3000 6000 0112 3456 7890 189."));
    assert!(!has_iban("FR72ZZZ123456, F-2026-118"));
}

#[test]
fn every_message_is_short_complete_and_without_iban() {
    for (name, mail, rendered) in everything() {
        let Rendered {
            subject,
            text,
            html,
        } = &rendered;
        assert!(
            (1..=SUBJECT_CHARS_MAX).contains(&subject.chars().count()),
            "{name}: {subject}"
        );
        assert!(!subject.contains(['\r', '\n']), "{name}");
        assert!(html.len() <= 20 * 1024, "{name}: {} bytes", html.len());
        let bare = ["code ", "contact_changed "];
        let links = usize::from(!bare.iter().any(|kind| name.starts_with(kind)));
        assert_eq!(
            text.lines().filter(|line| *line == LINK).count(),
            links,
            "{name}"
        );
        let has_link = html.contains(&format!("href=\"{LINK}\""));
        assert_eq!(has_link, links == 1, "{name}");
        for contact in [
            &mail.brand.contact_email,
            &mail.brand.contact_phone,
            &mail.brand.name,
        ] {
            assert!(
                text.contains(contact) && html.contains(contact),
                "{name}: {contact}"
            );
        }
        for invoice in mail.invoices.iter().take(INVOICES_SHOWN_MAX) {
            assert!(
                text.contains(&invoice.number) && html.contains(&invoice.number),
                "{name}"
            );
        }
        for part in [subject, text, html] {
            assert!(!has_iban(&part.replace(LINK, "")), "{name}: {part}");
            assert!(
                !part.contains("<img") && !part.contains("<script"),
                "{name}"
            );
        }
    }
}

#[test]
fn subjects_say_what_and_how_much() {
    let one = |language| {
        let invoices = vec![invoice("F-118", "2026-12-02", 716_000)];
        mail(language, invoices, vec![Money::eur(716_000)])
    };
    for (kind, mail, expected) in [
        (
            MessageKind::Notice,
            one(Language::Fr),
            "Échéance le 02/12 : facture F-118, 7 160,00 €",
        ),
        (
            MessageKind::Notice,
            one(Language::En),
            "Due 2 Dec: invoice F-118, €7,160.00",
        ),
        (
            MessageKind::Notice,
            three(Language::Fr),
            "Échéances dès le 02/11 : 3 factures, 7 160,00 €",
        ),
        (
            MessageKind::Reminder1,
            one(Language::Fr),
            "Rappel : facture F-118 échue, 7 160,00 €",
        ),
        (
            MessageKind::Reminder1,
            three(Language::Fr),
            "Rappel : 3 factures échues, 7 160,00 €",
        ),
        (
            MessageKind::Reminder1,
            three(Language::En),
            "Reminder: 3 invoices overdue, €7,160.00",
        ),
        (
            MessageKind::Reminder2,
            three(Language::Fr),
            "2e rappel : 7 160,00 € échus. Que se passe-t-il ?",
        ),
        (
            MessageKind::Reminder3,
            three(Language::Fr),
            "Dernier rappel avant mise en demeure, 7 160,00 €",
        ),
        (
            MessageKind::Thanks,
            one(Language::Fr),
            "Merci, 7 160,00 € bien reçus",
        ),
        (
            MessageKind::DebitNotice,
            one(Language::Fr),
            "Prélèvement de 7 160,00 € le 02/12",
        ),
    ] {
        let subject = render(kind, &mail)
            .subject
            .replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(subject, expected);
    }
}

#[test]
fn what_did_not_come_is_named_in_the_subject() {
    for (kind, language, expected) in [
        (
            MessageKind::PromiseBroken,
            Language::Fr,
            "Paiement du 02/12 non reçu : 7 160,00 €",
        ),
        (
            MessageKind::PlanMissed,
            Language::En,
            "Instalment due 2 Dec not received: €7,160.00",
        ),
    ] {
        let subject = render(kind, &three(language)).subject;
        assert_eq!(subject.replace(['\u{a0}', '\u{202f}'], " "), expected);
    }
}

#[test]
fn an_operator_under_the_suppliers_name_threatens_nothing() {
    let threats = [
        "demeure",
        "pénalité",
        "indemnité",
        "dernier",
        "formal",
        "interest",
        "charge",
        "final",
    ];
    let reminders = [
        MessageKind::Reminder1,
        MessageKind::Reminder2,
        MessageKind::Reminder3,
    ];
    for language in Language::ALL {
        for kind in reminders {
            let mut mail = three(*language);
            let own = render(kind, &mail).text.to_lowercase();
            let named = threats.iter().any(|threat| own.contains(threat));
            assert!(named, "{kind} {language}: own account names penalties");
            for mode in [LegalMode::OutsourcedReminder, LegalMode::ThirdParty] {
                mail.legal_mode = mode;
                let Rendered {
                    subject,
                    text,
                    html,
                } = render(kind, &mail);
                let all = [subject, text, html].concat().to_lowercase();
                for threat in threats {
                    assert!(!all.contains(threat), "{kind} {language} {mode}: {threat}");
                }
            }
        }
    }
}

#[test]
fn invoices_beyond_thirty_are_counted_and_added_up() {
    let rendered = reminder_1(&many(Language::En, 42));
    for part in [&rendered.text, &rendered.html] {
        assert!(part.contains("and 12 more invoices, €14,814.72"), "{part}");
        assert!(part.contains("€51,851.52"), "the total of all 42");
        assert!(part.contains("F-2026-0029") && !part.contains("F-2026-0030"));
    }
    let exactly = reminder_1(&many(Language::En, 30));
    assert!(!exactly.text.contains("more invoice"));
}

#[test]
fn a_reminder_says_what_its_sum_leaves_out() {
    let one = vec![invoice("FA-118", "2026-11-02", 366_000)];
    let mut whole = mail(Language::Fr, one, vec![Money::eur(366_000)]);
    assert!(!reminder_1(&whole).text.contains("ne comprend pas"));
    whole.apart = vec![Money::eur(100_000)];
    for reminder in [reminder_1, reminder_2, reminder_3] {
        let said = reminder(&whole).text.replace('\n', " ");
        assert!(
            said.contains("Cette somme ne comprend pas 1\u{202f}000,00\u{a0}€"),
            "{said}"
        );
    }
    assert!(!notice(&whole).text.contains("ne comprend pas"));
}

#[test]
fn thanks_say_what_remains_or_that_nothing_does() {
    let mut facts = ThanksFacts {
        amount: Money::eur(716_000),
        set_off: false,
        received_on: day("2026-12-02"),
        remaining: vec![Money::eur(100), Money::new(200, "CHF".parse().unwrap())],
    };
    let text = thanks(&three(Language::En), &facts).text;
    assert!(text.contains("€7,160.00 on 2\u{a0}Dec\u{a0}2026"), "{text}");
    assert!(text.contains("€1.00 + CHF\u{a0}2.00 remains"), "{text}");
    facts.set_off = true;
    let settled = thanks(&three(Language::Fr), &facts);
    assert!(
        settled.text.contains("Vos avoirs ont réglé"),
        "{}",
        settled.text
    );
    assert!(settled.subject.contains("réglés par vos avoirs"));
    facts.set_off = false;
    facts.remaining.clear();
    assert!(
        thanks(&three(Language::En), &facts)
            .text
            .contains("Your account is fully settled")
    );
}

#[test]
fn debtors_names_are_text_not_markup() {
    let mut mail = three(Language::Fr);
    mail.debtor = "<b onload=x>\"&".to_owned();
    mail.greeting = Some("<script>".to_owned());
    let html = reminder_1(&mail).html;
    assert!(html.contains("&lt;script&gt;") && html.contains("&lt;b onload=x&gt;"));
    assert!(!html.contains("<script>") && !html.contains("<b "));
}

#[test]
fn golden_texts_are_unchanged() {
    let facts = ThanksFacts {
        amount: Money::eur(716_000),
        set_off: false,
        received_on: day("2026-12-02"),
        remaining: Vec::new(),
    };
    for (name, rendered) in [
        ("reminder_1.fr.txt", reminder_1(&three(Language::Fr))),
        ("thanks.en.txt", thanks(&three(Language::En), &facts)),
    ] {
        let path = format!("{}/../tests/golden/mail/{name}", env!("CARGO_MANIFEST_DIR"));
        let given = format!("{}\n\n{}", rendered.subject, rendered.text);
        if std::env::var_os("ACQUIT_WRITE").is_some() {
            std::fs::write(&path, &given).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(given, golden, "{path}: ACQUIT_WRITE=1 rewrites it");
    }
}

#[test]
fn what_is_said_about_a_dispute_is_told_in_the_subject() {
    for (kind, language, expected) in [
        (
            MessageKind::DisputeQuestion,
            Language::Fr,
            "Une précision, s’il vous plaît : facture F-118",
        ),
        (
            MessageKind::DisputeDelayed,
            Language::En,
            "Answer to your report delayed: invoice F-118",
        ),
        (
            MessageKind::DisputeAnswer,
            Language::Fr,
            "Réponse à votre signalement : facture F-118",
        ),
    ] {
        let invoices = vec![invoice("F-118", "2026-12-02", 716_000)];
        let mail = mail(language, invoices, vec![Money::eur(716_000)]);
        let subject = render(kind, &mail).subject.replace('\u{a0}', " ");
        assert_eq!(subject, expected);
    }
}

#[test]
fn a_dispute_is_answered_with_its_outcome_and_reason() {
    let mail = mail(
        Language::Fr,
        vec![invoice("F-118", "2026-12-02", 716_000)],
        vec![Money::eur(716_000)],
    );
    let answer = |outcome| {
        let facts = DisputeSaid {
            words: "Le bon est signé.\n\nVoir la pièce.".to_owned(),
            outcome,
            ..said(&mail)
        };
        dispute_answer(&mail, &facts).text
    };
    let text = answer(DisputeOutcome::Rejected);
    assert!(text.contains("nous maintenons la facture F-118"), "{text}");
    assert!(
        text.contains("Le bon est signé.\n") && text.contains("rouvrir"),
        "{text}"
    );
    let text = answer(DisputeOutcome::Credited(
        "AV-12".to_owned(),
        Money::eur(50_000),
    ));
    assert!(text.contains("l’avoir AV-12 de 500,00"), "{text}");
    assert!(text.contains("Service logistique"), "{text}");
    assert!(text.contains("nous vous remercions"), "{text}");
    assert!(answer(DisputeOutcome::Accepted).contains("en attendant l’avoir"));
    assert!(text.contains("Des documents sont joints"), "{text}");
    let text = answer(DisputeOutcome::Told);
    assert!(
        text.contains("au sujet de votre signalement sur la facture F-118"),
        "{text}"
    );
    let text = answer(DisputeOutcome::Deducted);
    assert!(text.contains("est déduit de la facture F-118"), "{text}");
}
