-- What a supplier charges for late payment; nothing unless it says so. late_rate is that of its
-- contracts in hundredths of a percent, in the place of the law's.
ALTER TABLE supplier ADD COLUMN late_country TEXT NOT NULL DEFAULT 'FR';
ALTER TABLE supplier ADD COLUMN late_interest BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE supplier ADD COLUMN late_indemnity BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE supplier ADD COLUMN late_rate INTEGER;

-- What a payment pays for lateness, beside the invoices themselves.
CREATE TABLE payment_charge (
  supplier_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (supplier_id, payment_id, invoice_id, kind),
  FOREIGN KEY (supplier_id, payment_id) REFERENCES payment (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
);
CREATE INDEX payment_charge_by_invoice ON payment_charge (supplier_id, invoice_id);

-- Lateness of an invoice that the supplier gave up charging for; never changed.
CREATE TABLE late_waiver (
  supplier_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  "by" TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, invoice_id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
);
