//! Scenarios: which message goes out how many days before or after the due date, by which channel,
//! to whom, and who must say yes first. They are data; every change is a new version.

mod check;
mod recipe;
#[cfg(test)]
mod tests;

pub use check::{Fault, LEAST_MAX, OFFSET_MAX, OFFSET_MIN, REST_MAX, STEPS_MAX, check};
pub use recipe::Recipe;

use crate::id::ScenarioId;
use crate::message::MessageKind;
use crate::party::LegalMode;

text_enum! {
    /// A way to reach somebody.
    pub enum Channel {
        /// E-mail.
        Email = "email",
        /// Text message.
        Sms = "sms",
        /// Letter.
        Letter = "letter",
        /// Telephone call by staff.
        Call = "call",
    }
}

impl Channel {
    /// Those that a machine sends by itself; for the others staff has something to do.
    pub const BY_MACHINE: &'static [Channel] = &[Channel::Email, Channel::Sms];
}

text_enum! {
    /// What kind of customer a debtor is: decides its scenario.
    pub enum Profile {
        /// Like most.
        Standard = "standard",
        /// A customer that matters much.
        Key = "key",
        /// A small customer.
        Small = "small",
        /// One that pays late again and again.
        Late = "late",
        /// A public body.
        Public = "public",
    }
}

text_enum! {
    /// What stands on an account that a step may keep away from.
    pub enum Block {
        /// An open dispute.
        Dispute = "dispute",
        /// A promise whose day has not passed.
        Promise = "promise",
        /// A plan that is kept.
        Plan = "plan",
        /// A mandate under which it is collected.
        Mandate = "mandate",
    }
}

text_enum! {
    /// Which accounts a step is for, by how they have behaved.
    pub enum Behaviour {
        /// All.
        Any = "any",
        /// Those that broke no promise within a year.
        Kept = "kept",
        /// Those that broke one.
        Broken = "broken",
    }
}

/// What must hold for a step to be taken. The usual value asks for nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conditions {
    /// The least that is asked for of the invoice, in whole units of its currency.
    pub least_amount: u32,
    /// The least that the account owes in that currency, in whole units.
    pub least_balance: u32,
    /// The profiles it is for; all when none is named.
    pub profiles: Vec<Profile>,
    /// How the account has behaved.
    pub behaviour: Behaviour,
    /// What keeps it away.
    pub unless: Vec<Block>,
    /// Days since the account was last written to, at least.
    pub rest_days: u16,
}

impl Default for Conditions {
    fn default() -> Self {
        Self {
            least_amount: 0,
            least_balance: 0,
            profiles: Vec::new(),
            behaviour: Behaviour::Any,
            unless: Vec::new(),
            rest_days: 0,
        }
    }
}

/// One step. Its code is stable: the trace of what was sent names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Stable name within the scenario: `reminder_1`.
    pub code: String,
    /// Days from the due date, negative before it.
    pub offset_days: i64,
    /// The template, and how firm it is.
    pub kind: MessageKind,
    /// By which channel: the first that is there and by which somebody can be reached.
    pub channels: Vec<Channel>,
    /// What must hold.
    pub when: Conditions,
    /// Whether a person must say yes before it leaves.
    pub approval: bool,
}

impl Step {
    /// An e-mail without conditions, with its kind for a code.
    #[must_use]
    pub fn email(kind: MessageKind, offset_days: i64) -> Self {
        Self {
            code: kind.as_str().to_owned(),
            offset_days,
            kind,
            channels: vec![Channel::Email],
            when: Conditions::default(),
            approval: kind.needs_approval(),
        }
    }

    /// The same by other channels.
    #[must_use]
    pub fn by(mut self, channels: &[Channel]) -> Self {
        self.channels = channels.to_vec();
        self
    }

    /// The same under another code.
    #[must_use]
    pub fn named(mut self, code: &str) -> Self {
        code.clone_into(&mut self.code);
        self
    }

    /// Whether it goes out before the due day.
    #[must_use]
    pub const fn is_notice(&self) -> bool {
        self.offset_days < 0
    }
}

/// An ordered list of steps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scenario {
    /// Which; none for the one that is built in.
    pub id: Option<ScenarioId>,
    /// Grows with each change; part of the trace of what was sent.
    pub version: u32,
    /// Steps by rising offset.
    pub steps: Vec<Step>,
    /// Whether a payment is thanked for.
    pub thanks: bool,
}

impl Scenario {
    /// The French default: notice at −7, reminders at +3, +10 and +20 days.
    #[must_use]
    pub fn french_default() -> Self {
        Self {
            id: None,
            version: 1,
            steps: Recipe::Standard.steps(),
            thanks: true,
        }
    }

    /// Whether one of its steps asks this of the account.
    #[must_use]
    pub fn asks(&self, block: Block) -> bool {
        self.steps
            .iter()
            .any(|step| step.when.unless.contains(&block))
    }

    /// Whether one of its steps asks how the account has behaved.
    #[must_use]
    pub fn asks_behaviour(&self) -> bool {
        let asks = |step: &Step| step.when.behaviour != Behaviour::Any;
        self.steps.iter().any(asks)
    }

    /// A code for a new step of this kind that no step has.
    #[must_use]
    pub fn free_code(taken: &[&str], kind: MessageKind) -> String {
        let codes = (1..).map(|n: u32| match n {
            1 => kind.as_str().to_owned(),
            n => format!("{kind}_{n}"),
        });
        let mut free = codes.filter(|code| !taken.contains(&code.as_str())).take(1);
        free.next().unwrap_or_default()
    }
}

/// Whether a supplier of this legal mode may send this (`law.md` §2, white label): an operator
/// under the supplier's name reminds and does no more; a mandated collector owes the debtor a first
/// letter of its own (CPCE R124-4), which no step of a scenario is.
#[must_use]
pub const fn allowed(mode: LegalMode, kind: MessageKind) -> bool {
    match mode {
        LegalMode::OwnAccount => true,
        LegalMode::OutsourcedReminder => !matches!(kind, MessageKind::FormalNotice),
        LegalMode::ThirdParty => !kind.is_step(),
    }
}
