-- Cards that the provider keeps for a debtor's contact; here is only what names them.
CREATE TABLE saved_card (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  state TEXT NOT NULL,
  customer TEXT,
  method TEXT,
  brand TEXT,
  last_four TEXT,
  expires_year INTEGER,
  expires_month INTEGER,
  agreed_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, payment_id),
  UNIQUE (supplier_id, method),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, contact_id) REFERENCES contact (supplier_id, id),
  FOREIGN KEY (supplier_id, payment_id) REFERENCES payment (supplier_id, id)
);
CREATE INDEX saved_card_by_debtor ON saved_card (supplier_id, debtor_id, id);
CREATE INDEX saved_card_by_state ON saved_card (supplier_id, state, id);

-- The saved card that a payment is made with.
ALTER TABLE payment ADD COLUMN card_id TEXT;

SELECT wall('saved_card');
