DROP TABLE ledger_line;
DROP TABLE ledger_tx;
DROP TABLE ledger_seal;
