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
);

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
);
SELECT wall('postal');
SELECT wall('letterhead');
