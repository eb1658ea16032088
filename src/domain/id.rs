//! Identifiers: 128 bits, written as a prefix and 26 Crockford base-32 digits.
//!
//! The bits are a version 7 UUID, so ids sort by creation time in memory and as text. Making one
//! needs a clock and randomness and happens outside this package.

use std::fmt;
use std::str::FromStr;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 26;
const PREFIX_LENGTH: usize = 4;

/// A text that is not an id of the kind asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{value}' is no id of the form {prefix}…")]
pub struct IdError {
    prefix: &'static str,
    value: String,
}

/// What every id type offers to code that handles all of them alike, such as the storage.
pub trait Id: Copy + Eq + Ord + fmt::Display + FromStr<Err = IdError> {
    /// The text before the digits, `inv_` for invoices.
    const PREFIX: &'static str;
    /// An id from its 128 bits.
    fn from_bits(bits: u128) -> Self;
    /// The 128 bits.
    fn bits(self) -> u128;
}

/// In one piece, so that a text is made by one allocation.
fn write(prefix: &str, bits: u128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut text = [0_u8; PREFIX_LENGTH + LENGTH];
    let letters = prefix.bytes().chain(std::iter::repeat_n(b'0', LENGTH));
    for (place, letter) in text.iter_mut().zip(letters) {
        *place = letter;
    }
    let mut rest = bits;
    for digit in text.iter_mut().skip(PREFIX_LENGTH).rev() {
        let index = usize::try_from(rest & 31).unwrap_or_default();
        *digit = DIGITS.get(index).copied().unwrap_or(b'0');
        rest >>= 5;
    }
    f.write_str(std::str::from_utf8(&text).unwrap_or_default())
}

fn parse(prefix: &'static str, text: &str) -> Result<u128, IdError> {
    let refused = || IdError {
        prefix,
        value: text.chars().take(40).collect(),
    };
    let digits = text.strip_prefix(prefix).ok_or_else(refused)?;
    if digits.len() != LENGTH {
        return Err(refused());
    }
    let mut bits = 0_u128;
    for (place, digit) in digits.bytes().enumerate() {
        let value = value(digit).ok_or_else(refused)?;
        if place == 0 && value > 7 {
            return Err(refused());
        }
        bits = (bits << 5) | u128::from(value);
    }
    Ok(bits)
}

/// The place of a digit in [`DIGITS`], written out: a page or a planning reads thousands of ids.
const fn value(digit: u8) -> Option<u8> {
    Some(match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'h' => digit - b'a' + 10,
        b'j' | b'k' => digit - b'j' + 18,
        b'm' | b'n' => digit - b'm' + 20,
        b'p'..=b't' => digit - b'p' + 22,
        b'v'..=b'z' => digit - b'v' + 27,
        _ => return None,
    })
}

macro_rules! id_type {
    ($(#[$meta:meta])* $name:ident, $prefix:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u128);

        impl Id for $name {
            const PREFIX: &'static str = $prefix;
            fn from_bits(bits: u128) -> Self {
                Self(bits)
            }
            fn bits(self) -> u128 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(Self::PREFIX, self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(Self::PREFIX, self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                parse($prefix, text).map(Self)
            }
        }
    };
}

id_type!(/** A supplier: the tenant whose invoices are chased. */ SupplierId, "sup_");
id_type!(/** A debtor: one customer account of one supplier. */ DebtorId, "deb_");
id_type!(/** A person or mailbox at a debtor. */ ContactId, "con_");
id_type!(/** An open item: invoice, credit note or unallocated receipt. */ InvoiceId, "inv_");
id_type!(/** A dispute about an invoice. */ DisputeId, "dis_");
id_type!(/** Something said about a dispute. */ RemarkId, "rem_");
id_type!(/** A file that somebody attached. */ AttachmentId, "att_");
id_type!(/** A promise to pay. */ PromiseId, "pro_");
id_type!(/** A delay or instalment plan. */ PlanId, "pln_");
id_type!(/** An answer about an invoice before it is due. */ ConfirmationId, "cnf_");
id_type!(/** A payment, whatever its method. */ PaymentId, "pay_");
id_type!(/** A SEPA mandate. */ MandateId, "man_");
id_type!(/** A change of a mandate that its bank is told of. */ MandateChangeId, "mch_");
id_type!(/** One direct debit under a mandate. */ CollectionId, "col_");
id_type!(/** A direct-debit file handed to a bank. */ BatchId, "bat_");
id_type!(/** A request to the bank to cancel debits or give them back. */ RecallId, "rcl_");
id_type!(/** A scenario of a supplier. */ ScenarioId, "scn_");
id_type!(/** A pause of what is written. */ PauseId, "pse_");
id_type!(/** A message that waits for a person to say yes. */ ApprovalId, "apv_");
id_type!(/** A version of a text of a supplier's own. */ TextId, "txt_");
id_type!(/** A message in the outbox. */ MessageId, "msg_");
id_type!(/** A signed link in a message. */ LinkId, "lnk_");
id_type!(/** An entry of the money ledger. */ TxId, "txn_");
id_type!(/** One import of a balance file. */ ImportId, "imp_");
id_type!(/** One imported bank statement file. */ BankFileId, "bnk_");
id_type!(/** A received webhook event. */ InboxId, "evt_");
id_type!(/** A change of the account a supplier is paid on. */ AccountChangeId, "acc_");
id_type!(/** A member of a supplier's finance staff. */ UserId, "usr_");
id_type!(/** An entry of the audit trail. */ AuditId, "aud_");
id_type!(/** A document that belongs to an invoice. */ DocumentId, "doc_");
id_type!(/** A code sent to a contact to prove who acts. */ CodeId, "cod_");
id_type!(/** An access that was passed on. */ ForwardId, "fwd_");
id_type!(/** A card kept for the next payment. */ CardId, "crd_");
id_type!(/** Something staff has to do about a contact. */ TaskId, "tsk_");
id_type!(/** What is told of a message after it left. */ BounceId, "bce_");
id_type!(/** Letters that are printed together. */ LetterBatchId, "lbt_");
id_type!(/** A telephone call that staff made. */ CallId, "cal_");
id_type!(/** A message that a debtor wrote to the supplier. */ ReplyId, "rep_");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_round_trips_and_sorts_like_the_bits() {
        let small = InvoiceId::from_bits(1);
        let large = InvoiceId::from_bits(u128::MAX);
        assert_eq!(small.to_string(), "inv_00000000000000000000000001");
        assert_eq!(small.to_string().parse(), Ok(small));
        assert_eq!(large.to_string().parse(), Ok(large));
        assert!(small.to_string() < large.to_string());
    }

    #[test]
    fn each_digit_is_read_as_it_is_written() {
        for byte in 0..=u8::MAX {
            let place = DIGITS.iter().position(|digit| *digit == byte);
            assert_eq!(value(byte).map(usize::from), place, "{byte}");
        }
    }

    #[test]
    fn foreign_and_malformed_ids_are_refused() {
        for text in [
            "",
            "inv_",
            "deb_00000000000000000000000001",
            "inv_0000000000000000000000000",
            "inv_0000000000000000000000000U",
            "inv_80000000000000000000000000",
        ] {
            assert!(text.parse::<InvoiceId>().is_err(), "{text}");
        }
    }
}
