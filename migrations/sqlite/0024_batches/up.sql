-- What the supplier's bank asks of direct debits, as DebitProfile writes itself; null: the usual.
ALTER TABLE supplier ADD COLUMN debit_profile TEXT;

-- A file's way: who made it, who agreed, when it was taken out. Those before were all taken out.
ALTER TABLE batch ADD COLUMN state TEXT NOT NULL DEFAULT 'exported';
ALTER TABLE batch ADD COLUMN maker TEXT NOT NULL DEFAULT '';
ALTER TABLE batch ADD COLUMN approver TEXT;
ALTER TABLE batch ADD COLUMN approved_at BIGINT;
ALTER TABLE batch ADD COLUMN exported_at BIGINT;
ALTER TABLE batch ADD COLUMN first_on DATE NOT NULL DEFAULT '1970-01-01';
ALTER TABLE batch ADD COLUMN last_on DATE NOT NULL DEFAULT '1970-01-01';
UPDATE batch SET
  first_on = COALESCE((SELECT MIN(c.collect_on) FROM collection c
    WHERE c.supplier_id = batch.supplier_id AND c.batch_id = batch.id), first_on),
  last_on = COALESCE((SELECT MAX(c.collect_on) FROM collection c
    WHERE c.supplier_id = batch.supplier_id AND c.batch_id = batch.id), last_on);
CREATE INDEX batch_by_state ON batch (supplier_id, state, id);

-- The day the debtor was told of a debit: the agreed days are counted from it. And its block of
-- the file (PmtInfId), which banks name in statements and answers.
ALTER TABLE collection ADD COLUMN told_on DATE;
ALTER TABLE collection ADD COLUMN block_id TEXT;
UPDATE collection SET state = 'submitted' WHERE state = 'batched';
CREATE INDEX collection_by_batch ON collection (supplier_id, batch_id, id);
CREATE INDEX collection_by_block ON collection (supplier_id, block_id, id);

-- Mandates end after 36 months without use: those whose time may have come are found by it. One
-- taken over from elsewhere was perhaps collected under there.
ALTER TABLE mandate ADD COLUMN used_on DATE;
CREATE INDEX mandate_by_state ON mandate (supplier_id, state, signed_on, id);

-- How a debit ended without money: refused, sent back, refunded. Never changed but for the debit
-- that took its place.
CREATE TABLE debit_return (
  supplier_id TEXT NOT NULL,
  collection_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  action TEXT NOT NULL,
  text TEXT NOT NULL,
  day DATE NOT NULL,
  fee BIGINT NOT NULL CHECK (fee >= 0),
  at BIGINT NOT NULL,
  retried_by TEXT,
  PRIMARY KEY (supplier_id, collection_id),
  FOREIGN KEY (supplier_id, collection_id) REFERENCES collection (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX debit_return_by_day ON debit_return (supplier_id, day, collection_id);
CREATE INDEX debit_return_by_retry ON debit_return (supplier_id, retried_by);

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('batch', 'batch_by_state', '100000 10000 2000 1'),
  ('mandate', 'mandate_by_state', '100000 10000 2000 10 1'),
  ('collection', 'collection_by_batch', '100000 10000 10 1'),
  ('collection', 'collection_by_block', '100000 10000 10 1'),
  ('debit_return', 'debit_return', '100000 10000 1'),
  ('debit_return', 'debit_return_by_day', '100000 10000 10 1'),
  ('debit_return', 'debit_return_by_retry', '100000 10000 10');
