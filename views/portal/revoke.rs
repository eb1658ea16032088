//! A mandate, what is debited under it, and revoking it.
//!
//! Posted fields: `csrf`, `key`, `step` (`check`, then `confirm`; or `registered`).

use domain::bank::{CreditorId, MandateRef};
use domain::collection::CollectionState;
use domain::mandate::{MandateEvent, MandateState, Scheme, Usage};
use domain::party::Language;
use domain::{Day, MandateId, Money};
use maud::{Markup, html};

use super::mandate::{scheme_words, usage_words};
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::Text;
use crate::text::common as c;
use crate::text::document as d;
use crate::text::mandate as t;
use crate::text::{happening, pay};

/// One debit under it: the day, how much, how it stands.
pub type Debit = (Day, Money, CollectionState);

/// What the page shows.
#[derive(Clone, Debug)]
pub struct MandatePage {
    /// Which mandate.
    pub id: MandateId,
    /// The unique mandate reference (RUM).
    pub reference: MandateRef,
    /// The creditor identifier (ICS).
    pub creditor_id: CreditorId,
    /// Last four characters of the debited IBAN.
    pub last_four: String,
    /// One-off or recurring.
    pub usage: Usage,
    /// Core, or between companies.
    pub scheme: Scheme,
    /// How it stands.
    pub state: MandateState,
    /// The day of signature.
    pub signed_on: Option<Day>,
    /// Its debits, oldest first.
    pub debits: Vec<Debit>,
    /// Once revoked: what is to be paid otherwise, now or on the promised day.
    pub instead: Vec<(Option<Day>, Money)>,
    /// Where that is paid.
    pub pay: Option<String>,
    /// Idempotency key.
    pub key: String,
}

impl MandatePage {
    /// Whether it can be revoked.
    #[must_use]
    pub fn can_revoke(&self) -> bool {
        self.state.on(MandateEvent::Revoke).is_ok()
    }

    /// Whether the debtor's bank has to register it first.
    #[must_use]
    pub fn is_unregistered(&self) -> bool {
        self.state == MandateState::Signed
    }

    fn at_bank(&self) -> Vec<&Debit> {
        let all = self.debits.iter();
        all.filter(|(_, _, state)| state.is_at_bank()).collect()
    }

    fn ahead(&self) -> Vec<&Debit> {
        use CollectionState::{Notified, Planned};
        let all = self.debits.iter();
        all.filter(|(_, _, state)| matches!(state, Planned | Notified))
            .collect()
    }
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &MandatePage) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let body = html! {
        (parts::back(lang))
        h1 { (title) }
        (revoked(lang, view, frame.acts))
        @if view.is_unregistered() { (unregistered(frame, view)) }
        (said(lang, view))
        p { a href=(paths::mandate_pdf(view.id)) { (d::MANDATE_PDF.of(lang)) } }
        (debits(lang, view))
        @if frame.acts && view.can_revoke() {
            form method="post" action=(paths::mandate(view.id)) {
                (parts::tokens(&frame.csrf, &view.key))
                div.actions {
                    button.button.quiet name="step" value="check" { (t::REVOKE.of(lang)) }
                }
            }
        }
    };
    portal_page(frame, &Head::of(title), &body)
}

/// What the debtor does before a mandate between companies can be used.
fn unregistered(frame: &Frame, view: &MandatePage) -> Markup {
    let lang = frame.language;
    parts::banner(
        Tone::Warn,
        t::TO_REGISTER.of(lang),
        &html! {
            p { (t::TO_REGISTER_MORE.of(lang)) }
            @if frame.acts {
                form method="post" action=(paths::mandate(view.id)) {
                    (parts::tokens(&frame.csrf, &view.key))
                    div.actions {
                        button.button name="step" value="registered" { (t::REGISTERED.of(lang)) }
                    }
                }
            }
        },
    )
}

/// The check before it is revoked.
#[must_use]
pub fn check(frame: &Frame, view: &MandatePage) -> Markup {
    let lang = frame.language;
    let title = t::REVOKE_TITLE.of(lang);
    let body = html! {
        h1 { (title) }
        (said(lang, view))
        (consequences(lang, view, t::AT_YOUR_BANK))
        form method="post" action=(paths::mandate(view.id)) {
            (parts::tokens(&frame.csrf, &view.key))
            div.actions {
                button.button name="step" value="confirm" { (t::REVOKE.of(lang)) }
                a href=(paths::mandate(view.id)) { (c::CANCEL.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::of(title), &body)
}

/// What is said once it is revoked: what to do instead.
pub(crate) fn revoked(lang: Language, view: &MandatePage, acts: bool) -> Markup {
    html! {
        @if view.state == MandateState::Revoked {
            (parts::banner(Tone::Info, t::REVOKED.of(lang), &html! {
                @if view.instead.is_empty() { p { (t::REVOKE_MORE.of(lang)) } } @else {
                    p { (t::INSTEAD.of(lang)) }
                    ul {
                        @for (on, amount) in &view.instead {
                            li {
                                @match on {
                                    Some(day) => { (t::on(lang, *amount, *day)) }
                                    None => {
                                        (parts::amount(lang, *amount)) " " (t::NOW.of(lang))
                                    }
                                }
                            }
                        }
                    }
                }
                @if let (true, Some(address)) = (acts, &view.pay) {
                    p { a href=(address) { (t::PAY.of(lang)) } }
                }
            }))
        }
    }
}

/// The mandate itself.
pub(crate) fn said(lang: Language, view: &MandatePage) -> Markup {
    let account = format!("•••• {}", view.last_four);
    let mut rows = vec![
        (
            pay::MANDATE_REF.of(lang),
            html! { span.num { (view.reference) } },
        ),
        (
            pay::CREDITOR_ID.of(lang),
            html! { span.num { (view.creditor_id) } },
        ),
        (pay::ACCOUNT.of(lang), html! { span.num { (account) } }),
        (
            t::SCHEME.of(lang),
            html! { (scheme_words(view.scheme).of(lang)) },
        ),
        (t::USAGE.of(lang), html! { (usage_words(lang, view.usage)) }),
        (c::STATUS.of(lang), standing(lang, view.state)),
    ];
    if let Some(day) = view.signed_on {
        rows.push((t::SIGNED_ON.of(lang), parts::date(lang, day)));
    }
    parts::facts(&rows)
}

/// How a mandate stands.
pub(crate) fn standing(lang: Language, state: MandateState) -> Markup {
    let tone = match state {
        MandateState::Active => Tone::Ok,
        MandateState::Draft | MandateState::Signed => Tone::Info,
        MandateState::Suspended => Tone::Warn,
        MandateState::Refused => Tone::Bad,
        _ => Tone::Calm,
    };
    parts::tag(tone, happening::mandate_state(state).of(lang))
}

/// Its debits.
pub(crate) fn debits(lang: Language, view: &MandatePage) -> Markup {
    let titles = [
        pay::DEBIT_DAY.of(lang),
        c::STATUS.of(lang),
        c::AMOUNT.of(lang),
    ];
    let rows = html! {
        @for (day, amount, state) in view.debits.iter().rev() {
            tr {
                th scope="row" { (parts::date(lang, *day)) }
                td { (parts::tag(tone(*state), happening::debit_state(*state).of(lang))) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, *amount)) }
            }
        }
    };
    html! {
        h2 { (t::DEBITS.of(lang)) }
        @if view.debits.is_empty() { p.sub { (t::NO_DEBITS.of(lang)) } } @else {
            (parts::table(&titles, &[2], &rows))
        }
    }
}

const fn tone(state: CollectionState) -> Tone {
    match state {
        CollectionState::Settled | CollectionState::Firm | CollectionState::Closed => Tone::Ok,
        CollectionState::Rejected | CollectionState::Returned => Tone::Bad,
        CollectionState::Refunded | CollectionState::Reversed => Tone::Warn,
        CollectionState::Cancelled => Tone::Calm,
        _ => Tone::Info,
    }
}

/// What revoking it does, before it is done.
pub(crate) fn consequences(lang: Language, view: &MandatePage, at_bank: Text) -> Markup {
    html! {
        p { (t::REVOKE_MORE.of(lang)) }
        (listed(lang, t::STOPPED.of(lang), &view.ahead()))
        (listed(lang, at_bank.of(lang), &view.at_bank()))
    }
}

fn listed(lang: Language, words: &str, all: &[&Debit]) -> Markup {
    html! {
        @if !all.is_empty() {
            p { (words) }
            ul.plain { @for (day, amount, _) in all { li { (t::on(lang, *amount, *day)) } } }
        }
    }
}
