-- What mandates were before they changed: the debtor's bank is told with the next debit, and again
-- if that one is refused. `former_account` holds the end of the account number only.
CREATE TABLE mandate_change (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  mandate_id TEXT NOT NULL,
  former_reference TEXT,
  former_creditor_id TEXT,
  former_creditor_name TEXT,
  former_account TEXT,
  made_at BIGINT NOT NULL,
  carried_by TEXT,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, mandate_id) REFERENCES mandate (supplier_id, id),
  FOREIGN KEY (supplier_id, carried_by) REFERENCES collection (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX mandate_change_by_mandate ON mandate_change (supplier_id, mandate_id, id);

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('mandate_change', 'mandate_change', '100000 10000 1'),
  ('mandate_change', 'mandate_change_by_mandate', '100000 10000 2 1');
