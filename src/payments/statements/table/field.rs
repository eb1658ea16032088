//! What a column of a bank's table may hold, by its title in French, English or German.

use crate::tables::{self, Column, Holds};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum BankField {
    /// The booking day.
    Day,
    /// The value day: counts where the booking day is not told.
    ValueDay,
    /// The amount with its sign.
    Amount,
    /// What the account received.
    Credit,
    /// What it paid.
    Debit,
    /// Received or paid, in words or letters.
    Side,
    /// The currency.
    Currency,
    /// What the payer wrote.
    Words,
    /// More of that.
    More,
    /// A reference of the payer.
    Reference,
    /// Who is on the other side.
    Name,
    /// Its account.
    Iban,
    /// The account itself.
    Account,
}

/// Which column of a bank's table holds what.
pub type Columns = tables::Mapping<BankField>;

impl Holds for BankField {
    const NAMED: &'static [(Self, &'static str)] = &[
        (Self::Day, "day"),
        (Self::ValueDay, "value_day"),
        (Self::Amount, "amount"),
        (Self::Credit, "credit"),
        (Self::Debit, "debit"),
        (Self::Side, "side"),
        (Self::Currency, "currency"),
        (Self::Words, "words"),
        (Self::More, "more"),
        (Self::Reference, "reference"),
        (Self::Name, "name"),
        (Self::Iban, "iban"),
        (Self::Account, "account"),
    ];

    const TITLES: &'static [(Self, &'static str)] = &[
        (
            Self::Day,
            "date comptable, date compta, date de comptabilisation, date operation, date d \
             operation, date de l operation, date op, booking date, booked on, transaction date, \
             posting date, buchungstag, buchungsdatum, date",
        ),
        (
            Self::ValueDay,
            "date valeur, date de valeur, date val, valeur, value date, value day, wertstellung, \
             valuta, valutadatum",
        ),
        (
            Self::Credit,
            "credit, credit eur, credit euro, credit euros, montant credit, haben, money in, paid \
             in, credit amount",
        ),
        (
            Self::Debit,
            "debit, debit eur, debit euro, debit euros, montant debit, soll, money out, paid out, \
             debit amount",
        ),
        (
            Self::Amount,
            "montant, montant eur, montant euro, montant euros, montant de l operation, montant \
             operation, amount, amount eur, betrag, betrag eur, umsatz",
        ),
        (
            Self::Side,
            "sens, debit credit, credit debit, sens de l operation, direction, soll haben, s h, d \
             c, dc, credit debit indicator",
        ),
        (
            Self::Currency,
            "devise, code devise, dev, currency, currency code, wahrung, waehrung",
        ),
        (
            Self::Reference,
            "reference de bout en bout, end to end id, end to end reference, kundenreferenz, \
             reference, ref, reference client, reference operation, customer reference",
        ),
        (
            Self::Name,
            "donneur d ordre, nom de la contrepartie, contrepartie, tiers, nom du tiers, nom, \
             counterparty, counterparty name, payer, payee, name, auftraggeber, auftraggeber \
             beguenstigter, beguenstigter zahlungspflichtiger, begunstigter zahlungspflichtiger",
        ),
        (
            Self::Iban,
            "iban contrepartie, iban de la contrepartie, iban donneur d ordre, iban tiers, \
             counterparty iban, counterparty account, payer iban, kontonummer iban",
        ),
        (
            Self::Words,
            "libelle, libelle operation, libelle de l operation, libelle complet, libelle \
             simplifie, description, motif, verwendungszweck, communication, label, details, \
             text, texte, buchungstext, operation, remittance information",
        ),
        (
            Self::More,
            "informations complementaires, libelle complementaire, complement, detail, details, \
             libelle operation, libelle complet, verwendungszweck, motif, commentaire, additional \
             information, memo, note",
        ),
        (
            Self::Account,
            "compte, numero de compte, n de compte, n compte, iban du compte, account, account \
             number, own account, iban, auftragskonto",
        ),
    ];

    fn missing(has: &dyn Fn(Self) -> bool) -> Vec<String> {
        let needs = [
            (has(Self::Day) || has(Self::ValueDay), "the booking day"),
            (
                has(Self::Amount) || has(Self::Credit) && has(Self::Debit),
                "the amount (or debit and credit)",
            ),
        ];
        let missing = needs.into_iter().filter(|(there, _)| !there);
        missing.map(|(_, name)| name.to_owned()).collect()
    }

    /// Beside debit and credit, another amount is in another currency or a balance.
    fn fits(self, has: &dyn Fn(Self) -> bool) -> bool {
        let pair = has(Self::Debit) && has(Self::Credit);
        !(pair && matches!(self, Self::Amount | Self::Side))
    }

    /// One of a pair tells nothing beside the amount, and a side needs an amount.
    fn settle(columns: &mut Vec<(Self, Column)>, _folded: &[String]) {
        let has = |wanted| columns.iter().any(|(field, _)| *field == wanted);
        if has(Self::Amount) {
            columns.retain(|(field, _)| !matches!(field, Self::Debit | Self::Credit));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fold;

    #[test]
    fn every_title_is_folded_and_every_field_has_titles() {
        for (field, titles) in BankField::TITLES {
            for title in titles.split(", ") {
                assert_eq!(fold(title), title, "{field:?}");
            }
        }
        for (field, _) in BankField::NAMED {
            assert!(BankField::TITLES.iter().any(|(one, _)| one == field));
        }
    }

    #[test]
    fn titles_of_banks_are_known() {
        for (titles, found) in [
            (
                "Date;Libellé;Nom;Débit;Crédit;Devise",
                "day=0 credit=4 debit=3 currency=5 words=1 name=2",
            ),
            (
                "Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;\
                 Informations complementaires;Type operation;Categorie;Debit;Credit;\
                 Date operation;Date de valeur",
                "day=0 value_day=10 credit=8 debit=7 words=2 more=4 reference=3",
            ),
            (
                "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;\
                 Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;Betrag;Waehrung",
                "day=1 value_day=2 amount=7 currency=8 words=4 name=5 iban=6 account=0",
            ),
            ("Quand;Combien", ""),
        ] {
            let titles: Vec<String> = titles.split(';').map(str::to_owned).collect();
            let columns = Columns::guess(&titles);
            let shown = columns
                .columns()
                .map(|(field, column)| format!("{}={}", field.name(), column.index));
            assert_eq!(shown.collect::<Vec<_>>().join(" "), found);
        }
    }
}
