-- The same money is looked for by what it comes to and by what names it: an account that books
-- thousands of movements on one day would else be read whole for each of them.
CREATE INDEX bank_entry_by_sum
  ON bank_entry (supplier_id, account, entry_amount, kind, booked_on, key);
CREATE INDEX bank_entry_by_amount
  ON bank_entry (supplier_id, account, amount, kind, booked_on, key);
CREATE INDEX bank_entry_by_ref ON bank_entry (supplier_id, bank_ref, key)
  WHERE bank_ref IS NOT NULL;
CREATE INDEX bank_entry_by_batch ON bank_entry (supplier_id, batch_ref, key)
  WHERE batch_ref IS NOT NULL;
