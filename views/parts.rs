//! Small pieces that pages are made of.

use domain::invoice::Standing;
use domain::party::Language;
use domain::{Day, Money};
use maud::{Markup, html};

use crate::format;
use crate::paths;
use crate::text::common as t;
use crate::text::labels;

/// How loud a tag or banner is. The symbol says it without colour (WCAG 1.4.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Done, nothing to do.
    Ok,
    /// Somebody should look.
    Warn,
    /// Wrong or late.
    Bad,
    /// Under way.
    Info,
    /// Nothing to say.
    Calm,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
            Self::Calm => "calm",
        }
    }

    const fn symbol(self) -> &'static str {
        match self {
            Self::Ok => "✓",
            Self::Warn => "▲",
            Self::Bad => "!",
            Self::Info => "→",
            Self::Calm => "○",
        }
    }
}

/// Symbol, words and tint.
pub(crate) fn tag(tone: Tone, words: &str) -> Markup {
    html! {
        span class={ "tag " (tone.class()) } {
            span aria-hidden="true" { (tone.symbol()) } " " (words)
        }
    }
}

/// How an invoice stands; late ones say since when, others when they fall due.
pub(crate) fn standing_tag(lang: Language, standing: Standing, due_on: Day, today: Day) -> Markup {
    let (tone, words) = match standing {
        Standing::Late => (Tone::Bad, labels::due_in(lang, due_on, today)),
        Standing::NotDue => (Tone::Calm, labels::due_in(lang, due_on, today)),
        Standing::Disputed => (
            Tone::Warn,
            String::from(labels::standing(standing).of(lang)),
        ),
        Standing::Settled => (Tone::Ok, String::from(labels::standing(standing).of(lang))),
        Standing::Processing | Standing::Promised => (
            Tone::Info,
            String::from(labels::standing(standing).of(lang)),
        ),
    };
    tag(tone, &words)
}

/// A message across the page.
pub(crate) fn banner(tone: Tone, title: &str, words: &Markup) -> Markup {
    html! {
        div class={ "banner " (tone.class()) } role="status" {
            p.lead { span aria-hidden="true" { (tone.symbol()) } " " (title) }
            (words)
        }
    }
}

/// An amount that never breaks.
pub(crate) fn amount(lang: Language, amount: Money) -> Markup {
    html! { span.num { (format::money(lang, amount)) } }
}

/// A day, readable by machines.
pub(crate) fn date(lang: Language, day: Day) -> Markup {
    html! { time datetime=(day) { (format::day(lang, day)) } }
}

/// A value that a form carries unseen.
pub(crate) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// The form token and the idempotency key of one form.
pub(crate) fn tokens(csrf: &str, key: &str) -> Markup {
    html! { (hidden("csrf", csrf)) (hidden("key", key)) }
}

/// The way back.
pub(crate) fn back(lang: Language) -> Markup {
    html! {
        p.back {
            a href=(paths::ACCOUNT) {
                span aria-hidden="true" { "‹ " } (t::BACK_TO_ACCOUNT.of(lang))
            }
        }
    }
}

/// Facts in two columns: name, value.
pub(crate) fn facts(rows: &[(&str, Markup)]) -> Markup {
    html! {
        dl.facts {
            @for (name, value) in rows {
                div { dt { (name) } dd { (value) } }
            }
        }
    }
}

/// The two ways on from a check page: it posts `step=confirm` or `step=edit`.
pub(crate) fn confirm_or_change(lang: Language, confirm: &str) -> Markup {
    html! {
        div.actions {
            button.button name="step" value="confirm" { (confirm) }
            button.button.quiet name="step" value="edit" { (t::CHANGE.of(lang)) }
        }
    }
}

/// A table that stacks on phones: column titles (those in `numbers` right-aligned), then rows.
pub(crate) fn table(titles: &[&str], numbers: &[usize], rows: &Markup) -> Markup {
    html! {
        table.stack {
            thead {
                tr {
                    @for (place, title) in titles.iter().enumerate() {
                        th.num[numbers.contains(&place)] scope="col" { (title) }
                    }
                }
            }
            tbody { (rows) }
        }
    }
}
