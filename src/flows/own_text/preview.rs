//! A text as a customer would read it: its real account, and made-up facts where a message tells
//! of something that has not happened.

use domain::dispute::Reason;
use domain::invoice::{Invoice, ItemKind, Share};
use domain::late::ChargeKind;
use domain::mandate::Scheme;
use domain::message::MessageKind;
use domain::own_text::{Draft, Slot};
use domain::party::{ContactState, Supplier};
use domain::scenario::Channel;
use domain::sms::spell;
use domain::{Day, DebtorId, InvoiceId, Money};
use views::mail::{
    DebitFacts, DisputeFacts, DisputeOutcome, DisputeSaid, FormalFacts, Mail, MailInvoice,
    MandateFacts, Rendered, ThanksFacts,
};

use crate::app::App;
use crate::clock::new_id;
use crate::flows::error::FlowError;
use crate::flows::letter::{Fact, brand, built_in, own, summed, worded};
use crate::store::{self, Conn, StoreError};

/// Invoices that a preview lists.
const SHOWN: usize = 40;

/// Days from today to what is made up: a promised day, a debit, an answer.
const AHEAD_DAYS: i64 = 10;

/// A text filled in for an account.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The customer.
    pub customer: String,
    /// The message by mail.
    pub mail: Rendered,
    /// The text message, as it would leave.
    pub text: Option<String>,
    /// Why it is in the built-in words, if the supplier's could not be filled in.
    pub failed: Option<String>,
}

/// A text for this account; the built-in one without a draft. Its link leads nowhere.
pub async fn preview(
    app: &App,
    supplier: &Supplier,
    (slot, draft): (Slot, Option<&Draft>),
    debtor: DebtorId,
) -> Result<Preview, FlowError> {
    let (owner, today) = (supplier.clone(), supplier.zone.day(app.now()));
    let read = move |conn: &mut Conn| Ok(mail(conn, &owner, slot, (debtor, today)));
    let mut mail = app.store.read(supplier.id, read).await??;
    mail.link = format!("{}/l/{}", app.origin, "0".repeat(33));
    written(slot, draft, mail, today)
}

/// A mail that was begun, in its words.
pub(super) fn written(
    slot: Slot,
    draft: Option<&Draft>,
    mut mail: Mail,
    today: Day,
) -> Result<Preview, FlowError> {
    let fact = fact(slot.kind, &mail, today)?;
    let own = draft.map(|draft| own::words(slot, draft, &mail, own::about(&fact)));
    let (own, failed) = match own.transpose() {
        Ok(own) => (own, None),
        Err(why) => (None, Some(why)),
    };
    let text = match (slot.channel, &own) {
        (Channel::Sms, Some(own)) => Some(spell(&own.body)),
        (Channel::Sms, None) => built_in(slot.kind, &fact, &mail)?,
        _ => None,
    };
    mail.own = own;
    Ok(Preview {
        text,
        customer: mail.debtor.clone(),
        mail: worded(slot.kind, &fact, &mut mail)?,
        failed,
    })
}

/// The account as a message of this kind would tell it.
pub(super) fn mail(
    conn: &mut Conn,
    supplier: &Supplier,
    slot: Slot,
    (debtor, today): (DebtorId, Day),
) -> Result<Mail, FlowError> {
    let account = store::debtor::find(conn, supplier.id, debtor)?;
    let contacts = store::contact::of_debtor(conn, supplier.id, debtor)?;
    let active = |one: &&domain::party::Contact| one.state == ContactState::Active;
    let greeting = contacts
        .iter()
        .find(active)
        .and_then(|one| one.name.clone());
    let open = store::invoice::open_of_debtor(conn, supplier.id, debtor)?;
    let invoices = listed(slot.kind, &open, today)?;
    Ok(Mail {
        brand: brand(supplier),
        language: slot.language,
        legal_mode: supplier.legal_mode,
        debtor: account.name,
        greeting,
        totals: summed(invoices.iter().map(|one| one.amount))?,
        invoices,
        apart: Vec::new(),
        link: String::new(),
        own: None,
        is_trial: false,
    })
}

/// What a message of this kind would be about: before the due day or after it; all that is open
/// where nothing is late, and something made up where nothing is open.
fn listed(kind: MessageKind, open: &[Invoice], today: Day) -> Result<Vec<MailInvoice>, FlowError> {
    let all: Vec<&Invoice> = open
        .iter()
        .filter(|item| item.kind == ItemKind::Invoice)
        .collect();
    let wanted = |item: &&&Invoice| (kind == MessageKind::Notice) != item.is_late(today);
    let mut chosen: Vec<&Invoice> = all.iter().filter(wanted).copied().collect();
    if chosen.is_empty() {
        chosen = all;
    }
    let mut found = Vec::new();
    for item in chosen.into_iter().take(SHOWN) {
        let amount = item.remindable()?;
        if amount.is_positive() {
            found.push(MailInvoice {
                number: item.number.clone(),
                due_on: item.due_on,
                amount,
                late: item.is_late(today),
            });
        }
    }
    if found.is_empty() {
        found.push(made_up(kind, today));
    }
    Ok(found)
}

fn made_up(kind: MessageKind, today: Day) -> MailInvoice {
    let ahead = kind == MessageKind::Notice;
    MailInvoice {
        number: "F-0001".to_owned(),
        due_on: today.plus_days(if ahead { AHEAD_DAYS } else { -AHEAD_DAYS }),
        amount: Money::eur(100_000),
        late: !ahead,
    }
}

/// What has not happened is made up of the account.
fn fact(kind: MessageKind, mail: &Mail, today: Day) -> Result<Fact, FlowError> {
    let first = mail.totals.first().copied();
    let amount = first.unwrap_or_else(|| Money::eur(100_000));
    let soon = today.plus_days(AHEAD_DAYS);
    let number = mail.invoices.first().map(|one| one.number.clone());
    let number = number.unwrap_or_default();
    Ok(match kind {
        MessageKind::FormalNotice => Fact::Formal(formal(mail, today)?),
        MessageKind::Thanks => {
            let facts = ThanksFacts {
                amount,
                set_off: false,
                received_on: today,
                remaining: Vec::new(),
            };
            Fact::Thanks(facts, Vec::new())
        }
        MessageKind::PromiseNoted | MessageKind::PromiseBroken => {
            Fact::Promise(amount, soon, Vec::new())
        }
        MessageKind::PromiseSoon => {
            let invoice = new_id::<InvoiceId>();
            Fact::Soon(soon, vec![Share { invoice, amount }])
        }
        MessageKind::DisputeReceived => Fact::Dispute(DisputeFacts {
            invoice: number,
            amount,
            rest: Money::zero(amount.currency()),
            reason: Reason::DeliveryNoteMissing,
            answer_by: soon,
            owner: None,
        }),
        MessageKind::DisputeAnswer => Fact::Said(DisputeSaid {
            invoice: number,
            amount,
            words: "…".to_owned(),
            answer_by: soon,
            owner: None,
            outcome: DisputeOutcome::Rejected,
            settled: false,
            files: false,
        }),
        MessageKind::DebitRefused => Fact::ProviderDebit(amount, Vec::new()),
        MessageKind::DebitNotice => Fact::Debit(Some(DebitFacts {
            amount,
            collect_on: soon,
            mandate: mandate()?,
        })),
        MessageKind::MandateSigned => Fact::Mandate(mandate()?),
        _ => Fact::None,
    })
}

fn formal(mail: &Mail, today: Day) -> Result<FormalFacts, FlowError> {
    let currency = mail.totals.first().map(|sum| sum.currency());
    let charge = |minor: i64| Money::new(minor, currency.unwrap_or(domain::Currency::EUR));
    let charges = vec![
        (ChargeKind::Interest, vec![charge(12_345)]),
        (ChargeKind::Indemnity, vec![charge(4_000)]),
    ];
    let all = charges.iter().flat_map(|(_, amounts)| amounts.iter());
    let total = summed(mail.totals.iter().chain(all).copied())?;
    Ok(FormalFacts {
        on: today,
        pay_by: today.plus_days(8),
        charges,
        total,
    })
}

fn mandate() -> Result<MandateFacts, FlowError> {
    let made_up = |why: domain::bank::BankError| FlowError::Unusable(why.to_string());
    Ok(MandateFacts {
        reference: "EXEMPLE-0001".parse().map_err(made_up)?,
        creditor_id: "FR72ZZZ123456".parse().map_err(made_up)?,
        scheme: Scheme::Core,
        iban_last_four: "0000".to_owned(),
    })
}

/// The account of a preview: the first that this search finds, or any.
pub async fn customer(
    app: &App,
    supplier: domain::SupplierId,
    search: String,
) -> Result<Option<DebtorId>, FlowError> {
    let found = app.store.read(supplier, move |conn| {
        let some = store::debtor::page(conn, supplier, &search, None, 20)?;
        let ids: Vec<DebtorId> = some.iter().map(|one| one.id).collect();
        let mut owing: Vec<DebtorId> = Vec::new();
        for id in &ids {
            if !store::invoice::open_of_debtor(conn, supplier, *id)?.is_empty() {
                owing.push(*id);
                break;
            }
        }
        Ok::<_, StoreError>(owing.first().or(ids.first()).copied())
    });
    Ok(found.await?)
}
