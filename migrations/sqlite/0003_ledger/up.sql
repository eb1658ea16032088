-- An entry cannot be committed without its seal (deferred key), a seal cannot be set on lines that
-- do not sum to nothing, and nothing can be added, changed or removed afterwards.
CREATE TABLE ledger_tx (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  effective_on DATE NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, kind, source),
  FOREIGN KEY (supplier_id, id) REFERENCES ledger_seal (supplier_id, tx_id)
    DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE ledger_seal (
  supplier_id TEXT NOT NULL,
  tx_id TEXT NOT NULL,
  PRIMARY KEY (supplier_id, tx_id)
) WITHOUT ROWID;

CREATE TABLE ledger_line (
  supplier_id TEXT NOT NULL,
  tx_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  account TEXT NOT NULL,
  invoice_id TEXT,
  debtor_id TEXT,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (supplier_id, tx_id, n),
  FOREIGN KEY (supplier_id, tx_id) REFERENCES ledger_tx (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX ledger_line_by_invoice ON ledger_line (supplier_id, invoice_id)
  WHERE invoice_id IS NOT NULL;
CREATE INDEX ledger_line_by_debtor ON ledger_line (supplier_id, debtor_id, account)
  WHERE debtor_id IS NOT NULL;

CREATE TRIGGER ledger_line_needs_open_tx BEFORE INSERT ON ledger_line
WHEN EXISTS (SELECT 1 FROM ledger_seal s
             WHERE s.supplier_id = NEW.supplier_id AND s.tx_id = NEW.tx_id)
BEGIN SELECT RAISE(ABORT, 'ledger: the entry is sealed'); END;

CREATE TRIGGER ledger_seal_needs_balance BEFORE INSERT ON ledger_seal
WHEN NOT EXISTS (SELECT 1 FROM ledger_line l
                 WHERE l.supplier_id = NEW.supplier_id AND l.tx_id = NEW.tx_id)
  OR EXISTS (SELECT 1 FROM ledger_line l
             WHERE l.supplier_id = NEW.supplier_id AND l.tx_id = NEW.tx_id
             GROUP BY l.currency HAVING SUM(l.amount) <> 0)
BEGIN SELECT RAISE(ABORT, 'ledger: the entry does not sum to zero'); END;

CREATE TRIGGER ledger_tx_kept BEFORE UPDATE ON ledger_tx
BEGIN SELECT RAISE(ABORT, 'ledger: entries are never changed'); END;
CREATE TRIGGER ledger_tx_stays BEFORE DELETE ON ledger_tx
BEGIN SELECT RAISE(ABORT, 'ledger: entries are never removed'); END;
CREATE TRIGGER ledger_line_kept BEFORE UPDATE ON ledger_line
BEGIN SELECT RAISE(ABORT, 'ledger: lines are never changed'); END;
CREATE TRIGGER ledger_line_stays BEFORE DELETE ON ledger_line
BEGIN SELECT RAISE(ABORT, 'ledger: lines are never removed'); END;
CREATE TRIGGER ledger_seal_kept BEFORE UPDATE ON ledger_seal
BEGIN SELECT RAISE(ABORT, 'ledger: seals are never changed'); END;
CREATE TRIGGER ledger_seal_stays BEFORE DELETE ON ledger_seal
BEGIN SELECT RAISE(ABORT, 'ledger: seals are never removed'); END;
