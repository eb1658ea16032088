//! The steps of a course that hold amounts without paying: promises and disputes.

use acquit::flows::dispute::{Declaration, Reply, answer, declare};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::{Actor, FlowError};
use domain::dispute::{DisputeEvent, Reason};

use super::Course;

impl Course {
    /// Promises a part of the invoice.
    pub(super) async fn promise(&mut self, key: String) -> Result<&'static str, FlowError> {
        let (app, shares) = (self.app(), vec![self.part()]);
        let due_on = "2026-03-12".parse().unwrap();
        let pledge = Pledge {
            shares,
            due_on,
            key,
        };
        make(&app, self.party.visitor, pledge).await?;
        Ok("promised")
    }

    /// Disputes a part, or has the latest dispute refused.
    pub(super) async fn dispute(&mut self, key: String) -> Result<&'static str, FlowError> {
        let app = self.app();
        if let Some(last) = self.disputes.pop() {
            let reply = Reply {
                event: DisputeEvent::Reject,
                text: "It is as agreed".into(),
                credit: None,
                until: None,
                actor: Actor::job("race"),
                key: None,
            };
            answer(&app, self.supplier.id, last, reply).await?;
            return Ok("dispute refused");
        }
        let amount = Some(self.part().amount);
        let declaration = Declaration {
            invoice: self.party.invoice.id,
            reason: Reason::Price,
            amount,
            lines: Vec::new(),
            text: String::new(),
            key,
        };
        let id = declare(&app, self.party.visitor, declaration).await?;
        self.disputes.push(id);
        Ok("disputed")
    }
}
