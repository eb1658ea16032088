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

-- What the indexes leave, by the rule of migration 0010; but an account has all movements of its
-- supplier, which the index by day was not known to leave.
DELETE FROM sqlite_stat1 WHERE idx = 'bank_entry_by_day';
INSERT INTO sqlite_stat1 (tbl, idx, stat)
SELECT
  'bank_entry',
  l.name,
  '100000 ' || group_concat(
    CASE
      WHEN c.name IN ('supplier_id', 'account') THEN 10000
      ELSE 10
    END, ' ' ORDER BY c.seqno)
FROM pragma_index_list('bank_entry') l, pragma_index_info(l.name) c
WHERE l.name IN
  ('bank_entry_by_day', 'bank_entry_by_sum', 'bank_entry_by_amount', 'bank_entry_by_ref',
    'bank_entry_by_batch')
GROUP BY l.name;
