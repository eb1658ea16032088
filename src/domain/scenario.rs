//! Scenarios: which message goes out how many days before or after the due date.

use crate::message::MessageKind;

/// One step. Its code is stable: the trace of what was sent names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Stable name within the scenario: `reminder_1`.
    pub code: String,
    /// Days from the due date, negative before it.
    pub offset_days: i64,
    /// The template.
    pub kind: MessageKind,
}

/// An ordered list of steps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scenario {
    /// Grows with each change; part of the trace of what was sent.
    pub version: u32,
    /// Steps by rising offset.
    pub steps: Vec<Step>,
}

impl Scenario {
    /// The French default: notice at −7, reminders at +3, +10 and +20 days.
    #[must_use]
    pub fn french_default() -> Self {
        let step = |kind: MessageKind, offset_days| Step {
            code: kind.as_str().to_owned(),
            offset_days,
            kind,
        };
        Self {
            version: 1,
            steps: vec![
                step(MessageKind::Notice, -7),
                step(MessageKind::Reminder1, 3),
                step(MessageKind::Reminder2, 10),
                step(MessageKind::Reminder3, 20),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_french_default_has_four_dates_and_codes() {
        let scenario = Scenario::french_default();
        let steps: Vec<_> = scenario
            .steps
            .iter()
            .map(|step| (step.code.as_str(), step.offset_days))
            .collect();
        let expected = [
            ("notice", -7),
            ("reminder_1", 3),
            ("reminder_2", 10),
            ("reminder_3", 20),
        ];
        assert_eq!(steps, expected);
        assert!(scenario.steps.iter().all(|step| step.kind.is_reminder()));
    }
}
