//! One debit: its rules (`sepa.md` §2) and its element, `DrctDbtTxInf`.

use std::ops::RangeInclusive;

use domain::rf::RfReference;
use domain::{Currency, Day};
use serde::Serialize;

use super::DirectDebit;
use super::error::Problem;
use super::shape::{Account, Agent, Choice, Code, Name};
use crate::payments::sepa::charset::{self, CharsetError};

/// What one debit may take, in cents (EPC rulebooks, AT-06).
const AMOUNTS: RangeInclusive<i64> = 1..=99_999_999_999;

/// The element, with every text converted and every rule kept.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Transaction<'a> {
    pmt_id: PaymentId<'a>,
    instd_amt: Amount,
    drct_dbt_tx: Debit<'a>,
    dbtr_agt: Agent<'a>,
    dbtr: Name,
    dbtr_acct: Account<'a>,
    rmt_inf: Choice<Remittance>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PaymentId<'a> {
    end_to_end_id: &'a str,
}

#[derive(Serialize)]
struct Amount {
    #[serde(rename = "@Ccy")]
    currency: &'static str,
    #[serde(rename = "$text")]
    amount: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Debit<'a> {
    mndt_rltd_inf: MandateInfo<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MandateInfo<'a> {
    mndt_id: &'a str,
    dt_of_sgntr: String,
}

/// Either one free text or one structured reference, never both.
#[derive(Serialize)]
enum Remittance {
    #[serde(rename = "Ustrd")]
    Text(String),
    #[serde(rename = "Strd")]
    Reference(Structured),
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Structured {
    cdtr_ref_inf: Reference,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Reference {
    tp: ReferenceKind,
    r#ref: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ReferenceKind {
    cd_or_prtry: Code<'static>,
    issr: &'static str,
}

/// Checks a debit and makes its element.
pub(super) fn transaction(debit: &DirectDebit, today: Day) -> Result<Transaction<'_>, Problem> {
    let about = Refuse(debit);
    about.amount()?;
    about.signature(today)?;
    about.account()?;
    Ok(Transaction {
        pmt_id: PaymentId {
            end_to_end_id: charset::identifier(&debit.end_to_end_id)
                .map_err(|error| about.text("end-to-end id", &debit.end_to_end_id, &error))?,
        },
        instd_amt: Amount {
            currency: "EUR",
            amount: debit.amount.to_decimal().to_string(),
        },
        drct_dbt_tx: Debit {
            mndt_rltd_inf: MandateInfo {
                mndt_id: charset::identifier(debit.mandate.as_str())
                    .map_err(|error| about.text("mandate", debit.mandate.as_str(), &error))?,
                dt_of_sgntr: debit.signed_on.to_string(),
            },
        },
        dbtr_agt: Agent::new(debit.debtor_bic.as_ref()),
        dbtr: charset::name(&debit.debtor_name)
            .map(Name::new)
            .map_err(|error| about.text("debtor name", &debit.debtor_name, &error))?,
        dbtr_acct: Account::new(&debit.debtor_iban),
        rmt_inf: remittance(&debit.remittance)
            .map(|one| Choice { one })
            .map_err(|error| about.text("remittance", &debit.remittance, &error))?,
    })
}

fn remittance(text: &str) -> Result<Remittance, CharsetError> {
    if let Ok(reference) = text.parse::<RfReference>() {
        return Ok(Remittance::Reference(Structured {
            cdtr_ref_inf: Reference {
                tp: ReferenceKind {
                    cd_or_prtry: Code { cd: "SCOR" },
                    issr: "ISO",
                },
                r#ref: reference.as_str().to_owned(),
            },
        }));
    }
    charset::remittance(text).map(Remittance::Text)
}

/// Words the refusals of one debit.
struct Refuse<'a>(&'a DirectDebit);

impl Refuse<'_> {
    fn problem(&self, field: &'static str, value: String, rule: &str) -> Problem {
        Problem {
            end_to_end_id: Some(self.0.end_to_end_id.clone()),
            about: self.0.debtor_name.clone(),
            field,
            value,
            rule: rule.to_owned(),
        }
    }

    fn text(&self, field: &'static str, value: &str, error: &CharsetError) -> Problem {
        self.problem(field, value.to_owned(), &error.to_string())
    }

    fn amount(&self) -> Result<(), Problem> {
        let amount = self.0.amount;
        let rule = if amount.currency() != Currency::EUR {
            "direct debits are in EUR"
        } else if !AMOUNTS.contains(&amount.minor()) {
            "one debit takes 0.01 to 999999999.99 EUR"
        } else {
            return Ok(());
        };
        Err(self.problem("amount", amount.to_string(), rule))
    }

    fn signature(&self, today: Day) -> Result<(), Problem> {
        let signed_on = self.0.signed_on;
        if signed_on <= today {
            return Ok(());
        }
        let rule = "a mandate is signed before it is used";
        Err(self.problem("signature day", signed_on.to_string(), rule))
    }

    /// Outside the EEA the file would need the debtor's address, which Acquit does not keep.
    fn account(&self) -> Result<(), Problem> {
        let iban = &self.0.debtor_iban;
        let rule = if !iban.is_sepa() {
            "the account is outside SEPA: ask for a transfer"
        } else if iban.needs_bic() {
            "debits outside the EEA need the debtor's address: ask for a transfer"
        } else {
            return Ok(());
        };
        Err(self.problem("account", format!("{iban:?}"), rule))
    }
}
