-- Telephone calls that staff made: what came of each, and what follows.
CREATE TABLE call (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  contact_id TEXT,
  message_id TEXT,
  outcome TEXT NOT NULL,
  reason TEXT,
  note TEXT NOT NULL,
  promised BIGINT,
  promised_currency TEXT,
  promised_on DATE,
  next_at BIGINT,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, contact_id) REFERENCES contact (supplier_id, id),
  FOREIGN KEY (supplier_id, message_id) REFERENCES message (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX call_by_debtor ON call (supplier_id, debtor_id, id);
CREATE INDEX call_by_time ON call (supplier_id, made_at, id);

-- The invoices that were argued, each with what was asked of it.
CREATE TABLE call_item (
  supplier_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  amount BIGINT NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (supplier_id, call_id, invoice_id),
  FOREIGN KEY (supplier_id, call_id) REFERENCES call (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
) WITHOUT ROWID;

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('call', 'call', '100000 10000 1'),
  ('call', 'call_by_debtor', '100000 10000 10 1'),
  ('call', 'call_by_time', '100000 10000 1 1'),
  ('call_item', 'call_item', '100000 10000 10 1');
