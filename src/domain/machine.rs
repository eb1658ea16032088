//! State machines as tables of data.
//!
//! Each machine is a list of edges (state, event, next state). A pair that is not in the list is
//! refused: there is no setter that goes round the table. `docs/machines/` holds their drawings.

use std::fmt::{Display, Write};

/// One edge: in this state, on this event, go to that state.
pub type Edge<S, E> = (S, E, S);

/// An event that the object's state does not admit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a {machine} that is '{state}' cannot take '{event}'")]
pub struct Refused {
    machine: &'static str,
    state: &'static str,
    event: &'static str,
}

/// The name of a state or event, as stored and drawn.
pub trait Named: Copy + PartialEq + Display + 'static {
    /// Every value.
    fn all() -> &'static [Self];
    /// The stable name.
    fn name(self) -> &'static str;
}

/// Looks the edge up.
pub fn step<S: Named, E: Named>(
    machine: &'static str,
    table: &[Edge<S, E>],
    state: S,
    event: E,
) -> Result<S, Refused> {
    table
        .iter()
        .find(|(from, on, _)| *from == state && *on == event)
        .map(|(_, _, to)| *to)
        .ok_or(Refused {
            machine,
            state: state.name(),
            event: event.name(),
        })
}

/// The states that can be reached from `start`, itself included, in the order they are found.
pub fn reachable<S: Named, E: Named>(table: &[Edge<S, E>], start: S) -> Vec<S> {
    let mut found = vec![start];
    let mut next = 0;
    while let Some(state) = found.get(next).copied() {
        for (from, _, to) in table {
            if *from == state && !found.contains(to) {
                found.push(*to);
            }
        }
        next += 1;
    }
    found
}

/// The machine as a GraphViz drawing.
pub fn to_dot<S: Named, E: Named>(machine: &str, table: &[Edge<S, E>]) -> String {
    let mut dot = format!("digraph {machine} {{\n  rankdir=LR;\n  node [shape=box];\n");
    for (from, event, to) in table {
        // Writing to a String cannot fail.
        let _ = writeln!(dot, "  {from} -> {to} [label=\"{event}\"];");
    }
    dot.push_str("}\n");
    dot
}

/// Gives a state enum its machine: `TRANSITIONS`, `on` and `Named` for states and events.
macro_rules! machine {
    ($name:literal, $state:ident, $event:ident, [$(($from:ident, $on:ident, $to:ident)),+ $(,)?]) => {
        impl $crate::machine::Named for $state {
            fn all() -> &'static [Self] { Self::ALL }
            fn name(self) -> &'static str { self.as_str() }
        }
        impl $crate::machine::Named for $event {
            fn all() -> &'static [Self] { Self::ALL }
            fn name(self) -> &'static str { self.as_str() }
        }
        impl $state {
            /// The machine's name.
            pub const MACHINE: &'static str = $name;
            /// Every edge; what is not listed is refused.
            pub const TRANSITIONS: &'static [$crate::machine::Edge<$state, $event>] =
                &[$(($state::$from, $event::$on, $state::$to)),+];
            /// The next state, or a refusal that names machine, state and event.
            pub fn on(self, event: $event) -> Result<Self, $crate::machine::Refused> {
                $crate::machine::step(Self::MACHINE, Self::TRANSITIONS, self, event)
            }
        }
    };
}
