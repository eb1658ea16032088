//! What is refused, with its line, and what is taken.

use super::*;
use crate::party::LegalMode;

fn slot(kind: MessageKind) -> Slot {
    Slot::new(kind, Language::Fr, Channel::Email).unwrap()
}

fn reminder(body: &str) -> Vec<Flaw> {
    let draft = Draft {
        subject: "Rappel : {{ invoice }}, {{ amount }}".to_owned(),
        body: body.to_owned(),
    };
    check(slot(MessageKind::Reminder1), &draft, LegalMode::OwnAccount)
}

const GOOD: &str = "La {{ invoice }} de {{ amount }}, échue le {{ due }}, reste ouverte.\n\n\
    {% if phone %}Appelez le {{ phone }}.{% else %}Écrivez-nous.{% endif %}\n\n\
    {%- for item in invoices -%}\n- {{ item.number }}, {{item.due}} : {{ item.amount }}\n{% \
    endfor %}";

#[test]
fn every_place_has_a_name_that_reads_back() {
    let all: Vec<Slot> = Slot::all().collect();
    assert_eq!(all.len(), KINDS.len() * CHANNELS.len() * 2);
    for slot in all {
        assert_eq!(slot.to_string().parse(), Ok(slot));
        let may: Vec<Variable> = allowed(slot).collect();
        for any_of in mandatory(slot) {
            assert!(any_of.iter().any(|one| may.contains(one)), "{slot}");
        }
        for one in may {
            let sample = one.sample(slot).chars().count();
            assert!(sample <= one.width().max(60), "{slot}: {one}");
            assert!(
                slot.channel != Channel::Sms || one.is_short(),
                "{slot}: {one}"
            );
        }
    }
    for name in [
        "",
        "code.fr.email",
        "reminder_1.fr",
        "reminder_1.fr.call",
        "reminder_1.fr.email.",
    ] {
        assert!(name.parse::<Slot>().is_err(), "{name}");
    }
}

#[test]
fn a_good_text_is_taken() {
    assert_eq!(reminder(GOOD), []);
}

#[test]
fn what_could_loop_grow_or_reach_further_is_refused_with_its_line() {
    for (addition, why) in [
        (
            "{{ range(1000000) }}",
            Why::Refused("range(1000000)".into()),
        ),
        (
            "{{ \"x\" * 1000000 }}",
            Why::Refused("\"x\" * 1000000".into()),
        ),
        (
            "{{ amount ~ amount }}",
            Why::Refused("amount ~ amount".into()),
        ),
        ("{{ amount|upper }}", Why::Refused("amount|upper".into())),
        ("{{ invoices }}", Why::Refused("invoices".into())),
        ("{{ self.body() }}", Why::Refused("self.body()".into())),
        ("{{ password }}", Why::Unknown("password".into())),
        ("{{ item.secret }}", Why::Unknown("item.secret".into())),
        ("{{ item.number }}", Why::OutsideLoop(Variable::ItemNumber)),
        ("{{ pay_by }}", Why::Elsewhere(Variable::PayBy)),
        ("{{ }}", Why::Refused(String::new())),
        (
            "{% set a = amount %}",
            Why::Refused("set a = amount".into()),
        ),
        ("{% include 'x' %}", Why::Refused("include 'x'".into())),
        ("{% macro a() %}", Why::Refused("macro a()".into())),
        ("{% if amount > 3 %}", Why::Refused("if amount > 3".into())),
        ("{# note #}", Why::Refused("{# note #}".into())),
        (
            "{% for i in range(9) %}",
            Why::Loop("for i in range(9)".into()),
        ),
        ("{% endfor %}", Why::Stray("endfor".into())),
        ("{% else %}", Why::Stray("else".into())),
        ("{% if amount %}", Why::Open("if".into())),
        ("{{ amount", Why::Unclosed("{{".into())),
    ] {
        let text = format!("{GOOD}\n\nFin.\n{addition}");
        let expected = Flaw::new(Part::Body, text.lines().count(), why);
        assert_eq!(reminder(&text), [expected], "{addition}");
    }
    let nested = GOOD.replace("- {{", "{% for item in invoices %}x{% endfor %}{{");
    assert!(reminder(&nested).iter().any(|flaw| flaw.why == Why::Nested));
    let twice = format!("{GOOD}\n{{% for item in invoices %}}x{{% endfor %}}");
    let loops = Flaw::new(Part::Body, twice.lines().count(), Why::Loops);
    assert_eq!(reminder(&twice), [loops]);
}

#[test]
fn what_must_be_said_is_missed_even_behind_a_condition() {
    let text = "Merci de régler {% if phone %}{{ amount }}{% endif %} avant le {{ due }}.";
    let draft = Draft {
        subject: "Rappel".to_owned(),
        body: text.to_owned(),
    };
    let flaws = check(slot(MessageKind::Reminder1), &draft, LegalMode::OwnAccount);
    let missing: Vec<_> = flaws.into_iter().map(|flaw| flaw.why).collect();
    let number: &[Variable] = &[Variable::Invoice, Variable::ItemNumber];
    let amount: &[Variable] = &[Variable::Amount];
    assert_eq!(missing, [Why::Missing(amount), Why::Missing(number)]);
}

#[test]
fn a_formal_notice_names_itself_its_breakdown_and_its_last_day() {
    let mut draft = Draft {
        subject: "Votre compte".to_owned(),
        body: "{{ debtor }} doit {{ total }} ({{ invoice }}, {{ due }}, {{ penalties }}) avant le \
               {{ pay_by }}."
            .to_owned(),
    };
    let formal = slot(MessageKind::FormalNotice);
    let flaws = check(formal, &draft, LegalMode::OwnAccount);
    assert_eq!(flaws, [Flaw::new(Part::Body, 1, Why::NotFormal)]);
    draft.subject = "Mise en demeure de payer".to_owned();
    assert_eq!(check(formal, &draft, LegalMode::OwnAccount), []);
    draft.body = draft.body.replace("{{ penalties }}", "frais");
    let flaws = check(formal, &draft, LegalMode::OwnAccount);
    let penalties: &[Variable] = &[Variable::Penalties];
    assert_eq!(flaws, [Flaw::new(Part::Body, 1, Why::Missing(penalties))]);
}

#[test]
fn an_operator_in_anothers_name_threatens_nothing() {
    let draft = Draft {
        subject: "Rappel".to_owned(),
        body: "{{ invoice }}, {{ amount }}, {{ due }}\nSans réponse, des Pénalités courent."
            .to_owned(),
    };
    let place = slot(MessageKind::Reminder3);
    assert_eq!(check(place, &draft, LegalMode::OwnAccount), []);
    let flaws = check(place, &draft, LegalMode::OutsourcedReminder);
    let threat = Why::Threat("pénalité".to_owned());
    assert_eq!(flaws, [Flaw::new(Part::Body, 2, threat)]);
}

#[test]
fn an_account_number_is_found_however_it_is_spaced() {
    let text = format!("{GOOD}\nVirez sur FR76 3000 6000 0112 3456 7890 189 merci");
    let expected = Flaw::new(Part::Body, text.lines().count(), Why::Iban);
    assert_eq!(reminder(&text), [expected]);
    let fine = format!("{GOOD}\nRéférence FR72ZZZ123456, dossier AB12 3456 7890 1234 5678");
    assert_eq!(reminder(&fine), []);
}

#[test]
fn empty_and_endless_texts_are_refused() {
    let empty = check(
        slot(MessageKind::Reminder1),
        &Draft::default(),
        LegalMode::OwnAccount,
    );
    assert!(empty.contains(&Flaw::new(Part::Subject, 1, Why::Empty)));
    assert!(empty.contains(&Flaw::new(Part::Body, 1, Why::Empty)));
    let long = reminder(&"a".repeat(BODY_MAX + 7));
    assert_eq!(long, [Flaw::new(Part::Body, 1, Why::TooLong(7))]);
}

#[test]
fn what_grows_past_its_room_is_measured() {
    let place = slot(MessageKind::Reminder1);
    let filled = |subject: &str, body: String| Draft {
        subject: subject.to_owned(),
        body,
    };
    assert_eq!(
        measure(place, &filled("Rappel", "Bien.\n\nOui.".into())),
        []
    );
    let long = measure(place, &filled(&"s".repeat(63), "b".repeat(7_000)));
    assert_eq!(long[0], Flaw::new(Part::Subject, 1, Why::Grows(3)));
    assert_eq!(long[1], Flaw::new(Part::Body, 1, Why::Grows(3_440)));
    let many = measure(place, &filled("s", "a\n".repeat(41)));
    assert_eq!(many, [Flaw::new(Part::Body, 40, Why::Paragraphs(40))]);
}

#[test]
fn a_text_message_is_one_segment_with_its_longest_values() {
    let place = Slot::new(MessageKind::Reminder1, Language::Fr, Channel::Sms).unwrap();
    let draft = |body: &str| Draft {
        subject: String::new(),
        body: body.to_owned(),
    };
    let good = draft("{{ supplier }}: {{ invoice }}, {{ amount }}. Réagir: {{ link }}");
    assert_eq!(check(place, &good, LegalMode::OwnAccount), []);
    let looped = draft(
        "{{ amount }} {{ invoice }} {{ link }}{% for item in invoices %}{{ item.number }}{% \
         endfor %}",
    );
    let flaws = check(place, &looped, LegalMode::OwnAccount);
    assert!(
        flaws
            .iter()
            .any(|flaw| flaw.why == Why::Elsewhere(Variable::Invoices)),
        "{flaws:?}"
    );
    let bare = check(
        place,
        &draft("{{ amount }}, {{ invoice }}"),
        LegalMode::OwnAccount,
    );
    let link: &[Variable] = &[Variable::Link];
    assert_eq!(bare, [Flaw::new(Part::Body, 1, Why::Missing(link))]);
    // Spelled in the alphabet, letters that it lacks cost no more than others.
    assert_eq!(measure(place, &draft(&"ê".repeat(160))), []);
    let long = measure(place, &draft(&"a\n".repeat(82)));
    assert_eq!(long[0].line, 82);
    assert!(matches!(long[0].why, Why::Grows(1..=4)), "{long:?}");
}

#[test]
fn empty_lines_part_paragraphs_and_line_ends_stay() {
    let all: Vec<String> = paragraphs("\n\nUn.\n  deux \n \n\nTrois.\n").collect();
    assert_eq!(all, ["Un.\ndeux", "Trois."]);
}
