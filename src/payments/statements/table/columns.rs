//! Which column holds what, by its title in French, English or German.

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Column {
    /// The booking day.
    Day,
    /// The amount with its sign.
    Amount,
    /// What the account received.
    Credit,
    /// What it paid.
    Debit,
    /// The currency.
    Currency,
    /// What the payer wrote.
    Words,
    /// A reference of the payer.
    Reference,
    /// Who is on the other side.
    Name,
    /// Its account.
    Iban,
    /// The account itself.
    Account,
}

/// Titles as they are compared: small letters and digits alone.
const TITLES: &[(Column, &[&str])] = &[
    (
        Column::Day,
        &[
            "date",
            "datecomptable",
            "datecompta",
            "dateoperation",
            "dateop",
            "datedoperation",
            "datedecomptabilisation",
            "bookingdate",
            "transactiondate",
            "buchungstag",
            "buchungsdatum",
        ],
    ),
    (
        Column::Amount,
        &[
            "montant",
            "montanteur",
            "amount",
            "amounteur",
            "betrag",
            "montantdeloperation",
        ],
    ),
    (
        Column::Credit,
        &[
            "credit",
            "crediteur",
            "montantcredit",
            "haben",
            "moneyin",
            "paidin",
        ],
    ),
    (
        Column::Debit,
        &[
            "debit",
            "debiteur",
            "montantdebit",
            "soll",
            "moneyout",
            "paidout",
        ],
    ),
    (
        Column::Currency,
        &["devise", "currency", "wahrung", "waehrung"],
    ),
    (
        Column::Words,
        &[
            "libelle",
            "libelleoperation",
            "libellecomplet",
            "description",
            "details",
            "motif",
            "verwendungszweck",
            "text",
            "communication",
            "operation",
            "label",
        ],
    ),
    (
        Column::Reference,
        &[
            "reference",
            "ref",
            "endtoendid",
            "endtoendreference",
            "kundenreferenz",
        ],
    ),
    (
        Column::Name,
        &[
            "nom",
            "donneurdordre",
            "contrepartie",
            "counterparty",
            "name",
            "payer",
            "payee",
            "auftraggeber",
            "beguenstigterzahlungspflichtiger",
            "tiers",
        ],
    ),
    (
        Column::Iban,
        &[
            "ibancontrepartie",
            "counterpartyiban",
            "ibandonneurdordre",
            "kontonummeriban",
        ],
    ),
    (
        Column::Account,
        &[
            "compte",
            "account",
            "iban",
            "numerodecompte",
            "accountnumber",
            "auftragskonto",
        ],
    ),
];

/// The place of each column that was found.
pub(super) struct Columns(Vec<(Column, usize)>);

impl Columns {
    /// From the titles; none when they are no titles of a table of movements: a day and an amount
    /// must be among them.
    pub(super) fn of(titles: &[String]) -> Option<Self> {
        let mut found: Vec<(Column, usize)> = Vec::new();
        for (place, title) in titles.iter().enumerate() {
            let title = plain(title);
            let known = TITLES.iter().find(|(_, all)| all.contains(&title.as_str()));
            if let Some((column, _)) = known
                && !found.iter().any(|(own, _)| own == column)
            {
                found.push((*column, place));
            }
        }
        let has = |column| found.iter().any(|(own, _)| *own == column);
        let amount = has(Column::Amount) || has(Column::Credit) && has(Column::Debit);
        (has(Column::Day) && amount).then_some(Self(found))
    }

    /// Where a column is.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        let found = self.0.iter().find(|(own, _)| *own == column);
        found.map(|(_, place)| *place)
    }
}

/// Small letters without accents, spaces and signs.
fn plain(title: &str) -> String {
    let mut out = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'â' | 'ä' | 'á' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'î' | 'ï' => out.push('i'),
            'ô' | 'ö' => out.push('o'),
            'ù' | 'û' | 'ü' => out.push('u'),
            'ç' => out.push('c'),
            letter if letter.is_ascii_alphanumeric() => out.push(letter),
            _ => {}
        }
    }
    out
}
