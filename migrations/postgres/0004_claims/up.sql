CREATE TABLE dispute (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  declared_at BIGINT NOT NULL,
  answer_by DATE NOT NULL,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
);
CREATE INDEX dispute_by_debtor ON dispute (supplier_id, debtor_id, id);
CREATE INDEX dispute_by_state ON dispute (supplier_id, state, answer_by, id);

CREATE TABLE promise (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  due_on DATE NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  state TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id)
);
CREATE INDEX promise_by_debtor ON promise (supplier_id, debtor_id, id);
CREATE INDEX promise_by_state ON promise (supplier_id, state, due_on, id);

CREATE TABLE promise_share (
  supplier_id TEXT NOT NULL,
  promise_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (supplier_id, promise_id, invoice_id),
  FOREIGN KEY (supplier_id, promise_id) REFERENCES promise (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
);
CREATE INDEX promise_share_by_invoice ON promise_share (supplier_id, invoice_id);

-- A form sent twice is answered twice and done once.
CREATE TABLE request_key (
  supplier_id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  key TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, debtor_id, key)
);
