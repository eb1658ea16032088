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

-- What staff's first page sums up: read off the index, not off a million rows.
CREATE INDEX invoice_open_by_day ON invoice (supplier_id, currency, kind, due_on, open)
  WHERE open > 0;
CREATE INDEX invoice_held ON invoice (supplier_id)
  WHERE reserved > 0 OR disputed > 0 OR promised > 0;
