-- How a bank file was read: a row of its own, for the file's bytes are long to pass over.
CREATE TABLE bank_reading (
  supplier_id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  format TEXT NOT NULL,
  reason TEXT NOT NULL,
  statements BIGINT NOT NULL,
  movements BIGINT NOT NULL,
  booked BIGINT NOT NULL,
  confirmed_by TEXT,
  PRIMARY KEY (supplier_id, file_id),
  FOREIGN KEY (supplier_id, file_id) REFERENCES bank_file (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX bank_reading_by_time ON bank_reading (supplier_id, received_at, file_id);

-- What tells a movement from others, and the same money told by another message from a twin.
-- entry_key and entry_amount are those of the whole booking, of which this may be a part; same_as
-- is the key of the movement that another message told first; rounds counts how often it was taken
-- from an account again.
ALTER TABLE bank_entry ADD COLUMN account TEXT NOT NULL DEFAULT '';
ALTER TABLE bank_entry ADD COLUMN kind TEXT NOT NULL DEFAULT 'statement';
ALTER TABLE bank_entry ADD COLUMN entry_key TEXT NOT NULL DEFAULT '';
ALTER TABLE bank_entry ADD COLUMN entry_amount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE bank_entry ADD COLUMN bank_ref TEXT;
ALTER TABLE bank_entry ADD COLUMN end_to_end_id TEXT;
ALTER TABLE bank_entry ADD COLUMN batch_ref TEXT;
ALTER TABLE bank_entry ADD COLUMN payer_key TEXT;
ALTER TABLE bank_entry ADD COLUMN reason TEXT;
ALTER TABLE bank_entry ADD COLUMN same_as TEXT;
ALTER TABLE bank_entry ADD COLUMN debtor_id TEXT;
ALTER TABLE bank_entry ADD COLUMN fit TEXT;
ALTER TABLE bank_entry ADD COLUMN rounds INTEGER NOT NULL DEFAULT 0;
CREATE INDEX bank_entry_by_day ON bank_entry (supplier_id, account, booked_on, key);
CREATE INDEX bank_entry_by_payer ON bank_entry (supplier_id, payer_key, key)
  WHERE payer_key IS NOT NULL;
CREATE INDEX bank_entry_told ON bank_entry (supplier_id, same_as, key) WHERE same_as IS NOT NULL;

-- Whose money it may be: for a person to say.
CREATE TABLE bank_suggestion (
  supplier_id TEXT NOT NULL,
  key TEXT NOT NULL,
  n INTEGER NOT NULL,
  debtor_id TEXT NOT NULL,
  invoice_id TEXT,
  why TEXT NOT NULL,
  PRIMARY KEY (supplier_id, key, n),
  FOREIGN KEY (supplier_id, key) REFERENCES bank_entry (supplier_id, key),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id)
) WITHOUT ROWID;

-- The payments that a movement was split into, when it is more than one.
CREATE TABLE bank_part (
  supplier_id TEXT NOT NULL,
  key TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  PRIMARY KEY (supplier_id, key, payment_id),
  FOREIGN KEY (supplier_id, key) REFERENCES bank_entry (supplier_id, key),
  FOREIGN KEY (supplier_id, payment_id) REFERENCES payment (supplier_id, id)
) WITHOUT ROWID;

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat)
SELECT
  t.name,
  CASE WHEN l.origin = 'pk' AND t.wr THEN t.name ELSE l.name END,
  '100000 ' || group_concat(
    CASE
      WHEN l."unique" AND c.seqno = (SELECT MAX(seqno) FROM pragma_index_info(l.name)) THEN 1
      WHEN c.name = 'supplier_id' THEN 10000
      ELSE 10
    END, ' ' ORDER BY c.seqno)
FROM pragma_table_list t, pragma_index_list(t.name) l, pragma_index_info(l.name) c
WHERE t.schema = 'main' AND t.type = 'table'
  AND (t.name IN ('bank_reading', 'bank_suggestion', 'bank_part')
    OR l.name IN ('bank_entry_by_day', 'bank_entry_by_payer', 'bank_entry_told'))
GROUP BY t.name, l.name;
