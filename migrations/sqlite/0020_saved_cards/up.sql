-- Cards that the provider keeps for a debtor's contact; here is only what names them.
CREATE TABLE saved_card (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  state TEXT NOT NULL,
  customer TEXT,
  method TEXT,
  brand TEXT,
  last_four TEXT,
  expires_year INTEGER,
  expires_month INTEGER,
  agreed_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, payment_id),
  UNIQUE (supplier_id, method),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, contact_id) REFERENCES contact (supplier_id, id),
  FOREIGN KEY (supplier_id, payment_id) REFERENCES payment (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX saved_card_by_debtor ON saved_card (supplier_id, debtor_id, id);
CREATE INDEX saved_card_by_state ON saved_card (supplier_id, state, id);

-- The saved card that a payment is made with.
ALTER TABLE payment ADD COLUMN card_id TEXT;

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat)
SELECT
  t.name,
  CASE WHEN l.origin = 'pk' AND t.wr THEN t.name ELSE l.name END,
  '100000 ' || group_concat(
    CASE
      WHEN l."unique" AND c.seqno = (SELECT MAX(seqno) FROM pragma_index_info(l.name)) THEN 1
      WHEN c.name = 'supplier_id' THEN 10000
      WHEN c.name = 'state' THEN 2000
      WHEN c.name = 'id' THEN 1
      ELSE 10
    END, ' ' ORDER BY c.seqno)
FROM pragma_table_list t, pragma_index_list(t.name) l, pragma_index_info(l.name) c
WHERE t.schema = 'main' AND t.type = 'table' AND t.name = 'saved_card'
GROUP BY t.name, l.name;
