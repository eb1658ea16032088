-- Since when a person is to look at what the books brought for a dispute.
ALTER TABLE dispute ADD COLUMN unsure_since BIGINT;
CREATE INDEX dispute_unsure ON dispute (supplier_id, unsure_since, id)
  WHERE unsure_since IS NOT NULL;

-- The lines of an invoice that a dispute names; their amounts add up to what is disputed.
CREATE TABLE dispute_line (
  supplier_id TEXT NOT NULL,
  dispute_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  label TEXT NOT NULL,
  fault TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (supplier_id, dispute_id, n),
  FOREIGN KEY (supplier_id, dispute_id) REFERENCES dispute (supplier_id, id)
) WITHOUT ROWID;

-- Refunds and contested card payments, by the provider's own reference.
CREATE TABLE reversal (
  supplier_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  reference TEXT NOT NULL,
  cause TEXT NOT NULL,
  state TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, payment_id, reference),
  FOREIGN KEY (supplier_id, payment_id) REFERENCES payment (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX reversal_by_change ON reversal (supplier_id, changed_at, reference);

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
WHERE t.schema = 'main' AND t.type = 'table' AND t.name IN ('reversal', 'dispute_line')
GROUP BY t.name, l.name;
-- Few disputes at a time wait for a look at the books.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('dispute', 'dispute_unsure', '1000 100 10 1');
