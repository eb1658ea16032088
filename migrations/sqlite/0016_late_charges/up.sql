-- What a supplier charges for late payment; nothing unless it says so. late_rate is that of its
-- contracts in hundredths of a percent, in the place of the law's.
ALTER TABLE supplier ADD COLUMN late_country TEXT NOT NULL DEFAULT 'FR';
ALTER TABLE supplier ADD COLUMN late_interest BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE supplier ADD COLUMN late_indemnity BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE supplier ADD COLUMN late_rate INTEGER;

-- What a payment pays for lateness, beside the invoices themselves.
CREATE TABLE payment_charge (
  supplier_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (supplier_id, payment_id, invoice_id, kind),
  FOREIGN KEY (supplier_id, payment_id) REFERENCES payment (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX payment_charge_by_invoice ON payment_charge (supplier_id, invoice_id);

-- Lateness of an invoice that the supplier gave up charging for; never changed.
CREATE TABLE late_waiver (
  supplier_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  "by" TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, invoice_id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
) WITHOUT ROWID;

-- As in 0010: what each index leaves.
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
WHERE t.schema = 'main' AND t.name IN ('payment_charge', 'late_waiver')
GROUP BY t.name, l.name;
