-- Since when a person is to look at what the books brought for a dispute.
ALTER TABLE dispute ADD COLUMN unsure_since BIGINT;
CREATE INDEX dispute_unsure ON dispute (supplier_id, unsure_since, id)
  WHERE unsure_since IS NOT NULL;

-- The lines of an invoice that a dispute names; their amounts add up to what is disputed.
CREATE TABLE dispute_line (
  supplier_id TEXT NOT NULL,
  dispute_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  label TEXT NOT NULL,
  fault TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (supplier_id, dispute_id, n),
  FOREIGN KEY (supplier_id, dispute_id) REFERENCES dispute (supplier_id, id)
);

-- Refunds and contested card payments, by the provider's own reference.
CREATE TABLE reversal (
  supplier_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  reference TEXT NOT NULL,
  cause TEXT NOT NULL,
  state TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, payment_id, reference),
  FOREIGN KEY (supplier_id, payment_id) REFERENCES payment (supplier_id, id)
);
CREATE INDEX reversal_by_change ON reversal (supplier_id, changed_at, reference);
