//! The invoices chosen on the account, each with an amount that may be lowered.
//!
//! Posted fields: `i` (invoice id, repeated) and `a_<invoice id>` (amount as typed).

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

/// The same, carried unseen through a check page.
pub(crate) fn carried(all: &[Chosen]) -> Markup {
    html! {
        @for one in all {
            (parts::hidden("i", &one.invoice.to_string()))
            (parts::hidden(&amount_field(one.invoice), &one.amount))
        }
    }
}
