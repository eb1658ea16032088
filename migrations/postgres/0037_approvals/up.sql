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
);
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
);
SELECT wall('approval');
SELECT wall('approval_item');
