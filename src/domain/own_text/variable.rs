//! What a text may name, in which message, and what it must.

use super::Slot;
use crate::message::MessageKind;
use crate::party::Language;
use crate::scenario::Channel;
use crate::sms::{AMOUNT_MAX, LINK_MAX, NUMBER_MAX, SUPPLIER_MAX};

text_enum! {
    /// Something that a text names and a message fills in.
    pub enum Variable {
        /// The supplier's trade name.
        Supplier = "supplier",
        /// The debtor's company name.
        Debtor = "debtor",
        /// Where to call.
        Phone = "phone",
        /// The link to the account.
        Link = "link",
        /// The sum it is about.
        Amount = "amount",
        /// The invoice by its number, or how many there are.
        Invoice = "invoice",
        /// The first due day.
        Due = "due",
        /// The invoices, to go through one by one.
        Invoices = "invoices",
        /// Within the loop: the number.
        ItemNumber = "item.number",
        /// Within the loop: the due day.
        ItemDue = "item.due",
        /// Within the loop: the amount.
        ItemAmount = "item.amount",
        /// What lateness costs, by kind.
        Penalties = "penalties",
        /// All that is demanded, with what lateness costs.
        Total = "total",
        /// The last day to pay.
        PayBy = "pay_by",
        /// The day the money counts from.
        PaidOn = "paid_on",
        /// What is still open on the account; empty when nothing is.
        Remaining = "remaining",
        /// The day that was promised.
        PromisedOn = "promised_on",
        /// What was reported.
        Reason = "reason",
        /// The day by which there is an answer.
        AnswerBy = "answer_by",
        /// What was decided, in our words and the colleague's.
        Answer = "answer",
        /// The day of the debit.
        CollectOn = "collect_on",
        /// The reference of the mandate.
        Mandate = "mandate",
    }
}

use Variable::{
    Amount, Answer, AnswerBy, CollectOn, Debtor, Due, Invoice, Invoices, ItemAmount, ItemDue,
    ItemNumber, Link, Mandate, PaidOn, PayBy, Penalties, Phone, PromisedOn, Reason, Remaining,
    Supplier, Total,
};

impl Variable {
    /// Whether it stands for one of the invoices and says something within the loop only.
    #[must_use]
    pub const fn is_of_item(self) -> bool {
        matches!(self, ItemNumber | ItemDue | ItemAmount)
    }

    /// Whether its values have room in a text message.
    #[must_use]
    pub const fn is_short(self) -> bool {
        self.width() <= 54 && !self.is_of_item() && !matches!(self, Invoices)
    }

    /// A usual value, to show.
    #[must_use]
    pub const fn sample(self, slot: Slot) -> &'static str {
        if let (Channel::Sms, Some(short)) = (slot.channel, self.short(slot.language)) {
            return short;
        }
        let (french, english) = match self {
            Supplier => ("Boréal Fournitures", "Boréal Fournitures"),
            Debtor => ("Durand & Fils SARL", "Durand & Fils SARL"),
            Phone => ("04 72 00 00 00", "04 72 00 00 00"),
            Link => (LINK, LINK),
            Amount | ItemAmount => ("7\u{202f}160,00\u{a0}€", "€7,160.00"),
            Invoice => ("facture F-2026-118", "invoice F-2026-118"),
            Due | ItemDue => ("02/11/2026", "2\u{a0}Nov\u{a0}2026"),
            Invoices => ("", ""),
            ItemNumber => ("F-2026-118", "F-2026-118"),
            Penalties => (
                "pénalités de retard 107,36\u{a0}€, indemnité 40,00\u{a0}€",
                "late interest €107.36, fixed charge €40.00",
            ),
            Total => ("7\u{202f}307,36\u{a0}€", "€7,307.36"),
            PayBy | AnswerBy | PromisedOn | CollectOn => ("02/12/2026", "2\u{a0}Dec\u{a0}2026"),
            PaidOn => ("20/11/2026", "20\u{a0}Nov\u{a0}2026"),
            Remaining => ("1\u{202f}000,00\u{a0}€", "€1,000.00"),
            Reason => ("Bon de livraison manquant", "Delivery note missing"),
            Answer => (
                "Après examen, nous maintenons la facture F-2026-118.",
                "We have looked into it and invoice F-2026-118 stands.",
            ),
            Mandate => ("BOREAL-000123", "BOREAL-000123"),
        };
        match slot.language {
            Language::Fr => french,
            Language::En => english,
        }
    }

    /// A usual value as text messages write it, where that is another.
    const fn short(self, language: Language) -> Option<&'static str> {
        let (french, english) = match self {
            Amount | Total => ("7160,00 EUR", "7160.00 EUR"),
            Due => ("02/11", "2 Nov"),
            PayBy | AnswerBy | PromisedOn | CollectOn => ("02/12", "2 Dec"),
            PaidOn => ("20/11", "20 Nov"),
            _ => return None,
        };
        Some(match language {
            Language::Fr => french,
            Language::En => english,
        })
    }

    /// Characters of the widest value that is reckoned with (`ux.md` §D for the first ones).
    #[must_use]
    pub const fn width(self) -> usize {
        match self {
            Supplier => SUPPLIER_MAX,
            Link => LINK_MAX,
            Amount | Total | Remaining | ItemAmount => AMOUNT_MAX,
            Invoice => NUMBER_MAX + "facture ".len(),
            ItemNumber | Phone => NUMBER_MAX,
            Due | ItemDue | PayBy | PaidOn | PromisedOn | AnswerBy | CollectOn => 11,
            Invoices => 0,
            Debtor => 40,
            Mandate => 35,
            Reason => 30,
            Penalties => 120,
            Answer => 1_200,
        }
    }
}

/// As long as a link gets: ours has 33 characters after the address of the portal.
const LINK: &str = "https://compte.exemple.fr/l/aBwcHBwcHBwcHBwcHBwcHB0Kbc";

const ALWAYS: &[Variable] = &[Supplier, Debtor, Phone, Link];
const LISTED: &[Variable] = &[Invoice, Invoices, ItemNumber, ItemDue, ItemAmount];

/// What a text of this place may name.
pub fn allowed(slot: Slot) -> impl Iterator<Item = Variable> {
    let short = move |one: &&Variable| slot.channel == Channel::Email || one.is_short();
    let own = own(slot.kind).iter();
    let listed = match slot.kind {
        _ if slot.channel == Channel::Sms && slot.kind != MessageKind::MandateSigned => {
            &[Invoice][..]
        }
        MessageKind::MandateSigned => &[][..],
        MessageKind::DisputeReceived | MessageKind::DisputeAnswer => &[Invoice][..],
        _ => LISTED,
    };
    own.filter(short).chain(listed).chain(ALWAYS).copied()
}

const fn own(kind: MessageKind) -> &'static [Variable] {
    match kind {
        MessageKind::FormalNotice => &[Amount, Due, Penalties, Total, PayBy],
        MessageKind::Thanks => &[Amount, PaidOn, Remaining],
        MessageKind::PromiseNoted | MessageKind::PromiseSoon | MessageKind::PromiseBroken => {
            &[Amount, PromisedOn]
        }
        MessageKind::DisputeReceived => &[Amount, Reason, AnswerBy],
        MessageKind::DisputeAnswer => &[Amount, Answer],
        MessageKind::DebitNotice => &[Amount, CollectOn, Mandate],
        MessageKind::MandateSigned => &[Mandate],
        MessageKind::DebitRefused => &[Amount],
        _ => &[Amount, Due],
    }
}

/// What a text of this place must say: of each row, one. The link of a mail is the frame's button,
/// which is always there, as is the table of its invoices.
#[must_use]
pub const fn mandatory(slot: Slot) -> &'static [&'static [Variable]] {
    if matches!(slot.channel, Channel::Sms) {
        return mandatory_short(slot.kind);
    }
    match slot.kind {
        MessageKind::FormalNotice => &[
            &[Total],
            &[Invoice, ItemNumber],
            &[Due, ItemDue],
            &[Penalties],
            &[PayBy],
        ],
        MessageKind::Thanks => &[&[Amount], &[PaidOn]],
        MessageKind::PromiseNoted | MessageKind::PromiseSoon | MessageKind::PromiseBroken => {
            &[&[Amount], &[PromisedOn]]
        }
        MessageKind::DisputeReceived => &[&[Invoice], &[AnswerBy]],
        MessageKind::DisputeAnswer => &[&[Answer]],
        MessageKind::DebitNotice => &[&[Amount], &[CollectOn], &[Mandate]],
        MessageKind::MandateSigned => &[&[Mandate]],
        MessageKind::DebitRefused => &[&[Amount]],
        _ => &[&[Amount], &[Invoice, ItemNumber], &[Due, ItemDue]],
    }
}

/// The same of a text message, which has no frame: its link, and what there is room for.
const fn mandatory_short(kind: MessageKind) -> &'static [&'static [Variable]] {
    match kind {
        MessageKind::Notice => &[&[Amount], &[Invoice], &[Due], &[Link]],
        MessageKind::Reminder1 => &[&[Amount], &[Invoice], &[Link]],
        MessageKind::FormalNotice => &[&[Total], &[Link]],
        MessageKind::PromiseNoted | MessageKind::PromiseSoon | MessageKind::PromiseBroken => {
            &[&[Amount], &[PromisedOn], &[Link]]
        }
        MessageKind::DisputeReceived | MessageKind::DisputeAnswer => &[&[Invoice], &[Link]],
        MessageKind::DebitNotice => &[&[Amount], &[CollectOn], &[Link]],
        MessageKind::MandateSigned => &[&[Link]],
        _ => &[&[Amount], &[Link]],
    }
}
