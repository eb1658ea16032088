//! Five weeks of the demonstration, lived day by day through the same flows as in real use.

use std::sync::Arc;

use anyhow::Context;
use domain::dispute::{DisputeEvent, Reason};
use domain::document::DocumentKind;
use domain::invoice::{Invoice, ItemKind, Share};
use domain::party::Supplier;
use domain::{Day, DebtorId, DisputeId, Moment, SupplierId};

use super::demo_world::{Books, Dice, books, letterhead};
use super::{demo_by_hand, demo_debits, demo_plans};
use crate::app::App;
use crate::flows::attach::{self, Given};
use crate::flows::dispute::{self, Declaration, Reply, Speech};
use crate::flows::documents;
use crate::flows::import_balance::{self, ImportOrder};
use crate::flows::pay_by_card::{self, CardOrder};
use crate::flows::people::{self, Named};
use crate::flows::promise::{self, Pledge};
use crate::flows::sandbox::SandboxGateway;
use crate::flows::{
    Actor, Visitor, add_supplier, card_account, hooks, issue_link, open_account, postal,
};
use crate::jobs;
use crate::store;

/// Days before today on which the story begins.
const WEEKS_DAYS: i64 = 35;

/// The hour of the day at which things happen: inside business hours.
const HOUR: u32 = 9;

/// A page with one line of text: what a debtor attaches.
const DELIVERY_NOTE: &[u8] = b"%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 300]/Contents 4 0 R\
/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 62>>stream
BT /F1 16 Tf 40 240 Td (Bon de livraison : 2 cartons absents) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
";

/// The app on a clock the story moves, and the card pages.
pub(super) struct Stage {
    pub(super) app: Arc<App>,
    pub(super) sandbox: Arc<SandboxGateway>,
    pub(super) card: card_account::CardSettings,
}

/// Lives the five weeks before `today`; gives the suppliers.
pub(super) async fn live(stage: &Stage, today: Day) -> anyhow::Result<Vec<Supplier>> {
    let books = books(today)?;
    for book in &books {
        add_supplier::run(&stage.app, book.supplier.clone()).await?;
        let (id, sender) = (book.supplier.id, letterhead(&book.supplier));
        postal::set_sender(&stage.app, id, sender, Actor::job("demo")).await?;
        card_account::set(&stage.app, book.supplier.id, &stage.card).await?;
    }
    if let Some(book) = books.last() {
        demo_plans::charge_for_lateness(stage, book.supplier.id).await?;
    }
    let own = books.first().context("a demonstration without suppliers")?;
    demo_by_hand::scenarios(stage, &own.supplier).await?;
    let (mut dice, mut other, mut hand) = (Dice::new(7), Dice::new(11), Dice::new(13));
    for back in (0..=WEEKS_DAYS).rev() {
        let day = today.plus_days(-back);
        stage.at(day);
        for book in &books {
            if back % 7 == 0 {
                load(stage, book, day)
                    .await
                    .with_context(|| format!("balance of {day}"))?;
            }
        }
        if back == WEEKS_DAYS {
            demo_by_hand::profiles(stage, own.supplier.id, day).await?;
        }
        jobs::tick(&stage.app)
            .await
            .with_context(|| format!("tick of {day}"))?;
        if !day.is_weekend() && back < WEEKS_DAYS - 5 {
            for book in &books {
                act(stage, &book.supplier, &mut dice, day, back)
                    .await
                    .with_context(|| format!("visit of {day}"))?;
            }
        }
        for book in &books {
            demo_debits::at_the_bank(stage, &book.supplier, (day, back))
                .await
                .with_context(|| format!("debits of {day}"))?;
            demo_by_hand::work(stage, &book.supplier, &mut hand, (day, back))
                .await
                .with_context(|| format!("calls and letters of {day}"))?;
            demo_plans::tell(stage, book.supplier.id, &mut other, (day, back))
                .await
                .with_context(|| format!("plans of {day}"))?;
        }
    }
    for book in &books {
        furnish(stage, &book.supplier).await?;
    }
    jobs::tick(&stage.app).await?;
    Ok(books.into_iter().map(|book| book.supplier).collect())
}

/// Debtors whose open invoices have documents.
const FURNISHED: usize = 8;

/// Documents for some invoices, and a contact who says it is not the right person.
async fn furnish(stage: &Stage, supplier: &Supplier) -> anyhow::Result<()> {
    let id = supplier.id;
    let read = |conn: &mut store::Conn, id| store::debtor::page(conn, id, "", None, 60);
    let debtors = stage.app.store.read(id, move |conn| read(conn, id)).await?;
    for debtor in debtors.iter().take(FURNISHED) {
        let debtor = debtor.id;
        let open = stage
            .app
            .store
            .read(id, move |conn| {
                store::invoice::open_of_debtor(conn, id, debtor)
            })
            .await?;
        for invoice in open.iter().filter(|item| item.kind == ItemKind::Invoice) {
            for kind in DocumentKind::ALL {
                documents::attach_sample(&stage.app, supplier, invoice, *kind).await?;
            }
        }
    }
    let leaving = debtors.last().context("a supplier without debtors")?;
    let visitor = enter(stage, id, leaving.id).await?;
    let successor = Named {
        name: "Service achats".into(),
        email: format!("achats@{}.example", leaving.code.to_lowercase()),
    };
    people::not_me(&stage.app, visitor, Some(successor)).await?;
    Ok(())
}

impl Stage {
    fn at(&self, day: Day) {
        self.app.clock.set(domain::Zone::PARIS.at_hour(day, HOUR));
    }

    pub(super) fn now(&self) -> Moment {
        self.app.now()
    }
}

async fn load(stage: &Stage, book: &Books, day: Day) -> anyhow::Result<()> {
    let order = ImportOrder {
        supplier: book.supplier.id,
        file_name: format!("balance-{day}.csv"),
        as_of: day,
        complete: true,
        mapping: None,
    };
    let csv = std::io::Cursor::new(book.balance(day).into_bytes());
    import_balance::run(&stage.app, order, csv).await?;
    Ok(())
}

/// What one debtor of the supplier does on this day.
async fn act(
    stage: &Stage,
    supplier: &Supplier,
    dice: &mut Dice,
    day: Day,
    back: i64,
) -> anyhow::Result<()> {
    let Some((visitor, open)) = somebody(stage, supplier.id, dice).await? else {
        return Ok(());
    };
    let late: Vec<&Invoice> = open.iter().filter(|invoice| invoice.is_late(day)).collect();
    let Some(first) = late.first() else {
        return Ok(());
    };
    let share = Share {
        invoice: first.id,
        amount: first.payable()?,
    };
    let key = format!("demo-{}-{day}", supplier.code);
    match back % 6 {
        0 => quarrel(stage, visitor, first, dice, key).await,
        1 | 4 => pledge(stage, visitor, share, day.plus_days(2 + back % 9), key).await,
        2 | 5 => pay(stage, visitor, share, back % 5 != 0, key).await,
        _ => demo_debits::debit(stage, (visitor, share), (day, back), key).await,
    }
}

/// A debtor with something payable, chosen by the dice, as if it had opened its link.
pub(super) async fn somebody(
    stage: &Stage,
    supplier: SupplierId,
    dice: &mut Dice,
) -> anyhow::Result<Option<(Visitor, Vec<Invoice>)>> {
    let list = stage
        .app
        .store
        .read(supplier, move |conn| {
            store::debtor::page(conn, supplier, "", None, 60)
        })
        .await?;
    let Some(debtor) = list.get(dice.roll(list.len())) else {
        return Ok(None);
    };
    let id = debtor.id;
    let mut open = stage
        .app
        .store
        .read(supplier, move |conn| {
            store::invoice::open_of_debtor(conn, supplier, id)
        })
        .await?;
    open.retain(|item| item.kind == ItemKind::Invoice && untouched(item));
    Ok(Some((enter(stage, supplier, id).await?, open)))
}

/// Neither disputed nor promised nor being paid.
pub(super) fn untouched(invoice: &Invoice) -> bool {
    invoice.disputed.is_zero() && invoice.promised.is_zero() && invoice.reserved.is_zero()
}

/// A visit through a link that staff handed out.
async fn enter(stage: &Stage, supplier: SupplierId, debtor: DebtorId) -> anyhow::Result<Visitor> {
    let contacts = stage
        .app
        .store
        .read(supplier, move |conn| {
            store::contact::of_debtor(conn, supplier, debtor)
        })
        .await?;
    let contact = contacts.first().context("a debtor without contact")?.id;
    let actor = Actor::job("demo");
    let token = issue_link::run(&stage.app, supplier, debtor, contact, actor).await?;
    let landing = open_account::open(&stage.app, &token.to_string()).await?;
    Ok(landing.context("a fresh link did not open")?.visitor)
}

async fn quarrel(
    stage: &Stage,
    visitor: Visitor,
    invoice: &Invoice,
    dice: &mut Dice,
    key: String,
) -> anyhow::Result<()> {
    let reason = Reason::ALL
        .get(dice.roll(Reason::ALL.len()))
        .copied()
        .unwrap_or(Reason::Other);
    let text = match reason {
        Reason::Price => "Le tarif convenu au devis était de 5 % plus bas.",
        Reason::DeliveryNoteMissing => "Merci de nous adresser le bon de livraison signé.",
        Reason::MissingItems => "Deux cartons manquaient à la livraison.",
        _ => "Pouvez-vous vérifier ce point ?",
    };
    let declaration = Declaration {
        invoice: invoice.id,
        reason,
        amount: None,
        lines: Vec::new(),
        text: text.into(),
        key,
    };
    let id = dispute::declare(&stage.app, visitor, declaration).await?;
    discuss(stage, visitor, id, dice).await
}

/// What the supplier says to it: a question that is answered, a refusal, or nothing yet.
async fn discuss(
    stage: &Stage,
    visitor: Visitor,
    id: DisputeId,
    dice: &mut Dice,
) -> anyhow::Result<()> {
    let reply = |event, text: &str| Reply {
        event,
        text: text.into(),
        credit: None,
        until: None,
        actor: Actor::staff("demo@acquit.example"),
        key: None,
    };
    let (app, supplier) = (&stage.app, visitor.supplier);
    let owner = "Service logistique".to_owned();
    dispute::assign(
        app,
        supplier,
        id,
        owner,
        Actor::staff("demo@acquit.example"),
    )
    .await?;
    match dice.roll(3) {
        0 => {
            let text = "Nous avons vérifié : la livraison et le tarif sont conformes au devis.";
            dispute::answer(app, supplier, id, reply(DisputeEvent::Reject, text)).await?;
        }
        1 => {
            let text = "Pouvez-vous nous envoyer le bon de livraison annoté ?";
            dispute::answer(app, supplier, id, reply(DisputeEvent::AskMore, text)).await?;
            let key = format!("demo-{id}");
            let given = Given {
                name: "bon-de-livraison.pdf".into(),
                body: Ok(DELIVERY_NOTE.to_vec()),
            };
            attach::keep(app, visitor, &key, vec![given]).await?;
            let speech = Speech {
                event: DisputeEvent::Answer,
                text: "Le voici, avec les réserves du réceptionnaire.".into(),
                key,
            };
            dispute::speak(app, visitor, id, speech).await?;
        }
        _ => {}
    }
    Ok(())
}

pub(super) async fn pledge(
    stage: &Stage,
    visitor: Visitor,
    share: Share,
    due_on: Day,
    key: String,
) -> anyhow::Result<()> {
    promise::make(
        &stage.app,
        visitor,
        Pledge {
            shares: vec![share],
            due_on,
            key,
        },
    )
    .await?;
    Ok(())
}

async fn pay(
    stage: &Stage,
    visitor: Visitor,
    share: Share,
    approve: bool,
    key: String,
) -> anyhow::Result<()> {
    let order = CardOrder {
        what: vec![share].into(),
        key,
    };
    // Some keep their card, for whoever tries the demonstration to pay with by one click.
    let redirect = pay_by_card::start_and_keep(&stage.app, visitor, order).await?;
    let provider_ref = redirect.url.rsplit('/').next().unwrap_or_default();
    let hook = stage
        .sandbox
        .pay(provider_ref, approve, stage.now())
        .context("no card page")?;
    hooks::receive_stripe(&stage.app, visitor.supplier, &hook.signature, hook.body).await?;
    hooks::read_waiting(&stage.app).await?;
    Ok(())
}
