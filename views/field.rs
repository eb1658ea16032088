//! Form controls: label, hint, error and value kept together, told to screen readers together.
//!
//! A control's id is its name, unless a page has several of that name; the error summary links to
//! it.

use domain::party::Language;
use maud::{Markup, Render, html};

use crate::problem::{self, Problem};
use crate::text::common as t;

/// A one-line input.
pub(crate) struct Input<'a> {
    id: &'a str,
    name: &'a str,
    label: &'a str,
    value: &'a str,
    kind: &'static str,
    hint: Option<String>,
    wrong: Option<String>,
    autocomplete: Option<&'static str>,
    inputmode: Option<&'static str>,
    range: Option<(String, String)>,
    optional: Option<Language>,
    accept: Option<&'static str>,
}

impl<'a> Input<'a> {
    /// A text input with the value that was posted.
    pub(crate) const fn text(name: &'a str, label: &'a str, value: &'a str) -> Self {
        Self {
            id: name,
            name,
            label,
            value,
            kind: "text",
            hint: None,
            wrong: None,
            autocomplete: None,
            inputmode: None,
            range: None,
            optional: None,
            accept: None,
        }
    }

    /// An amount: a text input with a numeric keyboard.
    pub(crate) fn amount(name: &'a str, label: &'a str, value: &'a str) -> Self {
        Self {
            inputmode: Some("decimal"),
            autocomplete: Some("off"),
            ..Self::text(name, label, value)
        }
    }

    /// A day, `YYYY-MM-DD`, between two days.
    pub(crate) fn day(
        name: &'a str,
        label: &'a str,
        value: &'a str,
        range: (String, String),
    ) -> Self {
        Self {
            kind: "date",
            range: Some(range),
            ..Self::text(name, label, value)
        }
    }

    /// An input of another kind: `email`, `password`, `search`, `file`.
    pub(crate) const fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// With an id of its own, where several forms of a page post the same name.
    pub(crate) const fn with_id(mut self, id: &'a str) -> Self {
        self.id = id;
        self
    }

    /// Several files of these kinds.
    pub(crate) const fn files(mut self, accept: &'static str) -> Self {
        self.kind = "file";
        self.accept = Some(accept);
        self
    }

    /// A line of help under the label.
    pub(crate) fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }

    /// What the browser may fill in (WCAG 1.3.5).
    pub(crate) const fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// What keyboard a telephone shows.
    pub(crate) const fn inputmode(mut self, mode: &'static str) -> Self {
        self.inputmode = Some(mode);
        self
    }

    /// Says that it may stay empty.
    pub(crate) const fn optional(mut self, language: Language) -> Self {
        self.optional = Some(language);
        self
    }

    /// What is wrong with it, if anything.
    pub(crate) fn checked(mut self, problems: &[Problem], language: Language) -> Self {
        self.wrong = problem::at(problems, self.id, language);
        self
    }
}

impl Render for Input<'_> {
    fn render(&self) -> Markup {
        let Self { id, name, kind, .. } = *self;
        let (min, max) = self.range.as_ref().map(|(min, max)| (min, max)).unzip();
        let value = (kind != "file" && kind != "password").then_some(self.value);
        html! {
            div.field.short[matches!(kind, "date") || self.inputmode.is_some()] {
                label for=(id) {
                    (self.label)
                    @if let Some(lang) = self.optional { " " span.hint { (t::OPTIONAL.of(lang)) } }
                }
                (notes(id, self.hint.as_deref(), self.wrong.as_deref()))
                input id=(id) name=(name) type=(kind) value=[value] min=[min] max=[max]
                    autocomplete=[self.autocomplete] inputmode=[self.inputmode]
                    accept=[self.accept] multiple[self.accept.is_some()]
                    aria-invalid=[self.wrong.as_ref().map(|_| "true")]
                    aria-describedby=[described(id, self.hint.is_some(), self.wrong.is_some())];
            }
        }
    }
}

/// A text of several lines.
pub(crate) fn area(name: &str, label: &str, value: &str, wrong: Option<&str>) -> Markup {
    area_as(name, name, (label, None), value, wrong)
}

/// The same where several forms of a page post the same name: with an id of its own, and a hint.
pub(crate) fn area_as(
    id: &str,
    name: &str,
    (label, hint): (&str, Option<&str>),
    value: &str,
    wrong: Option<&str>,
) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            (notes(id, hint, wrong))
            textarea id=(id) name=(name) rows="4" aria-invalid=[wrong.map(|_| "true")]
                aria-describedby=[described(id, hint.is_some(), wrong.is_some())] { (value) }
        }
    }
}

/// A long text, written line by line.
pub(crate) fn tall(
    name: &str,
    (label, hint): (&str, &str),
    value: &str,
    wrong: Option<&str>,
) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            (notes(name, Some(hint), wrong))
            textarea #(name) name=(name) rows="14" spellcheck="true"
                aria-invalid=[wrong.map(|_| "true")]
                aria-describedby=[described(name, true, wrong.is_some())] { "\n" (value) }
        }
    }
}

/// One radio or tick box of a group.
pub(crate) struct Choice<'a> {
    /// Posted value.
    pub value: &'a str,
    /// What it says.
    pub label: Markup,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Whether it can be chosen.
    pub enabled: bool,
}

/// Radios under one question. The first one has the group's name as id.
pub(crate) fn radios(
    name: &str,
    question: &str,
    wrong: Option<&str>,
    choices: &[Choice<'_>],
) -> Markup {
    html! {
        fieldset.field aria-describedby=[described(name, false, wrong.is_some())] {
            legend { (question) }
            (notes(name, None, wrong))
            div.choices {
                @for (place, choice) in choices.iter().enumerate() {
                    label.choice {
                        input type="radio" name=(name) value=(choice.value)
                            id=[(place == 0).then_some(name)]
                            checked[choice.chosen] disabled[!choice.enabled];
                        span { (choice.label) }
                    }
                }
            }
        }
    }
}

/// One of a few values, each with what it says and whether it is chosen.
pub(crate) fn select(id: &str, name: &str, label: &str, options: &[(&str, &str, bool)]) -> Markup {
    html! {
        div.field.short {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                @for (value, words, chosen) in options {
                    option value=(value) selected[*chosen] { (words) }
                }
            }
        }
    }
}

/// A single box to tick.
pub(crate) fn tick(name: &str, label: &Markup, ticked: bool, wrong: Option<&str>) -> Markup {
    html! {
        div.field {
            (notes(name, None, wrong))
            label.choice {
                input #(name) type="checkbox" name=(name) value="yes" checked[ticked]
                    aria-invalid=[wrong.map(|_| "true")]
                    aria-describedby=[described(name, false, wrong.is_some())];
                span { (label) }
            }
        }
    }
}

fn notes(name: &str, hint: Option<&str>, wrong: Option<&str>) -> Markup {
    html! {
        @if let Some(words) = hint { p.hint id={ (name) "-hint" } { (words) } }
        @if let Some(words) = wrong { p.wrong id={ (name) "-wrong" } { (words) } }
    }
}

fn described(name: &str, hint: bool, wrong: bool) -> Option<String> {
    match (hint, wrong) {
        (true, true) => Some(format!("{name}-hint {name}-wrong")),
        (true, false) => Some(format!("{name}-hint")),
        (false, true) => Some(format!("{name}-wrong")),
        (false, false) => None,
    }
}
