-- Messages that a person is asked about before they leave, with the steps they would take.
CREATE TABLE approval (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  channel TEXT NOT NULL,
  scenario_id TEXT,
  scenario_version INTEGER NOT NULL,
  state TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  answered_at BIGINT,
  answered_by TEXT,
  message_id TEXT,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, message_id) REFERENCES message (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX approval_by_state ON approval (supplier_id, state, id);
CREATE INDEX approval_by_debtor ON approval (supplier_id, debtor_id, id);

CREATE TABLE approval_item (
  supplier_id TEXT NOT NULL,
  approval_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (supplier_id, approval_id, invoice_id),
  FOREIGN KEY (supplier_id, approval_id) REFERENCES approval (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
) WITHOUT ROWID;

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('approval', 'approval', '100000 10000 1'),
  ('approval', 'approval_by_state', '100000 10000 2000 1'),
  ('approval', 'approval_by_debtor', '100000 10000 10 1'),
  ('approval_item', 'approval_item', '100000 10000 10 1');
