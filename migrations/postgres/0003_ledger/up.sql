-- An entry cannot be committed without its seal (deferred key), a seal cannot be set on lines that
-- do not sum to nothing, and nothing can be added, changed or removed afterwards.
CREATE TABLE ledger_seal (
  supplier_id TEXT NOT NULL,
  tx_id TEXT NOT NULL,
  PRIMARY KEY (supplier_id, tx_id)
);

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
);

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
);
CREATE INDEX ledger_line_by_invoice ON ledger_line (supplier_id, invoice_id)
  WHERE invoice_id IS NOT NULL;
CREATE INDEX ledger_line_by_debtor ON ledger_line (supplier_id, debtor_id, account)
  WHERE debtor_id IS NOT NULL;

-- An older snapshot would not see the seal of an entry that was committed since.
CREATE FUNCTION ledger_line_needs_open_tx() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'ledger: entries are written at the level READ COMMITTED';
  END IF;
  IF EXISTS (SELECT 1 FROM ledger_seal s
             WHERE s.supplier_id = NEW.supplier_id AND s.tx_id = NEW.tx_id) THEN
    RAISE EXCEPTION 'ledger: the entry is sealed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_line_needs_open_tx BEFORE INSERT ON ledger_line
FOR EACH ROW EXECUTE FUNCTION ledger_line_needs_open_tx();

CREATE FUNCTION ledger_seal_needs_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_line l
                 WHERE l.supplier_id = NEW.supplier_id AND l.tx_id = NEW.tx_id)
    OR EXISTS (SELECT 1 FROM ledger_line l
               WHERE l.supplier_id = NEW.supplier_id AND l.tx_id = NEW.tx_id
               GROUP BY l.currency HAVING SUM(l.amount) <> 0) THEN
    RAISE EXCEPTION 'ledger: the entry does not sum to zero';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_seal_needs_balance BEFORE INSERT ON ledger_seal
FOR EACH ROW EXECUTE FUNCTION ledger_seal_needs_balance();

CREATE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: rows are never changed or removed', TG_TABLE_NAME;
END $$;
CREATE TRIGGER ledger_tx_kept BEFORE UPDATE OR DELETE ON ledger_tx
FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER ledger_line_kept BEFORE UPDATE OR DELETE ON ledger_line
FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER ledger_seal_kept BEFORE UPDATE OR DELETE ON ledger_seal
FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER ledger_tx_stays BEFORE TRUNCATE ON ledger_tx
FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
CREATE TRIGGER ledger_line_stays BEFORE TRUNCATE ON ledger_line
FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
CREATE TRIGGER ledger_seal_stays BEFORE TRUNCATE ON ledger_seal
FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
