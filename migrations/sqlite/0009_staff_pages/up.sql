-- What an import did to the items, and the open sums of its file: shown again whenever it is asked.
CREATE TABLE import_result (
  supplier_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  created BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  settled BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, import_id),
  FOREIGN KEY (supplier_id, import_id) REFERENCES import (supplier_id, id)
) WITHOUT ROWID;

CREATE TABLE import_total (
  supplier_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, import_id, currency),
  FOREIGN KEY (supplier_id, import_id) REFERENCES import (supplier_id, id)
) WITHOUT ROWID;

-- What staff's first page sums up: read off the index, not off a million rows.
CREATE INDEX invoice_open_by_day ON invoice (supplier_id, currency, kind, due_on, open)
  WHERE open > 0;
CREATE INDEX invoice_held ON invoice (supplier_id)
  WHERE reserved > 0 OR disputed > 0 OR promised > 0;

-- SQLite has no idea of how many rows share a value until it is told, and would read all of a
-- supplier's rows for one debtor. These are the proportions of a firm with 100,000 debtors and a
-- million invoices; an ANALYZE by hand replaces them.
ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('invoice', 'invoice', '1000000 1000000 1'),
  ('invoice', 'invoice_by_number', '1000000 1000000 10 1 1 1 1'),
  ('invoice', 'invoice_open_by_day', '500000 500000 500000 500000 2000 1000'),
  ('invoice', 'invoice_held', '10000 10000'),
  ('debtor', 'debtor', '100000 100000 1'),
  ('debtor', 'sqlite_autoindex_debtor_2', '100000 100000 1'),
  ('debtor', 'sqlite_autoindex_debtor_3', '100000 100000 1'),
  ('debtor', 'debtor_by_name', '100000 100000 1 1'),
  ('debtor', 'debtor_by_plan', '100000 100000 300 1'),
  ('contact', 'contact', '100000 100000 1'),
  ('contact', 'contact_by_debtor', '100000 100000 1 1'),
  ('dispute', 'dispute', '100000 100000 1'),
  ('dispute', 'dispute_by_debtor', '100000 100000 3 1'),
  ('dispute', 'dispute_by_state', '100000 100000 5000 50 1'),
  ('promise', 'promise', '100000 100000 1'),
  ('promise', 'promise_by_debtor', '100000 100000 3 1'),
  ('promise', 'promise_by_state', '100000 100000 5000 50 1'),
  ('payment', 'payment', '300000 300000 1'),
  ('payment', 'sqlite_autoindex_payment_2', '300000 300000 1'),
  ('payment', 'sqlite_autoindex_payment_3', '300000 300000 1'),
  ('payment', 'payment_by_debtor', '300000 300000 5 1'),
  ('payment', 'payment_by_state', '300000 3000 10 1'),
  ('mandate', 'mandate', '50000 50000 1'),
  ('mandate', 'sqlite_autoindex_mandate_2', '50000 50000 50000 1'),
  ('mandate', 'mandate_by_debtor', '50000 50000 1 1'),
  ('collection', 'collection', '100000 100000 1'),
  ('collection', 'sqlite_autoindex_collection_2', '100000 100000 1'),
  ('collection', 'collection_by_debtor', '100000 100000 5 1'),
  ('collection', 'collection_by_state', '100000 100000 1000 100 1'),
  ('message', 'message', '1000000 1000000 1'),
  ('message', 'sqlite_autoindex_message_2', '1000000 1000000 1'),
  ('message', 'message_by_debtor', '1000000 1000000 10 1'),
  ('message', 'message_by_state', '1000000 10000 10 1'),
  ('audit', 'audit', '2000000 2000000 1'),
  ('audit', 'audit_by_debtor', '2000000 2000000 20 1'),
  ('ledger_line', 'ledger_line', '4000000 4000000 5 1'),
  ('ledger_line', 'ledger_line_by_invoice', '3000000 3000000 3'),
  ('ledger_line', 'ledger_line_by_debtor', '1000000 1000000 10 5');
