//! A signed mandate as PDF, with what proves the signature.

use domain::mandate::{Scheme, Usage};
use views::text::document as t;

use super::draw::pdf;
use super::sheet::Sheet;
use super::{DocumentError, SignedMandate};

/// The mandate as PDF.
pub fn mandate(facts: &SignedMandate) -> Result<Vec<u8>, DocumentError> {
    let lang = facts.head.language;
    let title = t::MANDATE.of(lang);
    let brand = &facts.head.brand;
    let mut sheet = Sheet::begin(&facts.head, title)?;
    let scheme = match facts.scheme {
        Scheme::Core => t::SCHEME_CORE,
        Scheme::B2b => t::SCHEME_B2B,
    };
    let usage = match facts.usage {
        Usage::OneOff => t::ONE_OFF,
        Usage::Recurring => t::RECURRING,
    };
    sheet.facts(&[
        (t::MANDATE_REFERENCE.of(lang), facts.reference.to_string()),
        (t::CREDITOR.of(lang), brand.name.clone()),
        (t::CREDITOR_ADDRESS.of(lang), brand.address.clone()),
        (t::CREDITOR_ID.of(lang), facts.creditor_id.to_string()),
        (t::SCHEME.of(lang), scheme.of(lang).to_owned()),
        (t::USAGE.of(lang), usage.of(lang).to_owned()),
        (t::DEBTOR.of(lang), facts.head.debtor.clone()),
        (t::HOLDER.of(lang), facts.holder.clone()),
        (t::IBAN.of(lang), format!("•••• {}", facts.iban.last_four())),
    ]);
    sheet.section(title);
    for sentence in &facts.wording {
        sheet.paragraph(sentence);
    }
    sheet.section(t::SIGNATURE.of(lang));
    sheet.facts(&[
        (t::SIGNATORY.of(lang), facts.signatory.clone()),
        (t::PLACE.of(lang), facts.place.clone()),
        (t::SIGNED_AT.of(lang), facts.signed_at.clone()),
        (t::ADDRESS.of(lang), facts.address.clone()),
        (t::LINK.of(lang), facts.link.clone()),
        (t::FINGERPRINT.of(lang), facts.wording_sha256.clone()),
    ]);
    sheet.note(t::KEEP.of(lang));
    pdf(&sheet, &facts.head, title)
}
