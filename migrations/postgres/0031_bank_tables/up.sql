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
);

-- How this very file was read: again, it is read alike.
ALTER TABLE bank_reading ADD COLUMN read_by TEXT;

SELECT wall('bank_table');
