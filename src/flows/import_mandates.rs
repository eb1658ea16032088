//! Mandates signed on paper or elsewhere are taken over from a file; a known one is left alone.

use domain::SupplierId;
use domain::mandate::{Mandate, MandateEvent, MandateState};
use domain::party::Supplier;
use domain::payment::Method;
use domain::{DebtorId, Moment};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note};
use crate::app::App;
use crate::clock::new_id;
use crate::import::mandates::{MandateRefusal, MandateRow, read};
use crate::store::{self, Conn};
use crate::vault;

/// What a file led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Mandates taken over.
    pub mandates: usize,
    /// Mandates that were here before.
    pub known: usize,
    /// Rows refused, and why.
    pub refused: Vec<MandateRefusal>,
}

/// Takes over what can be, row by row; read again, the file changes nothing.
pub async fn run(
    app: &App,
    supplier: SupplierId,
    name: &str,
    bytes: &[u8],
    actor: Actor,
) -> Result<Taken, FlowError> {
    let rows = read(bytes).map_err(|why| FlowError::Unusable(format!("{name}: {why}")))?;
    let source = Source {
        name: name.to_owned(),
        sha256: vault::sha256(bytes),
        actor,
        now: app.now(),
    };
    let mut taken = Taken::default();
    for row in rows {
        let row = match row {
            Ok(row) => row,
            Err(why) => {
                taken.refused.push(why);
                continue;
            }
        };
        let source = source.clone();
        let done = app
            .store
            .write(supplier, move |conn| {
                let owner = store::supplier::find(conn, supplier)?;
                source.take(conn, &owner, &row)
            })
            .await?;
        match done {
            Ok(true) => taken.mandates += 1,
            Ok(false) => taken.known += 1,
            Err(why) => taken.refused.push(why),
        }
    }
    Ok(taken)
}

/// Where rows come from.
#[derive(Clone)]
struct Source {
    name: String,
    sha256: String,
    actor: Actor,
    now: Moment,
}

impl Source {
    /// Takes one over; false when its reference is here already.
    fn take(
        &self,
        conn: &mut Conn,
        owner: &Supplier,
        row: &MandateRow,
    ) -> Result<Result<bool, MandateRefusal>, FlowError> {
        let refused = |field, value: &str, rule: &str| {
            Ok(Err(MandateRefusal {
                line: row.line,
                field,
                value: value.to_owned(),
                rule: rule.to_owned(),
            }))
        };
        if row.signed_on > owner.zone.day(self.now) {
            let day = row.signed_on.to_string();
            return refused("signed_on", &day, "a mandate is signed before it is used");
        }
        let codes = [row.customer.clone()];
        let found = store::debtor::find_by_codes(conn, owner.id, &codes)?;
        let Some(debtor) = found.first().map(|debtor| debtor.id) else {
            let rule = "no customer has this code: import the balance first";
            return refused("customer", &row.customer, rule);
        };
        let mandate = self.mandate(owner, row, debtor)?;
        let (creditor, reference) = (&mandate.creditor_id, &mandate.reference);
        if let Some(holder) = store::mandate::owner_of(conn, owner.id, creditor, reference)? {
            if holder == debtor {
                return Ok(Ok(false));
            }
            let rule = "another customer has a mandate of this reference";
            return refused("reference", row.reference.as_str(), rule);
        }
        self.record(conn, owner, &mandate, row)?;
        Ok(Ok(true))
    }

    fn mandate(
        &self,
        owner: &Supplier,
        row: &MandateRow,
        debtor: DebtorId,
    ) -> Result<Mandate, FlowError> {
        let bank = owner.bank.as_ref();
        let creditor_id = bank.and_then(|bank| bank.creditor_id.clone());
        let signed = MandateState::Draft.on(MandateEvent::Sign)?;
        Ok(Mandate {
            id: new_id(),
            supplier: owner.id,
            debtor,
            reference: row.reference.clone(),
            creditor_id: creditor_id.ok_or(FlowError::NotOffered(Method::Debit))?,
            scheme: row.scheme,
            usage: row.usage,
            state: signed.on(MandateEvent::Activate)?,
            holder: row.holder.clone(),
            iban: row.iban.clone(),
            bic: row.bic.clone(),
            signed_on: Some(row.signed_on),
            signatory: row.signatory.clone(),
            created_at: self.now,
        })
    }

    fn record(
        &self,
        conn: &mut Conn,
        owner: &Supplier,
        mandate: &Mandate,
        row: &MandateRow,
    ) -> Result<(), FlowError> {
        enter(conn, owner.id, mandate.debtor)?;
        let evidence = serde_json::json!({
            "at": self.now.to_string(),
            "paper": true,
            "file": self.name,
            "file_sha256": self.sha256,
            "line": row.line,
            "by": self.actor.words(),
        });
        store::mandate::insert(conn, mandate, &evidence.to_string())?;
        if let Some(day) = row.last_collected_on {
            store::mandate::set_used_on(conn, owner.id, mandate.id, day)?;
        }
        let deed = Deed {
            actor: &self.actor,
            action: "mandate.taken_over",
            debtor: mandate.debtor,
            subject: mandate.id.to_string(),
            detail: format!("{} of {}", mandate.reference, self.name),
        };
        note(conn, owner.id, self.now, deed)
    }
}
