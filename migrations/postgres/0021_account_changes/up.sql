-- Other accounts that suppliers want to be paid on: asked for, agreed to by a second person, waited
-- for. `told` is the last state that all the staff were written about.
CREATE TABLE account_change (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  holder TEXT NOT NULL,
  iban_sealed BYTEA NOT NULL,
  last_four TEXT NOT NULL,
  bic TEXT,
  state TEXT NOT NULL,
  maker TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  approver TEXT,
  approved_at BIGINT,
  ended_by TEXT,
  ended_at BIGINT,
  told TEXT,
  PRIMARY KEY (supplier_id, id)
);
CREATE UNIQUE INDEX account_change_open ON account_change (supplier_id)
  WHERE state IN ('proposed', 'waiting');

-- What one member of the staff is to be told by mail; sent again until the server took it.
CREATE TABLE staff_notice (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  change_id TEXT NOT NULL,
  state TEXT NOT NULL,
  email TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  sent_at BIGINT,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, change_id, state, email),
  FOREIGN KEY (supplier_id, change_id) REFERENCES account_change (supplier_id, id)
);
CREATE INDEX staff_notice_unsent ON staff_notice (made_at, id) WHERE sent_at IS NULL;
SELECT wall('account_change');
SELECT wall('staff_notice');
