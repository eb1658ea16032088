//! What must hold of the messages and the steps of the whole course.

use std::collections::{BTreeMap, BTreeSet};

use domain::scenario::Recipe;
use domain::{Day, Moment, Zone};

use super::Simulation;

impl Simulation {
    /// Every message left within hours, no account was written to twice within its gap, and no
    /// mailbox got more than its share.
    pub(super) fn check_messages(&self) -> usize {
        let sql =
            "SELECT m.debtor_id || ' ' || m.due_at || ' ' || m.kind || ' ' || c.email AS value
            FROM message m JOIN contact c ON c.supplier_id = m.supplier_id AND c.id = m.contact_id
            ORDER BY m.debtor_id, m.due_at, m.id";
        let rows = self.rows(sql);
        let mut last: Option<(String, Day)> = None;
        let mut boxes: BTreeMap<(String, Day), u16> = BTreeMap::new();
        for row in &rows {
            let at = Moment::from_micros(row[1].parse().unwrap());
            assert!(
                self.rhythm.is_open(Zone::PARIS, at),
                "{} leaves at {at}",
                row[2]
            );
            let on = Zone::PARIS.day(at);
            if let Some((debtor, before)) = &last
                && *debtor == row[0]
            {
                let gap = before.days_until(on);
                assert!(
                    gap >= 7,
                    "{debtor} was written to after {gap} days, on {on}"
                );
            }
            last = Some((row[0].clone(), on));
            *boxes.entry((row[3].clone(), on)).or_default() += 1;
        }
        let most = boxes.values().max().copied().unwrap_or_default();
        assert!(
            most <= self.rhythm.daily_max,
            "a mailbox got {most} in a day"
        );
        assert!(
            boxes.values().any(|count| *count > 1),
            "a mailbox is shared"
        );
        rows.len()
    }

    /// Of each invoice that is still open each step was taken or passed over, and of no invoice a
    /// step twice or too early.
    pub(super) fn check_steps(&self) -> (usize, usize) {
        let sql = "SELECT s.invoice_id || ' ' || s.code || ' ' || s.done_on || ' ' || i.due_on
              || ' taken' AS value FROM reminder_step s JOIN invoice i
              ON i.supplier_id = s.supplier_id AND i.id = s.invoice_id
            UNION ALL
            SELECT s.invoice_id || ' ' || s.code || ' ' || s.passed_on || ' ' || i.due_on
              || ' ' || s.reason AS value FROM step_passed s JOIN invoice i
              ON i.supplier_id = s.supplier_id AND i.id = s.invoice_id";
        let (mut taken, mut passed) = (0, 0);
        let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in self.rows(sql) {
            let (on, due): (Day, Day) = (row[2].parse().unwrap(), row[3].parse().unwrap());
            let steps = seen.entry(row[0].clone()).or_default();
            assert!(!steps.contains(&row[1]), "{} twice of {}", row[1], row[0]);
            steps.push(row[1].clone());
            let late = due.days_until(on);
            match row[4].as_str() {
                "taken" => {
                    taken += 1;
                    let notice = row[1] == "notice";
                    assert_eq!(notice, late <= 0, "{} {late} days after", row[1]);
                }
                _ => passed += 1,
            }
        }
        let codes = |recipe: Recipe| recipe.steps().into_iter().map(|step| step.code);
        for item in &self.open {
            let debtor = self
                .debtors
                .iter()
                .find(|one| one.id == item.debtor)
                .unwrap();
            if debtor.code == "D7" {
                assert!(
                    !seen.contains_key(&item.id.to_string()),
                    "nobody was reached"
                );
                continue;
            }
            let expected: BTreeSet<String> = match debtor.code.as_bytes().last() {
                Some(b'3') => codes(Recipe::Resend).collect(),
                Some(b'5') => codes(Recipe::Gentle).collect(),
                _ => codes(Recipe::Standard).collect(),
            };
            let found = seen
                .get(&item.id.to_string())
                .into_iter()
                .flatten()
                .cloned();
            let found: BTreeSet<String> = found.collect();
            assert_eq!(found, expected, "{} due {}", debtor.code, item.due_on);
        }
        (taken, passed)
    }
}
