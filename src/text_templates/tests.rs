//! What the engine gives, and that it is closed even to what is refused before it.

use domain::message::MessageKind;
use domain::own_text::{Item, Slot, Values, Variable};
use domain::party::Language;
use domain::scenario::Channel;

use super::*;

fn values() -> Values {
    let slot = Slot::new(MessageKind::Reminder1, Language::En, Channel::Email).unwrap();
    let mut values = Values::sample(slot);
    values.items.push(Item {
        number: "F-2".to_owned(),
        due: "5 Nov".to_owned(),
        amount: "€1.00".to_owned(),
    });
    values
}

#[test]
fn variables_conditions_and_the_loop_over_invoices_are_filled_in() {
    let text = "Please pay {{ amount }}.\n\n{% if phone %}\nCall {{ phone }}.\n{% else %}\nWrite.\n\
                {% endif %}\n\n{% for item in invoices %}\n- {{ item.number }}, {{ item.due }}\n\
                {% endfor %}\n\nThank you.";
    let filled = fill(text, &values()).unwrap().replace('\u{a0}', " ");
    assert_eq!(
        filled,
        "Please pay €7,160.00.\n\nCall 04 72 00 00 00.\n\n- F-2026-118, 2 Nov 2026\n- F-2, 5 Nov\n\
         \nThank you."
    );
}

#[test]
fn an_empty_value_is_a_condition_that_does_not_hold() {
    let mut values = values();
    values.words.insert(Variable::Phone, String::new());
    let filled = fill(
        "{% if phone %}a{% else %}b{% endif %}{% if not phone %}c{% endif %}",
        &values,
    );
    assert_eq!(filled.unwrap(), "bc");
}

#[test]
fn values_are_words_and_never_templates_or_markup() {
    let mut values = values();
    let odd = "{{ amount }}<b>&{% endif %}";
    values.words.insert(Variable::Debtor, odd.to_owned());
    assert_eq!(fill("{{ debtor }}", &values).unwrap(), odd);
}

#[test]
fn what_the_engine_does_not_know_is_an_error_with_its_line() {
    for text in [
        "a\n{{ unknown }}",
        "a\n{{ amount",
        "a\n{{ range(3) }}",
        "a\n{{ amount|upper }}",
        "a\n{% include 'x' %}",
        "a\n{% macro x() %}{% endmacro %}",
        "a\n{% if unknown %}{% endif %}",
        "a\n{% nonsense %}",
    ] {
        let why = fill(text, &values()).unwrap_err();
        assert_eq!(why.line, 2, "{text}: {why}");
    }
    let bare = "{% if amount %}\nyes\n{% endif %}\n{{ unknown }}";
    assert_eq!(fill(bare, &values()).unwrap_err().line, 4);
}

#[test]
fn nothing_runs_away_with_time_or_room() {
    let square = "{% for a in invoices %}{% for b in invoices %}".to_owned();
    let mut values = values();
    values.items = vec![values.items[0].clone(); 4_000];
    let nested = format!("{square}x{{% endfor %}}{{% endfor %}}");
    assert!(fill(&nested, &values).unwrap_err().reason.contains("fuel"));
    values.items.truncate(900);
    let wide = format!(
        "{{% for item in invoices %}}{}{{% endfor %}}",
        "x".repeat(100)
    );
    assert!(fill(&wide, &values).is_err());
    let doubled =
        "{% set s = 'xxxxxxxx' %}".to_owned() + &"{% set s = s ~ s %}".repeat(12) + "{{ s }}";
    let grown = fill(&doubled, &values);
    assert!(grown.is_err() || grown.is_ok_and(|text| text.len() <= OUTPUT_MAX));
}
