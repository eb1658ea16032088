//! Years of days for many debtors: ticks at any hour, missed days, restarts, two nodes at
//! once, stale balances, pauses, disputes and payments. Each due step is taken once or passed over
//! with a reason, and nothing leaves on a forbidden day or hour. `tests/run gateway` has it run for
//! three years of 500 debtors; else it is shorter.

mod checks;

use std::collections::BTreeSet;

use acquit::clock::new_id;
use acquit::flows::pause::Asked;
use acquit::flows::{Actor, FlowError, pause, plan_reminders, scenario};
use acquit::gateway::email::Mailer;
use acquit::store::invoice::Hold;
use acquit::store::{self, Conn};
use domain::hours::Rhythm;
use domain::invoice::{Invoice, ItemKind, Share};
use domain::party::{Debtor, Supplier};
use domain::pause::{PauseKind, PauseReason};
use domain::scenario::{Profile, Recipe};
use domain::{Day, Moment, Money, ScenarioId, Zone};

use crate::support::databases::backends;
use crate::support::world::{World, insert_invoice, paris};

const START: &str = "2026-01-01";

/// Numbers that are the same at each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

/// What happened, for the summary.
#[derive(Debug, Default)]
struct Course {
    days: u64,
    ticks: u64,
    missed_days: u64,
    restarts: u64,
    stale_days: u64,
    pauses: u64,
    invoices: u64,
    paid: u64,
    disputed: u64,
}

struct Simulation {
    world: World,
    supplier: Supplier,
    debtors: Vec<Debtor>,
    open: Vec<Invoice>,
    disputed: Vec<(Invoice, Day)>,
    dice: Dice,
    course: Course,
    rhythm: Rhythm,
}

impl Simulation {
    async fn new(backend: &str, debtors: usize) -> Self {
        let world = World::new(backend, paris(START, 7));
        let supplier = world.supplier("four").await;
        let mut all = Vec::new();
        for n in 0..debtors {
            all.push(world.debtor(&supplier, &format!("D{n}")).await.0);
        }
        // An accountant who keeps the books of many.
        let shared = "UPDATE contact SET email = 'compta@cabinet.example'
            WHERE debtor_id IN (SELECT id FROM debtor WHERE code LIKE 'D1_')";
        // Nobody there can be reached.
        let nobody = "UPDATE contact SET email = NULL
            WHERE debtor_id IN (SELECT id FROM debtor WHERE code = 'D7')";
        let profiles = "UPDATE debtor SET profile = CASE
            WHEN code LIKE 'D%3' THEN 'late' WHEN code LIKE 'D%5' THEN 'key' ELSE 'standard' END";
        for sql in [shared, nobody, profiles] {
            world.conn().run_sql(sql).unwrap();
        }
        for (profile, recipe) in [
            (Profile::Late, Recipe::Resend),
            (Profile::Key, Recipe::Gentle),
        ] {
            let (app, id) = (&world.app, new_id::<ScenarioId>());
            let job = || Actor::job("test");
            let new = (id, recipe.to_string(), recipe);
            scenario::create(app, supplier.id, new, job())
                .await
                .unwrap();
            scenario::activate(app, &supplier, (id, 1), None, job())
                .await
                .unwrap();
            let wish = (profile, Some(id));
            scenario::assign(app, &supplier, wish, None, job())
                .await
                .unwrap();
        }
        Self {
            world,
            supplier,
            debtors: all,
            open: Vec::new(),
            disputed: Vec::new(),
            dice: Dice(7),
            course: Course::default(),
            rhythm: Rhythm::default(),
        }
    }

    async fn write(&self, work: impl Fn(&mut Conn) -> Result<(), FlowError> + Send + 'static) {
        let id = self.supplier.id;
        self.world.app.store.write(id, work).await.unwrap();
    }

    /// What the books and the debtors do on a day.
    async fn live(&mut self, today: Day) {
        let mut new = Vec::new();
        for debtor in &self.debtors {
            if self.dice.one_in(55) {
                let due_on = today.plus_days(15 + i64::try_from(self.dice.below(30)).unwrap());
                new.push(invoice(debtor, due_on, self.course.invoices + 1));
                self.course.invoices += 1;
            }
        }
        let (mut paid, mut disputed) = (Vec::new(), Vec::new());
        let dice = &mut self.dice;
        self.open.retain(|item| {
            let late = item.due_on.days_until(today);
            let pays = late > -5 && dice.one_in(25);
            if pays {
                paid.push(item.clone());
            } else if late > 0 && dice.one_in(400) {
                disputed.push(item.clone());
            }
            !pays && !disputed.iter().any(|one| one.id == item.id)
        });
        let (back, still): (Vec<_>, Vec<_>) = std::mem::take(&mut self.disputed)
            .into_iter()
            .partition(|(_, until)| *until <= today);
        self.disputed = still;
        self.course.paid += u64::try_from(paid.len()).unwrap();
        self.course.disputed += u64::try_from(disputed.len()).unwrap();
        let until = today.plus_days(40);
        self.disputed
            .extend(disputed.iter().map(|one| (one.clone(), until)));
        self.open.extend(new.iter().cloned());
        self.open.extend(back.iter().map(|(one, _)| one.clone()));
        let touched = [&new, &paid, &disputed]
            .into_iter()
            .flatten()
            .map(|item| item.debtor);
        let touched = touched.chain(back.iter().map(|(item, _)| item.debtor));
        let touched: Vec<_> = touched.collect::<BTreeSet<_>>().into_iter().collect();
        let (supplier, back) = (self.supplier.id, back);
        self.write(move |conn| {
            for item in &new {
                insert_invoice(conn, item)?;
            }
            for item in &paid {
                let amount = item.open;
                store::invoice::apply(
                    conn,
                    supplier,
                    &Share {
                        invoice: item.id,
                        amount,
                    },
                )?;
            }
            for item in &disputed {
                store::invoice::hold(conn, supplier, item.id, Hold::Disputed, item.open)?;
            }
            for (item, _) in &back {
                let less = item.open.checked_neg()?;
                store::invoice::hold(conn, supplier, item.id, Hold::Disputed, less)?;
            }
            Ok(store::debtor::touch_many(conn, supplier, &touched, today)?)
        })
        .await;
    }

    async fn pause(&mut self, today: Day) {
        let at =
            usize::try_from(self.dice.below(u64::try_from(self.debtors.len()).unwrap())).unwrap();
        let debtor = self.debtors[at].id;
        let until = today.plus_days(i64::try_from(self.dice.below(50)).unwrap());
        let asked = Asked {
            debtor: (!self.dice.one_in(20)).then_some(debtor),
            invoice: None,
            kind: PauseKind::Pause,
            reason: PauseReason::Talks,
            note: String::new(),
            until: if self.dice.one_in(20) {
                today.plus_days(2)
            } else {
                until
            },
        };
        let (app, supplier) = (&self.world.app, self.supplier.id);
        let job = Actor::job("test");
        pause::begin(app, supplier, (new_id(), asked), job)
            .await
            .unwrap();
        self.course.pauses += 1;
    }

    /// The program is started anew on the same database.
    fn restart(&mut self) {
        self.world.app = self.world.node(Mailer::Mailbox);
        self.course.restarts += 1;
    }

    async fn tick(&mut self, at: Moment) {
        self.world.go_to(at);
        let id = self.supplier.id;
        let find = move |conn: &mut Conn| store::supplier::find(conn, id);
        let supplier = self.world.app.store.read(id, find).await.unwrap();
        let plan = || plan_reminders::run(&self.world.app, &supplier);
        if self.dice.0 & 1024 == 0 {
            // Two nodes tick at once.
            let (one, other) = futures_util::future::join(plan(), plan()).await;
            one.unwrap();
            other.unwrap();
        } else {
            plan().await.unwrap();
        }
        self.course.ticks += 1;
        // What is due by now leaves.
        let sent = format!(
            "UPDATE message SET state = 'sent', done_at = due_at
             WHERE state = 'due' AND due_at <= {}",
            at.micros()
        );
        self.world.conn().run_sql(&sent).unwrap();
    }

    async fn day(&mut self, today: Day, quiet: bool) {
        self.course.days += 1;
        if !quiet {
            self.live(today).await;
        }
        // The supplier's books were away for a month once.
        let stale = (150..180).contains(&self.course.days) && !quiet;
        self.course.stale_days += u64::from(stale);
        if !stale {
            let id = self.supplier.id;
            self.write(move |conn| Ok(store::supplier::set_data_as_of(conn, id, today)?))
                .await;
        }
        if !quiet && self.dice.one_in(4) {
            self.pause(today).await;
        }
        let outage = (90..102).contains(&self.course.days);
        if !quiet && (outage || self.dice.one_in(6)) {
            self.course.missed_days += 1;
            return;
        }
        if self.dice.one_in(30) {
            self.restart();
        }
        let ticks = if quiet { 1 } else { 1 + self.dice.below(3) };
        let mut hours: Vec<u64> = (0..ticks).map(|_| self.dice.below(24)).collect();
        hours.sort_unstable();
        for hour in hours {
            let start = Zone::PARIS.at_hour(today, 0);
            let minutes = i64::try_from(hour * 60 + self.dice.below(60)).unwrap();
            self.tick(start.plus_minutes(minutes)).await;
        }
    }

    fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let rows = self.world.conn().read_sql(sql).unwrap();
        rows.iter()
            .map(|row| row.split(' ').map(str::to_owned).collect())
            .collect()
    }
}

fn invoice(debtor: &Debtor, due_on: Day, number: u64) -> Invoice {
    let (amount, none) = (Money::eur(12_000), Money::eur(0));
    Invoice {
        id: new_id(),
        supplier: debtor.supplier,
        debtor: debtor.id,
        kind: ItemKind::Invoice,
        number: format!("F{number}"),
        order_ref: None,
        issued_on: due_on.plus_days(-30),
        due_on,
        total: amount,
        open: amount,
        reserved: none,
        disputed: none,
        promised: none,
    }
}

#[actix_web::test]
async fn years_of_days_take_each_step_once_or_say_why_not() {
    let asked = std::env::var("ACQUIT_DAYS").ok();
    let long: Option<i64> = asked.map(|days| days.parse().unwrap());
    for backend in backends() {
        // PostgreSQL answers over a socket: a shorter course there.
        let (debtors, days) = match (backend, long) {
            ("postgres", Some(_)) => (40, 300),
            ("postgres", None) => (20, 200),
            (_, Some(days)) => (500, days),
            (_, None) => (60, 250),
        };
        let mut run = Simulation::new(backend, debtors).await;
        let start: Day = START.parse().unwrap();
        for n in 0..days {
            run.day(start.plus_days(n), false).await;
        }
        // What is left comes to its end: pauses and disputes are over, nothing new comes in.
        for (item, _) in std::mem::take(&mut run.disputed) {
            run.open.push(item);
        }
        let free = "UPDATE invoice SET disputed = 0 WHERE disputed > 0";
        run.world.conn().run_sql(free).unwrap();
        let plan = format!("UPDATE debtor SET plan_on = '{}'", start.plus_days(days));
        run.world.conn().run_sql(&plan).unwrap();
        for n in days..days + 200 {
            run.day(start.plus_days(n), true).await;
        }
        let messages = run.check_messages();
        let (taken, passed) = run.check_steps();
        let reasons = run.rows(
            "SELECT reason || ' ' || COUNT(*) AS value FROM step_passed
             GROUP BY reason ORDER BY reason",
        );
        let reasons: Vec<String> = reasons.iter().map(|row| row.join(" ")).collect();
        println!(
            "{backend}: {debtors} debtors, {:?}\n  {messages} messages for {taken} steps, {passed} \
             passed over: {}",
            run.course,
            reasons.join(", ")
        );
        assert!(taken > debtors && passed > 0 && run.course.restarts > 0);
    }
}
