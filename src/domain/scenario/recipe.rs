//! Scenarios to begin with. Who has no mailbox is reached otherwise, the dearer the way the later.

use super::{Behaviour, Block, Channel, Step};
use crate::message::MessageKind::{FormalNotice, Notice, Reminder1, Reminder2, Reminder3};

text_enum! {
    /// A scenario to begin with.
    pub enum Recipe {
        /// A notice and three reminders.
        Standard = "standard",
        /// The same with more time, for customers to keep.
        Gentle = "gentle",
        /// Close together, by several channels, up to a formal notice.
        Firm = "firm",
        /// For public bodies, which pay through a service of their own.
        Public = "public",
        /// The invoice again, and a call the next day to settle the date.
        Resend = "resend",
    }
}

const MAIL: &[Channel] = &[Channel::Email];
const MAIL_OR_SMS: &[Channel] = &[Channel::Email, Channel::Sms];
const MAIL_FIRST: &[Channel] = &[Channel::Email, Channel::Sms, Channel::Letter];
const MAIL_OR_LETTER: &[Channel] = &[Channel::Email, Channel::Letter];
const LETTER_FIRST: &[Channel] = &[Channel::Letter, Channel::Email];
const CALL: &[Channel] = &[Channel::Call];

impl Recipe {
    /// Its steps.
    #[must_use]
    pub fn steps(self) -> Vec<Step> {
        let step = |kind, offset, channels| Step::email(kind, offset).by(channels);
        match self {
            Self::Standard => vec![
                step(Notice, -7, MAIL),
                step(Reminder1, 3, MAIL_OR_SMS),
                step(Reminder2, 10, MAIL_FIRST),
                step(Reminder3, 20, MAIL_FIRST),
            ],
            Self::Gentle => vec![
                step(Notice, -10, MAIL),
                step(Reminder1, 7, MAIL_OR_SMS),
                keeping_away(step(Reminder2, 21, MAIL_FIRST)),
                keeping_away(step(Reminder3, 45, MAIL_FIRST)),
            ],
            Self::Firm => vec![
                step(Notice, -5, MAIL),
                step(Reminder1, 2, MAIL_FIRST),
                step(Reminder2, 8, MAIL_FIRST),
                after_broken(step(Reminder2, 12, CALL).named("call")),
                step(Reminder3, 15, MAIL_FIRST),
                step(FormalNotice, 30, LETTER_FIRST),
            ],
            Self::Public => vec![
                step(Notice, -3, MAIL),
                step(Reminder1, 15, MAIL),
                step(Reminder2, 30, MAIL_OR_LETTER),
                step(Reminder3, 60, MAIL_OR_LETTER),
            ],
            Self::Resend => vec![
                step(Notice, -7, MAIL),
                step(Reminder1, 3, MAIL_OR_SMS),
                step(Reminder1, 4, CALL).named("call_1"),
                step(Reminder2, 12, MAIL_FIRST),
                step(Reminder2, 13, CALL).named("call_2"),
                step(Reminder3, 20, MAIL_FIRST),
            ],
        }
    }
}

fn keeping_away(mut step: Step) -> Step {
    step.when.unless = vec![Block::Dispute, Block::Plan];
    step
}

fn after_broken(mut step: Step) -> Step {
    step.when.behaviour = Behaviour::Broken;
    step
}
