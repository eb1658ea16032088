-- Since when a person is to look at what the books brought for a dispute.
ALTER TABLE dispute ADD COLUMN unsure_since BIGINT;
CREATE INDEX dispute_unsure ON dispute (supplier_id, unsure_since, id)
  WHERE unsure_since IS NOT NULL;

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat)
SELECT
  t.name,
  CASE WHEN l.origin = 'pk' AND t.wr THEN t.name ELSE l.name END,
  '100000 ' || group_concat(
    CASE
      WHEN l."unique" AND c.seqno = (SELECT MAX(seqno) FROM pragma_index_info(l.name)) THEN 1
      WHEN c.name = 'supplier_id' THEN 10000
      WHEN c.name = 'id' THEN 1
      ELSE 10
    END, ' ' ORDER BY c.seqno)
FROM pragma_table_list t, pragma_index_list(t.name) l, pragma_index_info(l.name) c
WHERE t.schema = 'main' AND t.type = 'table'
  AND l.name IN ('dispute_unsure')
GROUP BY t.name, l.name;
