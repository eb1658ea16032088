//! One debit: its rules (`sepa.md` §2) and its element, `DrctDbtTxInf`.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use domain::bank::Bic;
use domain::batch::FileVersion;
use domain::rf::RfReference;
use domain::{Currency, Day};

use super::address::Placed;
use super::error::Problem;
use super::{Amendment, DirectDebit, FormerAccount, Rules};
use crate::payments::sepa::charset::{self, CharsetError};
use crate::payments::sepa::sheet::Sheet;

/// What one debit may take, in cents (EPC rulebooks, AT-06).
const AMOUNTS: RangeInclusive<i64> = 1..=99_999_999_999;

/// A debit that keeps every rule, its texts converted.
pub(super) struct Checked<'a> {
    debit: &'a DirectDebit,
    name: Cow<'a, str>,
    remittance: Remittance<'a>,
    address: Option<Placed>,
    ultimate: Option<Cow<'a, str>>,
    former_creditor: Option<Cow<'a, str>>,
}

/// Either one free text or one structured reference, never both.
enum Remittance<'a> {
    Text(Cow<'a, str>),
    Reference(RfReference),
}

/// Checks a debit and converts its texts.
pub(super) fn check<'a>(
    debit: &'a DirectDebit,
    rules: Rules,
    today: Day,
) -> Result<Checked<'a>, Problem> {
    let about = Refuse(debit);
    about.amount()?;
    about.signature(today)?;
    about.identifier("end-to-end id", &debit.end_to_end_id)?;
    about.identifier("mandate", debit.mandate.as_str())?;
    let address = about.account_and_address(rules)?;
    about.bank(rules)?;
    about.purpose()?;
    let amended = debit.rest.amendment.as_ref();
    if let Some(former) = amended.and_then(|amended| amended.mandate.as_ref()) {
        about.identifier("former mandate", former.as_str())?;
    }
    let former_creditor = amended.and_then(|amended| amended.creditor_name.as_deref());
    let ultimate = debit.rest.ultimate_debtor.as_deref();
    Ok(Checked {
        debit,
        name: about.name("debtor name", &debit.debtor_name)?,
        remittance: remittance(&debit.remittance)
            .map_err(|error| about.text("remittance", &debit.remittance, &error))?,
        address,
        ultimate: ultimate
            .map(|name| about.name("ultimate debtor", name))
            .transpose()?,
        former_creditor: former_creditor
            .map(|name| about.name("former creditor name", name))
            .transpose()?,
    })
}

fn remittance(text: &str) -> Result<Remittance<'_>, CharsetError> {
    let perhaps = text
        .get(..2)
        .is_some_and(|two| two.eq_ignore_ascii_case("RF"));
    if perhaps && let Ok(reference) = text.parse() {
        return Ok(Remittance::Reference(reference));
    }
    charset::remittance(text).map(Remittance::Text)
}

impl Checked<'_> {
    /// Writes the element.
    pub(super) fn write(&self, sheet: &mut Sheet) {
        let debit = self.debit;
        let id = &debit.end_to_end_id;
        sheet.between(
            "<DrctDbtTxInf><PmtId><EndToEndId>",
            id,
            "</EndToEndId></PmtId>",
        );
        sheet.raw("<InstdAmt Ccy=\"EUR\">");
        sheet.euros(debit.amount);
        let mandate = debit.mandate.as_str();
        let before = "</InstdAmt><DrctDbtTx><MndtRltdInf><MndtId>";
        sheet.between(before, mandate, "</MndtId><DtOfSgntr>");
        sheet.day(debit.signed_on);
        sheet.raw("</DtOfSgntr>");
        if let Some(amendment) = &debit.rest.amendment {
            self.amendment(amendment, sheet);
        }
        sheet.raw("</MndtRltdInf></DrctDbtTx><DbtrAgt>");
        sheet.agent(debit.debtor_bic.as_ref());
        sheet.between("</DbtrAgt><Dbtr><Nm>", &self.name, "</Nm>");
        if let Some(address) = &self.address {
            address.write(sheet);
        }
        let iban = debit.debtor_iban.as_str();
        sheet.between(
            "</Dbtr><DbtrAcct><Id><IBAN>",
            iban,
            "</IBAN></Id></DbtrAcct>",
        );
        if let Some(name) = &self.ultimate {
            sheet.raw("<UltmtDbtr>");
            sheet.leaf("Nm", name);
            sheet.raw("</UltmtDbtr>");
        }
        if let Some(code) = &debit.rest.purpose {
            sheet.raw("<Purp>");
            sheet.leaf("Cd", code);
            sheet.raw("</Purp>");
        }
        self.remittance(sheet);
        sheet.line("</DrctDbtTxInf>");
    }

    fn remittance(&self, sheet: &mut Sheet) {
        match &self.remittance {
            Remittance::Text(text) => {
                sheet.between("<RmtInf><Ustrd>", text, "</Ustrd></RmtInf>");
            }
            Remittance::Reference(reference) => {
                sheet.raw("<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry>");
                sheet.raw("<Issr>ISO</Issr></Tp>");
                sheet.leaf("Ref", reference.as_str());
                sheet.raw("</CdtrRefInf></Strd></RmtInf>");
            }
        }
    }

    fn amendment(&self, amendment: &Amendment, sheet: &mut Sheet) {
        sheet.raw("<AmdmntInd>true</AmdmntInd><AmdmntInfDtls>");
        if let Some(former) = &amendment.mandate {
            sheet.leaf("OrgnlMndtId", former.as_str());
        }
        if self.former_creditor.is_some() || amendment.creditor_id.is_some() {
            sheet.raw("<OrgnlCdtrSchmeId>");
            if let Some(name) = &self.former_creditor {
                sheet.leaf("Nm", name);
            }
            if let Some(id) = &amendment.creditor_id {
                sheet.creditor_id(id.as_str());
            }
            sheet.raw("</OrgnlCdtrSchmeId>");
        }
        match &amendment.account {
            Some(FormerAccount::Known(iban)) => {
                sheet.raw("<OrgnlDbtrAcct><Id>");
                sheet.leaf("IBAN", iban.as_str());
                sheet.raw("</Id></OrgnlDbtrAcct>");
            }
            // Same mandate, new debtor account: under the account, not the bank, since 2016.
            Some(FormerAccount::Unnamed) => {
                sheet.raw("<OrgnlDbtrAcct><Id><Othr><Id>SMNDA</Id></Othr></Id></OrgnlDbtrAcct>");
            }
            None => {}
        }
        sheet.raw("</AmdmntInfDtls>");
    }
}

/// Why a bank's code cannot stand in this version: that of 2009 has the narrower pattern of its
/// time, `[A-Z]{6}[A-Z2-9][A-NP-Z0-9]` and three more or none.
pub(in crate::payments::sepa) fn wrong_bic(
    bic: &Bic,
    version: FileVersion,
) -> Option<&'static str> {
    let narrow = bic
        .as_str()
        .bytes()
        .enumerate()
        .all(|(place, byte)| match place {
            0..=5 => byte.is_ascii_uppercase(),
            6 => byte.is_ascii_uppercase() || matches!(byte, b'2'..=b'9'),
            7 => byte != b'O',
            _ => true,
        });
    let fits = version == FileVersion::V08 || narrow;
    (!fits).then_some("pain.008.001.02 has no place for it: leave it out or take version 08")
}

/// Words the refusals of one debit.
struct Refuse<'a>(&'a DirectDebit);

impl<'a> Refuse<'a> {
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

    fn name(&self, field: &'static str, value: &'a str) -> Result<Cow<'a, str>, Problem> {
        charset::name(value).map_err(|error| self.text(field, value, &error))
    }

    fn identifier(&self, field: &'static str, value: &str) -> Result<(), Problem> {
        match charset::identifier(value) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.text(field, value, &error)),
        }
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

    fn bank(&self, rules: Rules) -> Result<(), Problem> {
        let (value, rule) = match &self.0.debtor_bic {
            Some(bic) => (bic.as_str(), wrong_bic(bic, rules.version)),
            None if rules.bics => ("", Some("your bank wants it for every debit: ask for it")),
            None if self.0.debtor_iban.needs_bic() => {
                ("", Some("debits outside the EEA need it: ask for it"))
            }
            None => return Ok(()),
        };
        rule.map_or(Ok(()), |rule| {
            Err(self.problem("BIC", value.to_owned(), rule))
        })
    }

    /// Outside the EEA the debtor's address goes along; elsewhere it is only written when known.
    fn account_and_address(&self, rules: Rules) -> Result<Option<Placed>, Problem> {
        let iban = &self.0.debtor_iban;
        let address = self.0.rest.address.as_ref();
        let outside = iban.needs_bic();
        let rule = if !outside && !iban.is_sepa() {
            "the account is outside SEPA: ask for a transfer"
        } else if outside && address.is_none() {
            "debits outside the EEA need the debtor's address: ask for a transfer"
        } else if outside && rules.version == FileVersion::V02 {
            "pain.008.001.02 has no structured address, which debits outside the EEA need: take \
             version 08"
        } else {
            let written = address.filter(|_| rules.version == FileVersion::V08);
            let placed = written.map(super::Address::placed).transpose();
            return placed.map_err(|(field, value, rule)| self.problem(field, value, &rule));
        };
        Err(self.problem("account", format!("{iban:?}"), rule))
    }

    fn purpose(&self) -> Result<(), Problem> {
        let Some(code) = &self.0.rest.purpose else {
            return Ok(());
        };
        if code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Ok(());
        }
        let rule = "a purpose is one of ISO's codes of four capitals";
        Err(self.problem("purpose", code.clone(), rule))
    }
}
