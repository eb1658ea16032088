CREATE TABLE payment (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  method TEXT NOT NULL,
  state TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  reference TEXT,
  provider_ref TEXT,
  page_url TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  effective_on DATE,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, provider_ref),
  UNIQUE (supplier_id, reference),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX payment_by_debtor ON payment (supplier_id, debtor_id, id);
CREATE INDEX payment_by_state ON payment (state, expires_at, id);

CREATE TABLE payment_share (
  supplier_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (supplier_id, payment_id, invoice_id),
  FOREIGN KEY (supplier_id, payment_id) REFERENCES payment (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
) WITHOUT ROWID;

CREATE TABLE mandate (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  reference TEXT NOT NULL,
  creditor_id TEXT NOT NULL,
  scheme TEXT NOT NULL,
  usage TEXT NOT NULL,
  state TEXT NOT NULL,
  holder TEXT NOT NULL,
  iban_sealed BLOB NOT NULL,
  bic TEXT,
  signed_on DATE,
  signatory TEXT,
  evidence TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, creditor_id, reference),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX mandate_by_debtor ON mandate (supplier_id, debtor_id, id);

CREATE TABLE batch (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  debits INTEGER NOT NULL,
  total BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  file BLOB NOT NULL,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, message_id)
) WITHOUT ROWID;

CREATE TABLE collection (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  mandate_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  collect_on DATE NOT NULL,
  state TEXT NOT NULL,
  batch_id TEXT,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, payment_id),
  FOREIGN KEY (supplier_id, mandate_id) REFERENCES mandate (supplier_id, id),
  FOREIGN KEY (supplier_id, payment_id) REFERENCES payment (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX collection_by_state ON collection (supplier_id, state, collect_on, id);
CREATE INDEX collection_by_debtor ON collection (supplier_id, debtor_id, id);
