//! Every machine, edge by edge and non-edge by non-edge, against its drawing in `docs/machines/`.
//!
//! The drawings are the second opinion: changing a table without looking at its drawing fails.
//! `ACQUIT_WRITE=1 cargo test -p acquit-domain machine` draws them anew.

use std::fmt::Debug;
use std::path::PathBuf;

use crate::account_change::{ChangeEvent, ChangeState};
use crate::approval::{ApprovalEvent, ApprovalState};
use crate::batch::{BatchEvent, BatchState};
use crate::collection::{CollectionEvent, CollectionState};
use crate::dispute::{DisputeEvent, DisputeState};
use crate::letter::{LetterEvent, LetterState};
use crate::machine::{Edge, Named, Refused, reachable, to_dot};
use crate::mandate::{MandateEvent, MandateState};
use crate::message::{MessageEvent, MessageState};
use crate::payment::{PaymentEvent, PaymentState};
use crate::plan::{PlanEvent, PlanState};
use crate::promise::{PromiseEvent, PromiseState};
use crate::recall::{RecallEvent, RecallState};
use crate::reversal::{ReversalEvent, ReversalState};
use crate::saved_card::{CardEvent, CardState};
use crate::statement::{FileEvent, FileState};

/// A machine and what is expected of it.
struct Machine<S: 'static, E: 'static> {
    name: &'static str,
    table: &'static [Edge<S, E>],
    on: fn(S, E) -> Result<S, Refused>,
    start: S,
    /// The states that nothing leaves.
    ends: &'static [S],
}

impl<S: Named + Debug, E: Named + Debug> Machine<S, E> {
    fn check(&self) {
        self.check_edges();
        self.check_states();
        self.check_drawing();
    }

    fn check_edges(&self) {
        for state in S::all() {
            for event in E::all() {
                let edges = self
                    .table
                    .iter()
                    .filter(|(s, e, _)| s == state && e == event);
                let expected: Vec<S> = edges.map(|(_, _, to)| *to).collect();
                let found = (self.on)(*state, *event);
                let place = format!("{}: {state:?} on {event:?}", self.name);
                match (expected.as_slice(), found) {
                    ([to], Ok(next)) => assert_eq!(next, *to, "{place}"),
                    ([], Err(refused)) => self.check_refusal(&refused, *state, *event),
                    (edges, found) => panic!("{place}: {edges:?} listed, {found:?} found"),
                }
            }
        }
    }

    fn check_refusal(&self, refused: &Refused, state: S, event: E) {
        let (name, state, event) = (self.name, state.name(), event.name());
        let expected = format!("a {name} that is '{state}' cannot take '{event}'");
        assert_eq!(refused.to_string(), expected);
    }

    fn check_states(&self) {
        let found = reachable(self.table, self.start);
        for state in S::all() {
            assert!(
                found.contains(state),
                "{}: {state:?} is out of reach",
                self.name
            );
            let leaves = self.table.iter().any(|(from, _, _)| from == state);
            assert_eq!(
                leaves,
                !self.ends.contains(state),
                "{}: {state:?}",
                self.name
            );
        }
        for event in E::all() {
            let used = self.table.iter().any(|(_, on, _)| on == event);
            assert!(used, "{}: {event:?} leads nowhere", self.name);
        }
    }

    fn check_drawing(&self) {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("../../docs/machines")
            .join(format!("{}.dot", self.name));
        let drawing = to_dot(self.name, self.table);
        if std::env::var_os("ACQUIT_WRITE").is_some() {
            std::fs::write(&path, &drawing).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            kept, drawing,
            "draw docs/machines anew with ACQUIT_WRITE=1 and look at it"
        );
    }
}

macro_rules! machine_test {
    ($test:ident, $state:ident, $event:ident, $start:ident, [$($end:ident),*]) => {
        #[test]
        fn $test() {
            Machine::<$state, $event> {
                name: $state::MACHINE,
                table: $state::TRANSITIONS,
                on: $state::on,
                start: $state::$start,
                ends: &[$($state::$end),*],
            }
            .check();
        }
    };
}

machine_test!(
    approval,
    ApprovalState,
    ApprovalEvent,
    Waiting,
    [Approved, Declined, Lapsed]
);
machine_test!(
    batch,
    BatchState,
    BatchEvent,
    Draft,
    [Closed, Rejected, Cancelled]
);
machine_test!(
    recall,
    RecallState,
    RecallEvent,
    Draft,
    [Answered, Cancelled]
);
machine_test!(
    collection,
    CollectionState,
    CollectionEvent,
    Planned,
    [Rejected, Returned, Refunded, Reversed, Cancelled]
);
machine_test!(dispute, DisputeState, DisputeEvent, Open, [Credited]);
machine_test!(letter, LetterState, LetterEvent, Printed, [Posted, Held]);
machine_test!(
    mandate,
    MandateState,
    MandateEvent,
    Draft,
    [Revoked, Superseded, Expired, Refused]
);
machine_test!(
    message,
    MessageState,
    MessageEvent,
    Due,
    [Cancelled, Abandoned]
);
machine_test!(payment, PaymentState, PaymentEvent, Created, [Returned]);
machine_test!(
    plan,
    PlanState,
    PlanEvent,
    Proposed,
    [Refused, Replaced, Defaulted, Cancelled]
);
machine_test!(
    promise,
    PromiseState,
    PromiseEvent,
    Made,
    [Superseded, Cancelled]
);

machine_test!(reversal, ReversalState, ReversalEvent, Pending, [CameBack]);
machine_test!(
    account_change,
    ChangeState,
    ChangeEvent,
    Proposed,
    [Done, Withdrawn]
);
machine_test!(saved_card, CardState, CardEvent, Asked, [Removed]);
machine_test!(
    bank_file,
    FileState,
    FileEvent,
    Waiting,
    [Imported, Refused, Discarded]
);

/// What the design promises about states, whatever edges are added later.
#[test]
fn promises_of_the_design_hold_in_the_tables() {
    let late_money = [
        PaymentState::Failed,
        PaymentState::Cancelled,
        PaymentState::Expired,
    ];
    for state in late_money {
        assert_eq!(
            state.on(PaymentEvent::Confirmed),
            Ok(PaymentState::Succeeded)
        );
        assert!(!state.reserves());
    }
    for event in [
        MessageEvent::Claim,
        MessageEvent::LeaseEnded,
        MessageEvent::Deferred,
    ] {
        assert!(
            MessageState::Unknown.on(event).is_err(),
            "{event} sends an unknown one again"
        );
    }
    assert!(MessageState::Data.on(MessageEvent::LeaseEnded).is_err());
    for state in [CollectionState::Batched, CollectionState::Submitted] {
        assert!(
            state.on(CollectionEvent::Cancel).is_err(),
            "{state} is in a file"
        );
    }
}

/// Every drawing belongs to a machine.
#[test]
fn no_drawing_is_left_over() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/machines");
    let known = [
        "account_change",
        "approval",
        "bank_file",
        "batch",
        "collection",
        "dispute",
        "letter",
        "mandate",
        "message",
        "payment",
        "plan",
        "promise",
        "recall",
        "reversal",
        "saved_card",
    ];
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let machine = file.strip_suffix(".dot");
        assert!(machine.is_some_and(|name| known.contains(&name)), "{file}");
    }
}
