//! Nowhere: everything is accepted and nothing leaves. For demonstrations.

use async_trait::async_trait;
use domain::Moment;

use super::{Order, Outcome, Taken, Texter};
use crate::gateway::read_mail::Told;

#[derive(Debug)]
pub(super) struct Nowhere;

#[async_trait]
impl Texter for Nowhere {
    async fn send(&self, order: &Order) -> Outcome {
        Outcome::Accepted(Taken {
            reference: order.id.to_string(),
            ..Taken::default()
        })
    }

    async fn greet(&self, _at: Moment) -> Result<String, String> {
        Ok("none is set up: texts are kept and none leaves".to_owned())
    }

    async fn follow(&self, _reference: &str, _at: Moment) -> Option<Told> {
        None
    }
}
