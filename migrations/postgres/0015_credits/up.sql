-- What a payment deducts of credit notes.
CREATE TABLE payment_credit (
  supplier_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (supplier_id, payment_id, invoice_id),
  FOREIGN KEY (supplier_id, payment_id) REFERENCES payment (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
);

-- The least that a payment in part comes to, in whole units of its currency.
ALTER TABLE supplier ADD COLUMN part_min INTEGER NOT NULL DEFAULT 10
  CHECK (part_min BETWEEN 1 AND 1000);
