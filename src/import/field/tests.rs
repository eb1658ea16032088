//! Columns recognised from their titles.

use super::*;
use crate::tables::MappingError;

fn titles(line: &str) -> Vec<String> {
    line.split('|').map(str::to_owned).collect()
}

fn found(line: &str) -> String {
    let mapping = Mapping::recognise(&titles(line)).unwrap();
    let pairs = mapping
        .columns()
        .map(|(field, column)| format!("{}={}", field.name(), column.index));
    pairs.collect::<Vec<_>>().join(" ")
}

#[test]
fn five_shapes_and_an_english_one() {
    for (header, columns) in [
        (
            "Compte tiers|Intitulé du tiers|Jnl|Date pièce|N° pièce|Référence|Libellé|\
             Date échéance|Mode rglt|Devise|Montant devise|Débit|Crédit",
            "code=0 name=1 journal=2 number=4 order_ref=5 issued=3 due=7 debit=11 credit=12 \
             currency=9 foreign=10",
        ),
        (
            "Code client|Nom|E-mail|Téléphone|Type|N° document|Date|Date d'échéance|\
             Réf. commande|Montant TTC|Montant réglé|Reste dû",
            "code=0 name=1 email=2 phone=3 kind=4 number=5 order_ref=8 issued=6 due=7 total=9 \
             open=11",
        ),
        (
            "Pièce|Nature|Date|Échéance|Référence|Non échu|1 à 30 j|31 à 60 j|> 90 j|Total",
            "kind=1 number=0 order_ref=4 issued=2 due=3 open=9",
        ),
        (
            "Compte|Libellé du compte|Jal|Pièce|Date|Échéance|Libellé|Let.|Débit|Crédit|\
             Solde progressif",
            "code=0 name=1 journal=2 number=3 issued=4 due=5 debit=8 credit=9",
        ),
        (
            "Numéro|Type|Client|SIREN|Adresse e-mail|Date d'émission|Date d'échéance|Objet|\
             Montant TTC|Reste à payer|Devise|Statut",
            "name=2 siren=3 email=4 kind=1 number=0 issued=5 due=6 total=8 open=9 currency=10",
        ),
        (
            "Customer|Invoice no.|Due date|Amount|Balance",
            "name=0 number=1 due=2 total=3 open=4",
        ),
    ] {
        assert_eq!(found(header), columns);
    }
}

#[test]
fn a_running_balance_and_a_paid_amount_are_not_guessed_around() {
    assert!(found("Compte|Pièce|Échéance|Débit|Crédit|Solde").ends_with("debit=3 credit=4"));
    assert!(found("Compte|Pièce|Échéance|Montant").ends_with("open=3"));
    let paid = titles("Compte|Pièce|Échéance|Montant|Montant réglé");
    assert!(Mapping::recognise(&paid).is_err());
}

#[test]
fn what_is_missing_is_named_with_the_titles_seen() {
    let seen = titles("Client|Ville|Débit");
    let error = Mapping::recognise(&seen).unwrap_err().to_string();
    for words in [
        "document number",
        "due date",
        "open amount",
        "Client | Ville | Débit",
    ] {
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_profile_survives_its_text_and_follows_its_titles() {
    let old = titles("Compte|Pièce|Échéance|Solde");
    let profile = Mapping::recognise(&old).unwrap();
    assert_eq!(profile.to_string().parse(), Ok(profile.clone()));

    let moved = titles("Ville|SOLDE|Compte|Pièce|Échéance");
    let applied = profile.locate(&moved).unwrap();
    let index = |field| applied.column(field).map(|column| column.index);
    assert_eq!(index(Field::Open), Some(1));
    assert_eq!(index(Field::Due), Some(4));

    let error = profile
        .locate(&titles("Compte|Pièce|Échéance"))
        .unwrap_err();
    assert!(error.to_string().contains("'Solde' (open)"), "{error}");
}

#[test]
fn a_profile_that_cannot_be_read_names_its_line() {
    for (text, line) in [("nonsense", 1), ("due\t1\tÉchéance\nopen\tx\tSolde", 2)] {
        let error = text.parse::<Mapping>().unwrap_err();
        assert!(matches!(error, MappingError::BadProfile { line: at, .. } if at == line));
    }
    assert!("due\t1\tÉchéance".parse::<Mapping>().is_err());
}
