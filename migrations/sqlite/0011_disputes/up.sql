-- Who deals with a dispute, when it was answered, and the credit note that settled it.
ALTER TABLE dispute ADD COLUMN owner TEXT;
ALTER TABLE dispute ADD COLUMN answered_at BIGINT;
ALTER TABLE dispute ADD COLUMN credit_note TEXT;
ALTER TABLE dispute ADD COLUMN credited BIGINT CHECK (credited > 0);
-- Imports ask whether a credit note was counted here already.
CREATE INDEX dispute_by_credit_note ON dispute (supplier_id, credit_note)
  WHERE credit_note IS NOT NULL;

-- What was said after the declaration; never changed.
CREATE TABLE dispute_remark (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  dispute_id TEXT NOT NULL,
  author TEXT NOT NULL,
  event TEXT NOT NULL,
  text TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, dispute_id) REFERENCES dispute (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX dispute_remark_by_dispute ON dispute_remark (supplier_id, dispute_id, id);

-- Files. Without a dispute, a file waits for the form with this key to be confirmed.
CREATE TABLE attachment (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  dispute_id TEXT,
  remark_id TEXT,
  form_key TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL CHECK (size > 0),
  sha256 TEXT NOT NULL,
  at BIGINT NOT NULL,
  "by" TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, dispute_id) REFERENCES dispute (supplier_id, id),
  FOREIGN KEY (supplier_id, remark_id) REFERENCES dispute_remark (supplier_id, id)
);
CREATE INDEX attachment_by_dispute ON attachment (supplier_id, dispute_id, id)
  WHERE dispute_id IS NOT NULL;
CREATE INDEX attachment_pending ON attachment (supplier_id, debtor_id, id, at)
  WHERE dispute_id IS NULL;

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat)
SELECT
  t.name,
  CASE WHEN l.origin = 'pk' AND t.wr THEN t.name ELSE l.name END,
  '100000 ' || group_concat(
    CASE
      WHEN l."unique" AND c.seqno = (SELECT MAX(seqno) FROM pragma_index_info(l.name)) THEN 1
      WHEN c.name = 'supplier_id' THEN 10000
      WHEN c.name = 'id' THEN 1
      ELSE 10
    END, ' ' ORDER BY c.seqno)
FROM pragma_table_list t, pragma_index_list(t.name) l, pragma_index_info(l.name) c
WHERE t.schema = 'main' AND t.type = 'table'
  AND (t.name IN ('dispute_remark', 'attachment') OR l.name = 'dispute_by_credit_note')
GROUP BY t.name, l.name;
