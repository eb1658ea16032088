//! A page of accounts costs what it holds, however many others the supplier has.

use std::sync::Arc;

use domain::import::BalanceRow;
use domain::invoice::ItemKind;
use domain::party::{Accent, Contact, ContactState, Debtor, Language, LegalMode};
use domain::scenario::{Behaviour, Block, Profile};
use domain::{Money, Zone};

use super::*;
use crate::clock::new_id;
use crate::store::asserted::NewItem;
use crate::store::{Reach, Role};
use crate::vault::Vault;

/// 2026-03-02 10:00 in Paris, a Monday.
const NOW: Moment = Moment::from_seconds(1_772_442_000);

fn supplier() -> Supplier {
    Supplier {
        id: new_id(),
        code: "four".into(),
        name: "Fournisseur".into(),
        address: "1 rue de l'Exemple, 75001 Paris".into(),
        accent: Accent { rgb: [31, 78, 140] },
        sender: "compta@fournisseur.example".into(),
        contact_email: "bonjour@fournisseur.example".into(),
        contact_phone: "01 99 00 00 00".into(),
        language: Language::Fr,
        zone: Zone::PARIS,
        legal_mode: LegalMode::OwnAccount,
        bank: None,
        promise_days_max: 30,
        data_age_days_max: 10,
        data_as_of: Some(Zone::PARIS.day(NOW)),
    }
}

/// A debtor with a mailbox and an invoice five days late.
fn account(conn: &mut Conn, supplier: &Supplier) -> DebtorId {
    let (id, today) = (supplier.id, Zone::PARIS.day(NOW));
    let debtor = Debtor {
        id: new_id(),
        supplier: id,
        code: "C1".into(),
        name: "Client".into(),
        language: None,
    };
    let contact = Contact {
        id: new_id(),
        debtor: debtor.id,
        name: None,
        email: Some("compta@client.example".into()),
        phone: None,
        language: None,
        state: ContactState::Active,
    };
    let due_on = today.plus_days(-5);
    let row = BalanceRow {
        line: 1,
        debtor_code: debtor.code.clone(),
        debtor_name: debtor.name.clone(),
        email: None,
        phone: None,
        postal: None,
        kind: ItemKind::Invoice,
        number: "F1".into(),
        order_ref: None,
        issued_on: due_on.plus_days(-30),
        due_on,
        total: Money::eur(12_000),
        open: Money::eur(12_000),
    };
    let item = NewItem {
        id: new_id(),
        debtor: debtor.id,
        twin: 0,
        row: &row,
    };
    let owner = debtor.id;
    let reference = crate::flows::pay_by_transfer::reference(owner).unwrap();
    store::debtor::insert_many(conn, &[(debtor, reference)], today).unwrap();
    store::contact::insert_many(conn, id, &[contact]).unwrap();
    store::asserted::insert_many(conn, id, &[item]).unwrap();
    owner
}

/// The scenario that asks all there is to ask about an account.
fn asking() -> Scenario {
    let mut all = Scenario::french_default();
    for step in &mut all.steps {
        step.when.unless = vec![Block::Mandate, Block::Plan, Block::Promise];
        step.when.behaviour = Behaviour::Kept;
    }
    all
}

#[test]
fn a_page_of_accounts_is_planned_without_reading_the_suppliers_others() {
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("acquit.db");
    let open = || {
        let vault = Arc::new(Vault::new([7; 32]));
        Conn::open(url.to_str().unwrap(), vault, Role::Writer, Reach::nobody()).unwrap()
    };
    store::migrate::up(&mut open()).unwrap();
    let mut conn = open();
    let supplier = supplier();
    store::supplier::insert(&mut conn, &supplier).unwrap();
    let debtor = account(&mut conn, &supplier);
    let house = House::read(&mut conn, supplier, NOW).unwrap();
    let house = house.with(&[Profile::Standard], Some(asking()));
    let mut done = None;
    let (all, asked) = conn.reading_all(|conn| {
        done = book::page(conn, &house, &[debtor]).ok();
    });
    assert_eq!(done.map(|done| done.messages), Some(1));
    assert!(asked > 12, "{asked}");
    assert_eq!(all, Vec::<String>::new());
}
