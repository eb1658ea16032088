//! Column titles as French and English accounting software writes them.

use super::field::Field;

/// Titles of each column, folded (see `tables::fold`), with `, ` between. Earlier entries win: they
/// are the surer ones.
///
/// "Solde progressif", ageing columns and labels are absent on purpose: they are never what a
/// customer owes for one document.
pub(super) const TITLES: &[(Field, &str)] = &[
    (
        Field::Code,
        "code client, code tiers, compte tiers, compte client, compte auxiliaire, \
         numero client, n client, no client, numero de compte, n compte, compte, code, \
         tiers, customer code, customer id, customer no, customer number, account, \
         account code, account number, account no, client id",
    ),
    (
        Field::Name,
        "nom, nom client, nom du client, nom tiers, nom du tiers, raison sociale, \
         intitule, intitule du tiers, intitule tiers, intitule du compte, intitule \
         client, libelle du compte, libelle compte, client, societe, denomination, \
         name, customer name, customer, company, company name, account name, client \
         name",
    ),
    (
        Field::Siren,
        "siren, n siren, numero siren, siret, n siret, company number",
    ),
    (
        Field::Email,
        "e mail, email, mail, adresse e mail, adresse email, adresse mail, courriel, \
         adresse electronique, e mail client, email client, email address, e mail \
         address",
    ),
    (
        Field::Phone,
        "telephone, tel, n telephone, phone, phone number, mobile",
    ),
    (
        Field::Street,
        "rue, adresse, adresse 1, adresse1, adresse ligne 1, adresse client, adresse postale, \
         adresse de facturation, voie, street, address, address 1, address1, address line 1, \
         street address, billing address",
    ),
    (
        Field::StreetMore,
        "adresse 2, adresse2, adresse ligne 2, complement, complement adresse, complement d \
         adresse, address 2, address2, address line 2",
    ),
    (
        Field::Postcode,
        "code postal, cp, postcode, post code, postal code, zip, zip code",
    ),
    (Field::Town, "ville, commune, localite, town, city"),
    (Field::Country, "pays, code pays, country, country code"),
    (
        Field::Kind,
        "type, nature, type de piece, type piece, type de document, type document, \
         nature de piece, document type, kind",
    ),
    (Field::Journal, "journal, jnl, jal, code journal, jrn"),
    (
        Field::Number,
        "n facture, numero facture, numero de facture, no facture, n de facture, n \
         piece, numero piece, numero de piece, no piece, n de piece, n document, numero \
         document, numero de document, n doc, invoice number, invoice no, invoice, \
         document number, document no, piece, numero, facture, document, number, no, n, \
         num",
    ),
    (
        Field::OrderRef,
        "ref commande, reference commande, n commande, numero de commande, commande, \
         bon de commande, purchase order, order reference, order number, order no, \
         order, po number, po",
    ),
    (Field::Number, "reference, ref, reference piece, ref piece"),
    (
        Field::OrderRef,
        "reference, ref, votre reference, your reference",
    ),
    (
        Field::Due,
        "date echeance, date d echeance, date d ech, echeance, ech, date ech, date \
         limite de paiement, date limite, due date, due, due on, maturity, maturity \
         date",
    ),
    (
        Field::Issued,
        "date piece, date de piece, date facture, date de facture, date de la facture, \
         date d emission, date emission, date document, date du document, invoice date, \
         issue date, issued, issued on, document date, date",
    ),
    (
        Field::Currency,
        "devise, code devise, dev, monnaie, currency, currency code",
    ),
    (
        Field::Foreign,
        "montant devise, montant en devise, montant devises, reste du devise, solde \
         devise, solde en devise, foreign amount, amount in currency, amount currency",
    ),
    (
        Field::Open,
        "reste du, reste a payer, reste a regler, restant du, reste, solde du, montant \
         du, montant ouvert, montant restant, montant restant du, solde restant, a \
         payer, open amount, amount due, amount open, outstanding, outstanding amount, \
         balance due, amount outstanding, remaining",
    ),
    (
        Field::Debit,
        "debit, montant debit, debit eur, debit euro, debit amount",
    ),
    (
        Field::Credit,
        "credit, montant credit, credit eur, credit euro, credit amount",
    ),
    (
        Field::Total,
        "montant ttc, total ttc, ttc, montant total, montant facture, montant de la \
         facture, total facture, invoice amount, invoice total, total amount, gross \
         amount, original amount",
    ),
    (Field::Open, "solde, balance, encours"),
    (Field::Total, "total, montant, amount"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::fold;

    #[test]
    fn every_title_of_the_table_is_folded() {
        for (field, titles) in TITLES {
            for title in titles.split(", ") {
                assert_eq!(fold(title), title, "{field:?}");
            }
        }
    }
}
