//! The demonstration's direct debits: by the supplier's own bank, or by its payment provider.

use anyhow::Context as _;
use domain::Day;
use domain::batch::BatchState;
use domain::collection::{Collection, CollectionState};
use domain::invoice::Share;
use domain::mandate::{Scheme, Usage};
use domain::party::{Language, Supplier};

use super::demo_story::Stage;
use crate::flows::collect::{self, end_to_end_id};
use crate::flows::debit::{self, DebitOrder};
use crate::flows::hooks;
use crate::flows::mandate::{self, Signature};
use crate::flows::pay_by_card::CardOrder;
use crate::flows::provider_debit::{self, Agreement};
use crate::flows::sandbox::DebitTurn;
use crate::flows::{Actor, Visitor, bank_file, batch};
use crate::store;

/// Days before today from which on files are left to whoever tries the demonstration.
const LEFT_DAYS: i64 = 4;

/// Days after which the provider's debits of the story have been paid.
const ANSWERED_DAYS: i64 = 8;

/// Has a share debited, by whoever debits for the supplier.
pub(super) async fn debit(
    stage: &Stage,
    (visitor, share): (Visitor, Share),
    (day, back): (Day, i64),
    key: String,
) -> anyhow::Result<()> {
    let supplier = visitor.supplier;
    let owner = stage
        .app
        .store
        .read(supplier, move |conn| store::supplier::find(conn, supplier))
        .await?;
    if provider_debit::serves(&owner) {
        by_provider(stage, (visitor, share), (&owner, back), key).await
    } else {
        later(stage, (visitor, share), (&owner, day), key).await
    }
}

async fn by_provider(
    stage: &Stage,
    (visitor, share): (Visitor, Share),
    (owner, back): (&Supplier, i64),
    key: String,
) -> anyhow::Result<()> {
    if domain::payment::provider_debit(share.amount).is_err() {
        return Ok(());
    }
    let order = CardOrder {
        what: vec![share].into(),
        key,
    };
    let agreed = Agreement {
        wording: views::portal::provider_debit::wording(Language::Fr, &owner.name),
        address: "127.0.0.1".into(),
        agent: "demo".into(),
    };
    let page = provider_debit::start(&stage.app, visitor, (order, agreed)).await?;
    let page = page.url.rsplit('/').next().unwrap_or_default();
    let agreed = stage.sandbox.pay(page, true, stage.now());
    let mut events = vec![agreed.context("no page of the debit")?];
    if back > ANSWERED_DAYS {
        let paid = stage.sandbox.turn(page, DebitTurn::Pays, stage.now());
        events.push(paid.context("no page of the debit")?);
    }
    for event in events {
        hooks::receive_stripe(&stage.app, owner.id, &event.signature, event.body).await?;
    }
    hooks::read_waiting(&stage.app).await?;
    Ok(())
}

async fn later(
    stage: &Stage,
    (visitor, share): (Visitor, Share),
    (owner, day): (&Supplier, Day),
    key: String,
) -> anyhow::Result<()> {
    let signature = Signature {
        holder: "COMPTE COURANT".into(),
        iban: "FR7630004008120001020304005".parse()?,
        bic: None,
        usage: Usage::Recurring,
        signatory: "Service comptabilité".into(),
        place: "Nantes".into(),
        wording: views::portal::mandate::wording(Language::Fr, &owner.name, (Scheme::Core, 1)),
        address: "127.0.0.1".into(),
        agent: "demo".into(),
        key: format!("{key}-mandate"),
    };
    let mandate = mandate::sign(&stage.app, visitor, signature).await?;
    let collect_on = debit::first_day(owner, stage.now()).max(day.plus_days(9));
    let order = DebitOrder {
        mandate,
        what: vec![share].into(),
        collect_on,
        key,
    };
    debit::order(&stage.app, visitor, order).await?;
    Ok(())
}

/// What staff and bank do with debits on a day: those that are near go to the bank, and the money
/// of those whose day has come arrives.
pub(super) async fn at_the_bank(
    stage: &Stage,
    owner: &Supplier,
    (day, back): (Day, i64),
) -> anyhow::Result<()> {
    if provider_debit::serves(owner) || back < LEFT_DAYS || day.is_weekend() {
        return Ok(());
    }
    let (app, id) = (&stage.app, owner.id);
    let submitted = CollectionState::Submitted;
    let due = app
        .store
        .read(id, move |conn| {
            store::collection::in_state_until(conn, id, submitted, day)
        })
        .await?;
    let iban = owner
        .bank
        .as_ref()
        .map(|bank| bank.iban.as_str().to_owned());
    for debit in due {
        let told = notice(iban.as_deref().unwrap_or_default(), &debit, day);
        let name = format!("avis-{}.xml", end_to_end_id(&debit));
        bank_file::run(app, id, &name, told.into_bytes()).await?;
    }
    let staff = Actor::job("demo");
    if let Some(made) = collect::run(app, id, staff.clone()).await? {
        let file = made.batch.id;
        let approved = batch::approve(app, id, file, staff.clone()).await?;
        if approved.state == BatchState::Approved {
            batch::export(app, id, file, staff).await?;
        }
    }
    Ok(())
}

/// The bank's notice of one debit's money.
fn notice(iban: &str, debit: &Collection, day: Day) -> String {
    let (name, amount) = (end_to_end_id(debit), debit.amount.to_decimal());
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\">\
         <BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>{name}</MsgId></GrpHdr><Ntfctn><Id>{name}</Id>\
         <Acct><Id><IBAN>{iban}</IBAN></Id></Acct><Ntry><Amt Ccy=\"EUR\">{amount}</Amt>\
         <CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>\
         <NtryDtls><TxDtls><Refs><EndToEndId>{name}</EndToEndId></Refs></TxDtls></NtryDtls>\
         </Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    )
}
