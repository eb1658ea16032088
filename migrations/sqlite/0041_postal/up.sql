-- Where letters to a debtor go. What staff wrote stays when the books say otherwise.
CREATE TABLE postal (
  supplier_id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  town TEXT NOT NULL,
  country TEXT NOT NULL,
  by_staff BOOLEAN NOT NULL,
  known_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, debtor_id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id)
) WITHOUT ROWID;

-- What a supplier's letters begin and end with.
CREATE TABLE letterhead (
  supplier_id TEXT NOT NULL PRIMARY KEY REFERENCES supplier (id),
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  town TEXT NOT NULL,
  country TEXT NOT NULL,
  signatory TEXT NOT NULL,
  capacity TEXT NOT NULL,
  legal TEXT NOT NULL
) WITHOUT ROWID;

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('postal', 'postal', '100000 10000 1'),
  ('letterhead', 'letterhead', '100000 1');
