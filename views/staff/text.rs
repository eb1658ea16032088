//! One text of the supplier's own: written with its variables beside it, looked at with a real
//! account, tried, and brought into use. Each save is a new version.
//!
//! Posted fields: `csrf`, `key`, `deed` (`save`, `use`, `built_in` or `test`), `from`, `subject`,
//! `body`, `version`, `debtor`, `to` (a number, for a test by text message).

use domain::own_text::{Draft, Slot, Variable, allowed, mandatory};
use domain::scenario::Channel;
use domain::sms::Cap;
use domain::{DebtorId, Moment};
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use super::texts::place;
use crate::field::{self, Input};
use crate::format;
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::{labels, own_text as t};

/// A version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VersionLine {
    /// Its number.
    pub version: u32,
    /// When it was written.
    pub made_at: Moment,
    /// By whom.
    pub made_by: String,
}

/// A text filled in for a customer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sight {
    /// Who.
    pub debtor: DebtorId,
    /// The name.
    pub customer: String,
    /// The subject; none by text message.
    pub subject: String,
    /// The text part, or the text message.
    pub text: String,
    /// Why the built-in words would leave instead.
    pub failed: Option<String>,
    /// Characters and segments of a text message.
    pub segments: Option<(usize, usize)>,
}

/// What became of a test.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tested {
    /// It left for this mailbox.
    Sent(String),
    /// It left for a number.
    Texted,
    /// It did not, for this reason.
    Failed(String),
    /// Nobody knows, for this reason.
    Unknown(String),
    /// The number takes no texts.
    Silenced,
    /// This cap is reached.
    Capped(Cap),
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct TextPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Which text.
    pub slot: Slot,
    /// The words in the form.
    pub draft: Draft,
    /// The newest version, 0 when there is none.
    pub latest: u32,
    /// The version that is looked at; 0 for the built-in text.
    pub shown: u32,
    /// The version that is used; 0 for the built-in text.
    pub used: u32,
    /// When the version in use failed first, and why.
    pub failed: Option<(Moment, String)>,
    /// All versions, newest first.
    pub versions: Vec<VersionLine>,
    /// What was searched for to preview.
    pub search: String,
    /// The preview.
    pub sight: Option<Sight>,
    /// What was typed as the number of a test; none where no texts leave.
    pub number: Option<String>,
    /// What became of a test.
    pub tested: Option<Tested>,
    /// Whether somebody has saved a version meanwhile.
    pub changed: bool,
    /// Whether the reader may change it.
    pub may_write: bool,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Idempotency key.
    pub key: String,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &TextPage) -> Markup {
    let lang = frame.language;
    let title = labels::message_kind(view.slot.kind).of(lang);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) span.sub { (place(frame, view.slot)) } }
        p {
            @if view.used == 0 { (parts::tag(Tone::Calm, t::BUILT_IN_USED.of(lang))) }
            @else { (parts::tag(Tone::Ok, &t::version(view.used))) " " (t::IN_USE.of(lang)) }
        }
        @if view.changed {
            (parts::banner(Tone::Warn, t::SAVED_MEANWHILE.of(lang), &html! {}))
        }
        @if let Some((at, why)) = &view.failed {
            @let at = format::moment(lang, frame.zone, *at);
            (parts::banner(Tone::Bad, t::NOT_USABLE.of(lang), &html! {
                p { (t::failed(lang, &at, why)) }
            }))
        }
        @if let Some(tested) = &view.tested { (told(frame, tested)) }
        div.sides {
            @if view.may_write { (form(frame, view)) }
            (variables(frame, view.slot))
        }
        (preview(frame, view))
        (versions(frame, view))
        p.back { a href=(paths::texts(&view.supplier)) { (t::TITLE.of(lang)) } }
    };
    staff_page(frame, Section::Reminders, title, &body)
}

fn told(frame: &StaffFrame, tested: &Tested) -> Markup {
    let lang = frame.language;
    let (tone, title) = match tested {
        Tested::Sent(_) | Tested::Texted => (Tone::Ok, t::TEST_SENT),
        Tested::Unknown(_) => (Tone::Warn, t::TEST_UNKNOWN),
        Tested::Failed(_) | Tested::Silenced | Tested::Capped(_) => (Tone::Bad, t::TEST_FAILED),
    };
    let words = match tested {
        Tested::Sent(to) => t::test_to(lang, to),
        Tested::Failed(why) | Tested::Unknown(why) => why.clone(),
        Tested::Texted => t::TEXT_TESTED.of(lang).to_owned(),
        Tested::Silenced => t::SILENCED.of(lang).to_owned(),
        Tested::Capped(Cap::Day) => t::CAPPED_DAY.of(lang).to_owned(),
        Tested::Capped(Cap::Month) => t::CAPPED_MONTH.of(lang).to_owned(),
    };
    parts::banner(tone, title.of(lang), &html! { p { (words) } })
}

fn form(frame: &StaffFrame, view: &TextPage) -> Markup {
    let lang = frame.language;
    let is_mail = view.slot.channel == Channel::Email;
    let hint = if is_mail { t::BODY_HINT } else { t::SMS_HINT };
    let wrong = problem::at(&view.problems, "body", lang);
    html! {
        section.part {
            h2 { (t::WRITE.of(lang)) }
            form method="post" action=(paths::text(&view.supplier, view.slot)) novalidate {
                (parts::tokens(&frame.csrf, &view.key))
                (parts::hidden("from", &view.latest.to_string()))
                @if is_mail {
                    (Input::text("subject", t::SUBJECT.of(lang), &view.draft.subject)
                        .autocomplete("off").checked(&view.problems, lang))
                }
                (field::tall("body", (t::BODY.of(lang), hint.of(lang)), &view.draft.body,
                    wrong.as_deref()))
                div.actions { button.button name="deed" value="save" { (t::SAVE.of(lang)) } }
            }
        }
    }
}

fn variables(frame: &StaffFrame, slot: Slot) -> Markup {
    let lang = frame.language;
    let row = |one: Variable| {
        let sample = one.sample(slot);
        html! {
            div {
                dt { code { "{{ " (one.as_str()) " }}" } }
                dd {
                    (t::variable(one).of(lang))
                    @if let Some(needed) = needed(slot, one) { " · " strong { (needed.of(lang)) } }
                    @if !sample.is_empty() { span.sub.each { (sample) } }
                }
            }
        }
    };
    let loops = allowed(slot).any(|one| one == Variable::Invoices);
    html! {
        section.part {
            h2 { (t::VARIABLES.of(lang)) }
            p.sub { (t::VARIABLES_HINT.of(lang)) }
            dl.facts.names {
                @for one in allowed(slot).filter(|one| *one != Variable::Invoices) { (row(one)) }
            }
            h3 { (t::CONDITION.of(lang)) }
            pre { "{% if phone %}… {{ phone }}{% else %}…{% endif %}" }
            @if loops {
                h3 { (t::LOOP.of(lang)) }
                pre {
                    "{% for item in invoices %}\n- {{ item.number }}, {{ item.due }}, \
                     {{ item.amount }}\n{% endfor %}"
                }
            }
        }
    }
}

fn needed(slot: Slot, one: Variable) -> Option<crate::text::Text> {
    let row = mandatory(slot).iter().find(|row| row.contains(&one))?;
    Some(if row.len() == 1 {
        t::NEEDED
    } else {
        t::NEEDED_ONE_OF
    })
}

fn preview(frame: &StaffFrame, view: &TextPage) -> Markup {
    let lang = frame.language;
    let which = match view.shown {
        0 => t::BUILT_IN.of(lang).to_owned(),
        version => t::version(version),
    };
    html! {
        section.part #preview {
            h2 { (t::PREVIEW.of(lang)) span.sub { (which) } }
            form.bar method="get" action=(paths::text(&view.supplier, view.slot)) role="search" {
                (parts::hidden("version", &view.shown.to_string()))
                (Input::text("q", t::PREVIEW_FOR.of(lang), &view.search)
                    .kind("search").autocomplete("off").hint(t::PREVIEW_HINT.of(lang)))
                button.button.quiet { (t::SHOW.of(lang)) }
            }
            @match &view.sight {
                None => p { (t::NO_CUSTOMER.of(lang)) },
                Some(sight) => (seen(frame, view, sight)),
            }
        }
    }
}

fn seen(frame: &StaffFrame, view: &TextPage, sight: &Sight) -> Markup {
    let lang = frame.language;
    html! {
        p.sub { (t::MADE_UP.of(lang)) }
        @if let Some(why) = &sight.failed {
            (parts::banner(Tone::Warn, t::NOT_FILLED.of(lang), &html! { p { (why) } }))
        }
        (parts::facts(&facts(frame, sight)))
        @if view.slot.channel == Channel::Email {
            div.sides {
                section {
                    h3 { (t::HTML_PART.of(lang)) }
                    iframe.mail sandbox="" title=(t::HTML_PART.of(lang))
                        src=(paths::text_mail(&view.supplier, view.slot, view.shown,
                            sight.debtor)) {}
                }
                section { h3 { (t::TEXT_PART.of(lang)) } pre { (sight.text) } }
            }
        } @else {
            pre { (sight.text) }
        }
        @if view.may_write { (test(frame, view, sight)) }
    }
}

fn facts(frame: &StaffFrame, sight: &Sight) -> Vec<(&'static str, Markup)> {
    let lang = frame.language;
    let mut rows = vec![(t::PREVIEW_FOR.of(lang), html! { (sight.customer) })];
    if !sight.subject.is_empty() {
        rows.push((t::SUBJECT.of(lang), html! { (sight.subject) }));
    }
    if let Some((characters, segments)) = sight.segments {
        let words = t::length(lang, characters, segments);
        rows.push((t::LENGTH.of(lang), html! { (words) }));
    }
    rows
}

/// The form that has a test sent: a mail to who asks, a text to the number that is typed.
fn test(frame: &StaffFrame, view: &TextPage, sight: &Sight) -> Markup {
    let lang = frame.language;
    let is_mail = view.slot.channel == Channel::Email;
    if !is_mail && view.number.is_none() {
        return html! { p.sub { (t::NO_PROVIDER.of(lang)) } };
    }
    let words = if is_mail { t::TEST } else { t::TEST_TEXT };
    html! {
        form method="post" action=(paths::text(&view.supplier, view.slot)) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("version", &view.shown.to_string()))
            (parts::hidden("debtor", &sight.debtor.to_string()))
            @if let (false, Some(number)) = (is_mail, &view.number) {
                (Input::text("to", t::TEST_NUMBER.of(lang), number)
                    .kind("tel").autocomplete("tel").hint(t::TEST_NUMBER_HINT.of(lang))
                    .checked(&view.problems, lang))
            }
            div.actions {
                button.button.quiet name="deed" value="test" { (words.of(lang)) }
            }
        }
    }
}

fn versions(frame: &StaffFrame, view: &TextPage) -> Markup {
    let lang = frame.language;
    html! {
        section.part #versions {
            h2 { (t::VERSIONS.of(lang)) }
            @if view.versions.is_empty() { p { (t::NO_VERSION.of(lang)) } }
            @else {
                ul.rows {
                    @for line in &view.versions { li.card { (version(frame, view, line)) } }
                }
            }
            @if view.may_write && view.used != 0 {
                (deed(frame, view, ("built_in", 0), t::USE_BUILT_IN.of(lang)))
            }
        }
    }
}

fn version(frame: &StaffFrame, view: &TextPage, line: &VersionLine) -> Markup {
    let lang = frame.language;
    let look = format!(
        "{}?version={}#preview",
        paths::text(&view.supplier, view.slot),
        line.version
    );
    let words = if line.version == view.latest {
        t::USE
    } else {
        t::USE_AGAIN
    };
    html! {
        p {
            strong { (t::version(line.version)) }
            @if line.version == view.used { " " (parts::tag(Tone::Ok, t::IN_USE.of(lang))) }
            span.sub.each {
                (format::moment(lang, frame.zone, line.made_at)) ", " (line.made_by)
            }
        }
        div.actions {
            @if view.may_write && line.version != view.used {
                (deed(frame, view, ("use", line.version), words.of(lang)))
            }
            a href=(look) { (t::look(lang, line.version)) }
        }
    }
}

fn deed(frame: &StaffFrame, view: &TextPage, (deed, version): (&str, u32), words: &str) -> Markup {
    html! {
        form method="post" action=(paths::text(&view.supplier, view.slot)) {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("version", &version.to_string()))
            button.button.quiet.small name="deed" value=(deed) { (words) }
        }
    }
}
