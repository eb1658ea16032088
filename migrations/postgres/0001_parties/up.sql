CREATE TABLE supplier (
  id TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  accent TEXT NOT NULL,
  sender TEXT NOT NULL,
  contact_email TEXT NOT NULL,
  contact_phone TEXT NOT NULL,
  language TEXT NOT NULL,
  zone TEXT NOT NULL,
  legal_mode TEXT NOT NULL,
  bank_holder TEXT,
  bank_iban_sealed BYTEA,
  bank_bic TEXT,
  creditor_id TEXT,
  card_sealed BYTEA,
  promise_days_max INTEGER NOT NULL CHECK (promise_days_max BETWEEN 1 AND 366),
  data_age_days_max INTEGER NOT NULL CHECK (data_age_days_max BETWEEN 1 AND 366),
  data_as_of DATE
);

-- epoch is the guard: whoever changes what the debtor owes raises it first, under a row lock.
-- plan_on is the first day on which a message may fall due; planning looks at nothing else.
CREATE TABLE debtor (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  search TEXT NOT NULL,
  language TEXT,
  reference TEXT NOT NULL,
  epoch BIGINT NOT NULL DEFAULT 0,
  plan_on DATE,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, code),
  UNIQUE (supplier_id, reference)
);
CREATE INDEX debtor_by_name ON debtor (supplier_id, search, id);
CREATE INDEX debtor_by_plan ON debtor (supplier_id, plan_on, id) WHERE plan_on IS NOT NULL;

CREATE TABLE contact (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  name TEXT,
  email TEXT,
  phone TEXT,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id)
);
CREATE INDEX contact_by_debtor ON contact (supplier_id, debtor_id, id);
