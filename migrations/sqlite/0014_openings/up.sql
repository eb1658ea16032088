-- What an item left open when the books first named it: its opening, which its ledger lines add to.
-- One line of the entry speaks for all items that it added (ADR 8).
ALTER TABLE invoice ADD COLUMN opened BIGINT NOT NULL DEFAULT 0;
CREATE TRIGGER invoice_opening_kept BEFORE UPDATE OF opened ON invoice
BEGIN SELECT RAISE(ABORT, 'ledger: openings are never changed'); END;

-- What is open of a supplier, by due day, is the sum of these: a row whenever it changes, so that
-- no two writers meet at one. They are folded into one row a day now and then.
DROP INDEX invoice_open_by_day;
CREATE TABLE open_change (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  due_on DATE NOT NULL,
  amount BIGINT NOT NULL
);
CREATE INDEX open_change_by_supplier ON open_change (supplier_id);
INSERT INTO sqlite_stat1 (tbl, idx, stat)
VALUES ('open_change', 'open_change_by_supplier', '100000 10000');

INSERT INTO open_change (supplier_id, currency, kind, due_on, amount)
SELECT supplier_id, currency, kind, due_on, SUM(open) FROM invoice
WHERE open > 0 GROUP BY supplier_id, currency, kind, due_on;

CREATE TRIGGER invoice_open_changed AFTER UPDATE OF open, due_on ON invoice
WHEN NEW.open <> OLD.open AND NEW.due_on = OLD.due_on
BEGIN
  INSERT INTO open_change (supplier_id, currency, kind, due_on, amount)
  VALUES (NEW.supplier_id, NEW.currency, NEW.kind, NEW.due_on, NEW.open - OLD.open);
END;
CREATE TRIGGER invoice_due_day_changed AFTER UPDATE OF open, due_on ON invoice
WHEN NEW.due_on <> OLD.due_on AND NEW.open + OLD.open > 0
BEGIN
  INSERT INTO open_change (supplier_id, currency, kind, due_on, amount)
  VALUES (OLD.supplier_id, OLD.currency, OLD.kind, OLD.due_on, -OLD.open),
         (NEW.supplier_id, NEW.currency, NEW.kind, NEW.due_on, NEW.open);
END;
