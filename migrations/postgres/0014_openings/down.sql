DROP TRIGGER invoice_due_day_changed ON invoice;
DROP TRIGGER invoice_open_changed ON invoice;
DROP FUNCTION open_changed;
DROP TABLE open_change;
CREATE INDEX invoice_open_by_day ON invoice (supplier_id, currency, kind, due_on, open)
  WHERE open > 0;
DROP TRIGGER invoice_opening_kept ON invoice;
DROP FUNCTION opening_kept;
ALTER TABLE invoice DROP COLUMN opened;
