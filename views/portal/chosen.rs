//! The invoices chosen on the account, each with an amount that may be lowered.
//!
//! Posted fields: `i` (invoice id, repeated) and `a_<invoice id>` (amount as typed); in payments
//! also `c` (credit note id, repeated), whose amount is `a_<credit note id>`, and `l` (what
//! lateness cost, [`late_value`], repeated).

use domain::late::Charge;
use domain::party::Language;
use domain::{Day, InvoiceId, Money};
use maud::{Markup, html};

use crate::field::Input;
use crate::parts;
use crate::problem::Problem;
use crate::text::pay as t;

/// One chosen invoice.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// The day it falls due.
    pub due_on: Day,
    /// The most that can be chosen of it.
    pub most: Money,
    /// How much of it a problem was reported with or a day was promised for.
    pub claimed: Money,
    /// The amount as typed; at first what is neither.
    pub amount: String,
}

/// A credit note that can be deducted from a payment.
#[derive(Clone, Debug)]
pub struct Credit {
    /// Which credit note.
    pub note: InvoiceId,
    /// Its number.
    pub number: String,
    /// The most that can be deducted of it.
    pub most: Money,
    /// The amount as typed, when it is ticked.
    pub amount: Option<String>,
}

/// What an invoice's lateness cost, which may be paid beside it.
#[derive(Clone, Debug)]
pub struct Late {
    /// What, and how much.
    pub charge: Charge,
    /// The invoice's number.
    pub number: String,
    /// Whether it is paid.
    pub ticked: bool,
}

/// The value of the box for a charge.
#[must_use]
pub fn late_value(charge: &Charge) -> String {
    format!("{}:{}", charge.kind, charge.invoice)
}

/// Name of the field with this invoice's amount.
#[must_use]
pub fn amount_field(invoice: InvoiceId) -> String {
    format!("a_{invoice}")
}

/// The invoices with their amount fields.
pub(crate) fn fields(lang: Language, all: &[Chosen], problems: &[Problem]) -> Markup {
    html! {
        div.rows {
            @for one in all {
                (parts::hidden("i", &one.invoice.to_string()))
                (Input::amount(&amount_field(one.invoice), &t::amount_of(lang, &one.number),
                    &one.amount)
                    .hint(hint(lang, one))
                    .checked(problems, lang))
            }
        }
    }
}

fn hint(lang: Language, one: &Chosen) -> String {
    let most = t::at_most(lang, one.most, one.due_on);
    if one.claimed.is_positive() {
        format!("{most} {}", t::of_which_claimed(lang, one.claimed))
    } else {
        most
    }
}

/// The credit notes, each with a box to tick, and with its amount once it is ticked.
pub(crate) fn credits(lang: Language, all: &[Credit], problems: &[Problem]) -> Markup {
    html! {
        @if !all.is_empty() {
            fieldset.field {
                legend { (t::CREDITS.of(lang)) }
                div.choices {
                    @for one in all {
                        label.choice {
                            input type="checkbox" name="c" value=(one.note)
                                checked[one.amount.is_some()];
                            span { (t::credit_of(lang, &one.number))
                                span.sub { (t::deductible(lang, one.most)) } }
                        }
                        @if let Some(amount) = &one.amount {
                            @let label = t::deduct_of(lang, &one.number);
                            (Input::amount(&amount_field(one.note), &label, amount)
                                .checked(problems, lang))
                        }
                    }
                }
            }
        }
    }
}

/// What lateness cost, each line with a box to tick; none is ticked unless the debtor did.
pub(crate) fn lateness(lang: Language, all: &[Late]) -> Markup {
    html! {
        @if !all.is_empty() {
            fieldset.field {
                legend { (t::LATENESS.of(lang)) }
                p.hint { (t::LATENESS_HINT.of(lang)) }
                div.choices {
                    @for one in all {
                        label.choice {
                            input type="checkbox" name="l" value=(late_value(&one.charge))
                                checked[one.ticked];
                            span {
                                (t::lateness_of(lang, one.charge.kind, &one.number))
                                span.sub { (parts::amount(lang, one.charge.amount)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The ticked charges, carried unseen through a check page.
pub(crate) fn carried_lateness(all: &[Late]) -> Markup {
    html! {
        @for one in all.iter().filter(|one| one.ticked) {
            (parts::hidden("l", &late_value(&one.charge)))
        }
    }
}

/// The ticked credit notes, carried unseen through a check page.
pub(crate) fn carried_credits(all: &[Credit]) -> Markup {
    html! {
        @for one in all {
            @if let Some(amount) = &one.amount {
                (parts::hidden("c", &one.note.to_string()))
                (parts::hidden(&amount_field(one.note), amount))
            }
        }
    }
}

/// The invoices, carried unseen through a check page.
pub(crate) fn carried(all: &[Chosen]) -> Markup {
    html! {
        @for one in all {
            (parts::hidden("i", &one.invoice.to_string()))
            (parts::hidden(&amount_field(one.invoice), &one.amount))
        }
    }
}
