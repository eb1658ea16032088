-- Webhooks as they came, before anybody reads them.
CREATE TABLE inbox (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  source TEXT NOT NULL,
  event_id TEXT NOT NULL,
  body BYTEA NOT NULL,
  received_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  next_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  note TEXT,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, source, event_id)
);
CREATE INDEX inbox_by_state ON inbox (state, next_at, id);

CREATE TABLE bank_file (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  body BYTEA NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, sha256)
);

-- One movement of a statement. Its key is account, statement and place, so a file read twice, or
-- two files that overlap, book it once; twins of the same day stay two.
CREATE TABLE bank_entry (
  supplier_id TEXT NOT NULL,
  key TEXT NOT NULL,
  file_id TEXT NOT NULL,
  booked_on DATE NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL,
  text TEXT NOT NULL,
  counterparty TEXT,
  matching TEXT NOT NULL,
  payment_id TEXT,
  PRIMARY KEY (supplier_id, key),
  FOREIGN KEY (supplier_id, file_id) REFERENCES bank_file (supplier_id, id)
);
CREATE INDEX bank_entry_by_matching ON bank_entry (supplier_id, matching, booked_on, key);
