//! A balance is imported while a bank file of the same debtors is booked: both take the guards of
//! many accounts, each in its own order.

use acquit::flows::import_balance::{self, ImportOrder};
use acquit::flows::{bank_file, pay_by_transfer};

use super::{Nodes, Party, on_threads};
use crate::support::databases::backends;

/// Accounts: as many as a bank file books in one transaction.
const ACCOUNTS: usize = 32;

const ROUNDS: usize = 8;

/// A notice of one euro for each account, from the last to the first.
fn notice(parties: &[Party], round: usize) -> Vec<u8> {
    let entry = |(n, party): (usize, &Party)| {
        let reference = pay_by_transfer::reference(party.visitor.debtor).unwrap();
        format!(
            "<Ntry><Amt Ccy=\"EUR\">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
             <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>\
             <AcctSvcrRef>R{round}-{n}</AcctSvcrRef>\
             <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RmtInf><Strd>\
             <CdtrRefInf><Ref>{}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>",
            reference.as_str()
        )
    };
    let entries: String = parties.iter().enumerate().rev().map(entry).collect();
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\">\
         <BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N{round}</MsgId></GrpHdr>\
         <Ntfctn><Id>N{round}</Id><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>\
         {entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    )
    .into_bytes()
}

/// What the books say of each account: something else each round.
fn balance(codes: &[(String, String)], round: usize) -> Vec<u8> {
    let row = |(code, number): &(String, String)| {
        format!(
            "{code};Société {code};{number};20/02/2026;{},00\n",
            90 - round
        )
    };
    let rows: String = codes.iter().map(row).collect();
    format!("Code;Nom;Piece;Echeance;Solde\n{rows}").into_bytes()
}

#[test]
fn a_balance_and_a_bank_file_of_the_same_accounts_never_block_each_other() {
    for backend in backends() {
        on_threads(race(backend));
    }
}

async fn race(backend: &str) {
    let nodes = Nodes::silent(backend).await;
    let parties = nodes.parties(ACCOUNTS).await;
    let sql = "SELECT d.code || ' ' || i.number AS value FROM debtor d \
               JOIN invoice i ON i.supplier_id = d.supplier_id AND i.debtor_id = d.id \
               ORDER BY d.id";
    let codes = nodes.world.conn().read_sql(sql).unwrap();
    let codes: Vec<(String, String)> = codes
        .iter()
        .map(|both| {
            let (code, number) = both.split_once(' ').unwrap();
            (code.to_owned(), number.to_owned())
        })
        .collect();
    for round in 0..ROUNDS {
        let (bank, books) = (nodes.node(0), nodes.node(1));
        let (id, file) = (nodes.supplier.id, notice(&parties, round));
        let order = ImportOrder {
            supplier: id,
            file_name: format!("{round}.csv"),
            as_of: "2026-03-02".parse().unwrap(),
            complete: false,
            mapping: None,
        };
        let csv = std::io::Cursor::new(balance(&codes, round));
        let booked = bank_file::run(&bank, id, "n", file);
        let imported = import_balance::run(&books, order, csv);
        let (booked, imported) = futures_util::future::join(booked, imported).await;
        assert_eq!(booked.unwrap().movements, ACCOUNTS, "{backend} {round}");
        assert_eq!(imported.unwrap().rows_bad, 0, "{backend} {round}");
    }
    nodes.check_books();
}
