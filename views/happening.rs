//! The timeline: what happened to an invoice or an account, newest first.

use domain::bounce::{Status, Verdict};
use domain::call::Outcome;
use domain::collection::CollectionState;
use domain::confirmation::Answers;
use domain::dispute::{DisputeState, Reason};
use domain::mandate::MandateState;
use domain::message::{MessageKind, MessageState, Withheld};
use domain::party::Language;
use domain::payment::{Method, PaymentState};
use domain::plan::PlanState;
use domain::promise::PromiseState;
use domain::reversal::{Cause, ReversalState};
use domain::scenario::Channel;
use domain::{Day, Moment, Money, Zone};
use maud::{Markup, html};

use crate::format;
use crate::text::happening as t;

/// One thing that happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Happening {
    /// When.
    pub at: Moment,
    /// What.
    pub what: What,
}

/// The kinds of things that happen, each with the facts worth telling.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A message of this kind by this way, and how far it got.
    Message(MessageKind, Channel, MessageState, Origin),
    /// A call: what came of it, who made it, what was noted.
    Call(Outcome, String, String, Origin),
    /// A message that was not sent to a contact who had left.
    Withheld(MessageKind, Withheld),
    /// A dispute was declared.
    Dispute(Reason, Money),
    /// A dispute was answered or taken back, with the words said about it.
    DisputeOutcome(DisputeState, String),
    /// Card money went back, or may.
    MoneyBack(Cause, ReversalState, Money),
    /// A promise of this much for that day, and how it stands.
    Promise(Money, Day, PromiseState),
    /// A payment, and how it stands.
    Payment(Method, Money, PaymentState),
    /// A direct debit of this much on that day, and how it stands.
    Debit(Money, Day, CollectionState),
    /// A delay or plan of this much in so many instalments, and how it stands.
    Plan(Money, usize, PlanState),
    /// What the debtor said of the invoice before it fell due.
    Confirmation(Answers),
    /// What a mail server or provider told of a message, and to which mailbox that went.
    MailTold(Verdict, Option<Status>, String),
    /// Somebody wrote a mail: from which mailbox, about what, in which words.
    Wrote(String, String, String),
    /// Somebody opened the account through a link.
    Opened,
    /// A mandate with this reference, and how it stands.
    Mandate(String, MandateState),
}

/// From what a message was made, as far as that is known. Debtors are not told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origin {
    /// The scenario's steps that it takes.
    pub steps: Option<Steps>,
    /// The version of the supplier's own text.
    pub text: Option<u32>,
}

/// Steps of one version of a scenario.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Steps {
    /// The scenario's name and version; none for the one that is built in.
    pub scenario: Option<(String, u32)>,
    /// The days of the steps from the due day.
    pub days: Vec<i64>,
}

impl What {
    fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Message(.., origin) | Self::Call(.., origin) => Some(origin),
            _ => None,
        }
    }
}

/// The list, in the order given.
pub(crate) fn timeline(lang: Language, zone: Zone, all: &[Happening]) -> Markup {
    html! {
        ol.time {
            @for one in all {
                li {
                    time.sub datetime=(one.at) { (format::moment(lang, zone, one.at)) }
                    (t::words(lang, &one.what))
                    @if let Some(words) = one.what.origin().and_then(|of| t::origin(lang, of)) {
                        span.sub { (words) }
                    }
                    @if let What::Wrote(_, _, words) | What::Call(_, _, words, _) = &one.what
                        && !words.is_empty() {
                        blockquote { @for line in words.lines() { (line) br; } }
                    }
                }
            }
        }
    }
}
