//! For tests: how SQLite answers what is asked of it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use diesel::connection::{Connection, InstrumentationEvent};
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::conn::{Conn, Db};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

impl Conn {
    /// How SQLite would answer a query.
    pub(crate) fn plan(&mut self, query: &str) -> String {
        let Db::Sqlite(db) = &mut self.db else {
            panic!("SQLite alone explains itself like this");
        };
        let explained = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}"));
        let steps: Vec<Step> = explained.load(db).unwrap();
        let steps: Vec<String> = steps.into_iter().map(|step| step.detail).collect();
        steps.join("; ")
    }

    /// Of what this work asks, each query once that reads all rows of a table or of a supplier,
    /// with how it would be answered; and how many queries there were.
    pub(crate) fn reading_all(&mut self, work: impl FnOnce(&mut Self)) -> (Vec<String>, usize) {
        let asked = self.asked(work);
        let all = |step: &str| step.starts_with("SCAN ") || step.ends_with("(supplier_id=?)");
        let mut found = Vec::new();
        for query in &asked {
            let plan = self.plan(query);
            if plan.split("; ").any(all) {
                found.push(format!("{query}\n{plan}"));
            }
        }
        (found, asked.len())
    }

    /// The texts of all queries that this work asks, each once.
    fn asked(&mut self, work: impl FnOnce(&mut Self)) -> BTreeSet<String> {
        let all = Arc::new(Mutex::new(BTreeSet::new()));
        let kept = Arc::clone(&all);
        self.db
            .set_instrumentation(move |event: InstrumentationEvent<'_>| {
                if let InstrumentationEvent::StartQuery { query, .. } = event {
                    let text = query.to_string();
                    let bare = text.split(" -- binds:").next().unwrap_or_default();
                    kept.lock().unwrap().insert(bare.to_owned());
                }
            });
        work(self);
        self.db
            .set_instrumentation(|_: InstrumentationEvent<'_>| {});
        let found = all.lock().unwrap();
        found.clone()
    }
}
