-- What a payment deducts of credit notes.
CREATE TABLE payment_credit (
  supplier_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (supplier_id, payment_id, invoice_id),
  FOREIGN KEY (supplier_id, payment_id) REFERENCES payment (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
) WITHOUT ROWID;

-- The least that a payment in part comes to, in whole units of its currency.
ALTER TABLE supplier ADD COLUMN part_min INTEGER NOT NULL DEFAULT 10
  CHECK (part_min BETWEEN 1 AND 1000);

-- As in 0010: what the new key leaves.
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
WHERE t.schema = 'main' AND t.name = 'payment_credit'
GROUP BY t.name, l.name;
