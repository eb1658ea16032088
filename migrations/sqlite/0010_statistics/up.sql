-- Without statistics SQLite takes one debtor's rows to be as many as a whole supplier's, and reads
-- all of the supplier's in the order of the key to find them. These say what an index leaves, by
-- the names of its columns: a supplier has a tenth of 100,000 rows, a state a fifth of those, a
-- debtor or a day ten. They are fixed, so that a query is answered alike everywhere.
ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat)
SELECT
  t.name,
  CASE WHEN l.origin = 'pk' AND t.wr THEN t.name ELSE l.name END,
  '100000 ' || group_concat(
    CASE
      WHEN l."unique" AND c.seqno = (SELECT MAX(seqno) FROM pragma_index_info(l.name)) THEN 1
      WHEN c.name = 'supplier_id' THEN 10000
      WHEN c.name IN ('state', 'kind', 'source', 'matching', 'creditor_id') THEN 2000
      WHEN c.name = 'id' THEN 1
      ELSE 10
    END, ' ' ORDER BY c.seqno)
FROM pragma_table_list t, pragma_index_list(t.name) l, pragma_index_info(l.name) c
WHERE t.schema = 'main' AND t.type = 'table'
  AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '%diesel%'
GROUP BY t.name, l.name;
