-- How a bank's tables (CSV) are read, as a person confirmed it: by their titles and for one account.
-- titles_key is the hash of the titles, which may be long.
CREATE TABLE bank_table (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  titles_key TEXT NOT NULL,
  account TEXT NOT NULL,
  reading TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, titles_key, account)
) WITHOUT ROWID;

-- How this very file was read: again, it is read alike.
ALTER TABLE bank_reading ADD COLUMN read_by TEXT;

-- What the new index leaves, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('bank_table', 'bank_table', '1000 10 2 1');
