-- asserted is what the supplier's books last said is open; in_transit is what was received here
-- and the books have not shown yet. What is open follows from the two. twin counts receipts that
-- the books number alike: software that numbers receipts by day writes two of one number.
CREATE TABLE invoice (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note', 'receipt')),
  number TEXT NOT NULL,
  twin INTEGER NOT NULL DEFAULT 0,
  order_ref TEXT,
  issued_on DATE NOT NULL,
  due_on DATE NOT NULL,
  currency TEXT NOT NULL,
  total BIGINT NOT NULL,
  open BIGINT NOT NULL CHECK (open >= 0 AND open <= total),
  asserted BIGINT NOT NULL,
  in_transit BIGINT NOT NULL CHECK (in_transit >= 0),
  reserved BIGINT NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  disputed BIGINT NOT NULL DEFAULT 0 CHECK (disputed >= 0),
  promised BIGINT NOT NULL DEFAULT 0 CHECK (promised >= 0),
  PRIMARY KEY (supplier_id, id),
  CHECK (open = asserted - in_transit),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id)
);
CREATE UNIQUE INDEX invoice_by_number
  ON invoice (supplier_id, debtor_id, number, kind, due_on, twin);

CREATE TABLE import (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  as_of DATE NOT NULL,
  complete BOOLEAN NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT,
  rows_good BIGINT NOT NULL DEFAULT 0,
  rows_bad BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (supplier_id, id)
);

CREATE TABLE import_error (
  supplier_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  line BIGINT NOT NULL,
  column_title TEXT,
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (supplier_id, import_id, line),
  FOREIGN KEY (supplier_id, import_id) REFERENCES import (supplier_id, id)
);

-- A file waiting for its columns to be confirmed.
CREATE TABLE upload (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  body BYTEA NOT NULL,
  uploaded_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id)
);

-- How the columns of a supplier's files were read last time, by their titles.
CREATE TABLE mapping_profile (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  headers TEXT NOT NULL,
  mapping TEXT NOT NULL,
  PRIMARY KEY (supplier_id, headers)
);
