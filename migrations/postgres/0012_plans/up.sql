-- How a promise is to be kept, what was prepared for it, and the plan it is an instalment of.
ALTER TABLE promise ADD COLUMN method TEXT;
ALTER TABLE promise ADD COLUMN payment_id TEXT;
ALTER TABLE promise ADD COLUMN plan_id TEXT;

-- What a supplier accepts without being asked: instalments, days to the last one, the first one in
-- percent, and the whole in cents.
ALTER TABLE supplier ADD COLUMN plan_parts_max INTEGER NOT NULL DEFAULT 3;
ALTER TABLE supplier ADD COLUMN plan_days_max INTEGER NOT NULL DEFAULT 60;
ALTER TABLE supplier ADD COLUMN plan_first_percent INTEGER NOT NULL DEFAULT 30;
ALTER TABLE supplier ADD COLUMN plan_total_max BIGINT NOT NULL DEFAULT 500000;

-- evidence holds what the debtor acknowledged, one JSON object a line: text, hash, link, moment.
CREATE TABLE plan (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  state TEXT NOT NULL,
  round INTEGER NOT NULL,
  reason TEXT NOT NULL,
  words TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  answer_by DATE NOT NULL,
  agreed_at BIGINT,
  evidence TEXT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id)
);
CREATE INDEX plan_by_debtor ON plan (supplier_id, debtor_id, id);
CREATE INDEX plan_by_state ON plan (supplier_id, state, answer_by, id);

CREATE TABLE plan_share (
  supplier_id TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  invoice_id TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (supplier_id, plan_id, n),
  FOREIGN KEY (supplier_id, plan_id) REFERENCES plan (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
);

-- round 0 is what the debtor proposed, round 1 what the supplier offered instead.
CREATE TABLE instalment (
  supplier_id TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  round INTEGER NOT NULL,
  n INTEGER NOT NULL,
  due_on DATE NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  promise_id TEXT,
  missed_on DATE,
  PRIMARY KEY (supplier_id, plan_id, round, n),
  FOREIGN KEY (supplier_id, plan_id) REFERENCES plan (supplier_id, id)
);

-- What debtors said of invoices before they fell due; never changed.
CREATE TABLE confirmation (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  received BOOLEAN,
  recorded BOOLEAN,
  conform BOOLEAN,
  pays_on DATE,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
);
CREATE INDEX confirmation_by_debtor ON confirmation (supplier_id, debtor_id, id);
