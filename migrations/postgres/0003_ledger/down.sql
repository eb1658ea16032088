DROP TABLE ledger_line;
DROP TABLE ledger_tx;
DROP TABLE ledger_seal;
DROP FUNCTION ledger_line_needs_open_tx;
DROP FUNCTION ledger_seal_needs_balance;
DROP FUNCTION never_changed;
