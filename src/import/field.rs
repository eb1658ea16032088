//! What a column of a balance file may hold.

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Field {
    /// Customer account code.
    Code,
    /// Customer name.
    Name,
    /// Company number (SIREN or SIRET).
    Siren,
    /// E-mail addresses.
    Email,
    /// Telephone.
    Phone,
    /// Kind of document, in words or letters.
    Kind,
    /// Accounting journal: sales or bank.
    Journal,
    /// Document number.
    Number,
    /// Order reference.
    OrderRef,
    /// Day of issue.
    Issued,
    /// Due day.
    Due,
    /// Amount of the document.
    Total,
    /// Open amount, signed.
    Open,
    /// Open amount when the customer owes it.
    Debit,
    /// Open amount when the supplier owes it.
    Credit,
    /// Currency code.
    Currency,
    /// Open amount in that currency, when the other amounts are in euros.
    Foreign,
}

impl Field {
    /// Every field with its stable name, as profiles have it.
    pub const ALL: &'static [(Field, &'static str)] = &[
        (Field::Code, "code"),
        (Field::Name, "name"),
        (Field::Siren, "siren"),
        (Field::Email, "email"),
        (Field::Phone, "phone"),
        (Field::Kind, "kind"),
        (Field::Journal, "journal"),
        (Field::Number, "number"),
        (Field::OrderRef, "order_ref"),
        (Field::Issued, "issued"),
        (Field::Due, "due"),
        (Field::Total, "total"),
        (Field::Open, "open"),
        (Field::Debit, "debit"),
        (Field::Credit, "credit"),
        (Field::Currency, "currency"),
        (Field::Foreign, "foreign"),
    ];

    /// The stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(field, _)| *field == self);
        found.map_or("", |(_, name)| name)
    }
}

/// A column: its title as the file has it and its place, from 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Title, spaces collapsed.
    pub title: String,
    /// Place in the line, from 0.
    pub index: usize,
}
