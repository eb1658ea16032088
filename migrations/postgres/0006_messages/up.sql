-- guard_epoch is the debtor's epoch under which the text was let go: a payment, dispute or promise
-- that raised the epoch to this or less was committed before, so a reminder of it was wrong.
CREATE TABLE message (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  dedup TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  lease_until BIGINT,
  fence BIGINT NOT NULL DEFAULT 0,
  guard_epoch BIGINT,
  attempts INTEGER NOT NULL DEFAULT 0,
  about TEXT NOT NULL,
  recipient TEXT,
  subject TEXT,
  copy BYTEA,
  outcome TEXT,
  done_at BIGINT,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, dedup),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, contact_id) REFERENCES contact (supplier_id, id)
);
CREATE INDEX message_by_state ON message (state, due_at, id);
CREATE INDEX message_by_debtor ON message (supplier_id, debtor_id, id);

CREATE TABLE message_invoice (
  supplier_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  PRIMARY KEY (supplier_id, message_id, invoice_id),
  FOREIGN KEY (supplier_id, message_id) REFERENCES message (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
);

-- Each step of a scenario is taken once for an invoice; a returned payment starts a new cycle.
CREATE TABLE reminder_step (
  supplier_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  cycle INTEGER NOT NULL,
  code TEXT NOT NULL,
  scenario_version INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  done_on DATE NOT NULL,
  PRIMARY KEY (supplier_id, invoice_id, cycle, code),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id),
  FOREIGN KEY (supplier_id, message_id) REFERENCES message (supplier_id, id)
);

CREATE TABLE link (
  hash BYTEA NOT NULL PRIMARY KEY,
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  message_id TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  used_at BIGINT,
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, contact_id) REFERENCES contact (supplier_id, id)
);
CREATE UNIQUE INDEX link_by_id ON link (supplier_id, id);
