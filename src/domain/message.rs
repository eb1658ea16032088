//! Messages in the outbox: at most once by itself, never silently lost (design promise 4).

use crate::day::Moment;
use crate::id::{ContactId, DebtorId, MessageId, SupplierId};
use crate::scenario::Channel;

text_enum! {
    /// What a message is about: decides its template.
    pub enum MessageKind {
        /// Due date ahead.
        Notice = "notice",
        /// First reminder.
        Reminder1 = "reminder_1",
        /// Second reminder.
        Reminder2 = "reminder_2",
        /// Last reminder before formal notice.
        Reminder3 = "reminder_3",
        /// Formal notice to pay, with its breakdown.
        FormalNotice = "formal_notice",
        /// Money received.
        Thanks = "thanks",
        /// Money of the debtor's went back.
        MoneyBack = "money_back",
        /// A direct debit was refused or sent back.
        DebitEnded = "debit_ended",
        /// A promise was noted.
        PromiseNoted = "promise_noted",
        /// A promised day, or that of an instalment, comes near.
        PromiseSoon = "promise_soon",
        /// A promised payment did not come.
        PromiseBroken = "promise_broken",
        /// A delay or plan was asked for.
        PlanReceived = "plan_received",
        /// A delay or plan was agreed.
        PlanAccepted = "plan_accepted",
        /// The supplier offers other days or amounts.
        PlanCountered = "plan_countered",
        /// The supplier said no to a delay or plan.
        PlanRefused = "plan_refused",
        /// An instalment did not come.
        PlanMissed = "plan_missed",
        /// A dispute was received.
        DisputeReceived = "dispute_received",
        /// The supplier needs something of the debtor to answer a dispute.
        DisputeQuestion = "dispute_question",
        /// The supplier answers a dispute later than it said.
        DisputeDelayed = "dispute_delayed",
        /// The supplier answered a dispute.
        DisputeAnswer = "dispute_answer",
        /// A mandate was signed.
        MandateSigned = "mandate_signed",
        /// A mandate was revoked.
        MandateRevoked = "mandate_revoked",
        /// A direct debit is announced (amount, day, creditor identifier, mandate reference).
        DebitNotice = "debit_notice",
        /// A debit that the payment provider makes is under way: the notice of it.
        DebitUnderWay = "debit_under_way",
        /// A debit that the payment provider makes was refused by the debtor's bank.
        DebitRefused = "debit_refused",
        /// A fresh link, asked for on an expired one.
        FreshLink = "fresh_link",
        /// A code that proves who acts.
        Code = "code",
        /// An access that a contact gave to a colleague.
        Forwarded = "forwarded",
        /// A contact's details were changed.
        ContactChanged = "contact_changed",
    }
}

impl MessageKind {
    /// Whether a payment, dispute or promise made in the meantime silences it.
    #[must_use]
    pub const fn is_reminder(self) -> bool {
        matches!(
            self,
            Self::Notice
                | Self::Reminder1
                | Self::Reminder2
                | Self::Reminder3
                | Self::FormalNotice
                | Self::PromiseBroken
        )
    }

    /// Whether a scenario's step may be of this kind.
    #[must_use]
    pub const fn is_step(self) -> bool {
        self.is_reminder() && !matches!(self, Self::PromiseBroken)
    }

    /// Whether it leaves only once a person has said yes.
    #[must_use]
    pub const fn needs_approval(self) -> bool {
        matches!(self, Self::FormalNotice)
    }

    /// Whether it waits for business hours: what we write by ourselves does, what answers the
    /// debtor or its money leaves at once.
    #[must_use]
    pub const fn keeps_hours(self) -> bool {
        self.is_reminder() || matches!(self, Self::PlanMissed | Self::PromiseSoon)
    }
}

impl MessageKind {
    /// Whether it is for its own contact alone: a code, a link asked for, an access passed on, or
    /// word of a changed mailbox mean nothing to whoever takes over.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(
            self,
            Self::Code | Self::FreshLink | Self::Forwarded | Self::ContactChanged
        )
    }
}

text_enum! {
    /// Why a message is not sent to a contact who is not written to any more.
    pub enum Withheld {
        /// It was for that contact alone.
        ContactLeft = "contact_left",
        /// Nobody else there has a mailbox.
        NobodyLeft = "nobody_left",
    }
}

text_enum! {
    /// States of a message in the outbox.
    pub enum MessageState {
        /// Waiting to be sent.
        Due = "due",
        /// A sender has taken it, under a lease.
        Claimed = "claimed",
        /// The mail server is being given the text: from here on it may arrive.
        Data = "data",
        /// The mail server took it.
        Sent = "sent",
        /// Refused for now; waits for its next try.
        Retry = "retry",
        /// Refused for good.
        Failed = "failed",
        /// Cut off while the text was given: nobody knows; a human decides.
        Unknown = "unknown",
        /// No longer wanted: paid, disputed or promised meanwhile.
        Cancelled = "cancelled",
        /// A human decided not to send it again.
        Abandoned = "abandoned",
    }
}

text_enum! {
    /// What can happen to a message.
    pub enum MessageEvent {
        /// A sender takes it.
        Claim = "claim",
        /// The sender's lease ended before it started the text.
        LeaseEnded = "lease_ended",
        /// The text is about to be given to the mail server.
        StartData = "start_data",
        /// The mail server said 250.
        Accepted = "accepted",
        /// The mail server said 4xx, or could not be reached before the text.
        Deferred = "deferred",
        /// The mail server said 5xx.
        RefusedForGood = "refused_for_good",
        /// The connection was cut after the text had started.
        CutOff = "cut_off",
        /// What it asks for was paid, disputed or promised.
        Silence = "silence",
        /// A relay log or delivery report proved it left.
        ProvedSent = "proved_sent",
        /// A delivery report or the provider says that it did not arrive.
        Bounced = "bounced",
        /// A human decides to send it again, under the same Message-ID.
        SendAgain = "send_again",
        /// A human decides to let it be.
        GiveUp = "give_up",
    }
}

machine!(
    "message",
    MessageState,
    MessageEvent,
    [
        (Due, Claim, Claimed),
        (Due, Silence, Cancelled),
        (Claimed, LeaseEnded, Due),
        (Claimed, StartData, Data),
        (Claimed, Deferred, Retry),
        (Claimed, RefusedForGood, Failed),
        (Claimed, Silence, Cancelled),
        (Data, Accepted, Sent),
        (Data, Deferred, Retry),
        (Data, RefusedForGood, Failed),
        (Data, CutOff, Unknown),
        (Retry, Claim, Claimed),
        (Retry, Silence, Cancelled),
        (Sent, Bounced, Failed),
        (Unknown, ProvedSent, Sent),
        (Unknown, Bounced, Failed),
        (Unknown, SendAgain, Due),
        (Unknown, GiveUp, Abandoned),
        (Failed, SendAgain, Due),
        (Failed, GiveUp, Abandoned),
    ]
);

/// A message on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// Id; its digits make the Message-ID, the same on every attempt.
    pub id: MessageId,
    /// In whose name.
    pub supplier: SupplierId,
    /// To which debtor.
    pub debtor: DebtorId,
    /// To whom there.
    pub contact: ContactId,
    /// What about.
    pub kind: MessageKind,
    /// By which way.
    pub channel: Channel,
    /// Where it stands.
    pub state: MessageState,
    /// Not before this instant.
    pub due_at: Moment,
    /// How many times a sender took it.
    pub attempts: u16,
    /// Grows with each claim; a late sender's writes are refused by it.
    pub fence: i64,
    /// The id of the payment, promise, dispute, remark, mandate or collection it is about; empty
    /// when it is about the account alone.
    pub about: String,
}

/// Minutes to wait after the n-th refused attempt, the last one for all later attempts.
pub const RETRY_MINUTES: &[i64] = &[5, 15, 60, 240, 720];

/// Attempts after which a refused message fails for good.
pub const ATTEMPTS_MAX: u16 = 12;
