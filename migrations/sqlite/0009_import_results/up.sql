-- What an import did to the items, and the open sums of its file: shown again whenever it is asked.
CREATE TABLE import_result (
  supplier_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  created BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  settled BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, import_id),
  FOREIGN KEY (supplier_id, import_id) REFERENCES import (supplier_id, id)
) WITHOUT ROWID;

CREATE TABLE import_total (
  supplier_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, import_id, currency),
  FOREIGN KEY (supplier_id, import_id) REFERENCES import (supplier_id, id)
) WITHOUT ROWID;
