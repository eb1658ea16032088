-- The walls between suppliers (ADR 7). A connection sees and writes rows of the suppliers whose ids
-- acquit.suppliers lists, of each if it says 'all', and of none as long as it says nothing. The
-- table's owner is bound too. What does not depend on the row is asked once a statement.
CREATE FUNCTION wall(walled regclass, key TEXT DEFAULT 'supplier_id') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY wall ON %s USING (
    (SELECT current_setting(''acquit.suppliers'', true) = ''all'')
    OR %I IN (SELECT unnest(string_to_array(current_setting(''acquit.suppliers'', true), '','')))
    )', walled, key);
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', walled);
END $$;

-- Every table there is by now; a later one is walled by its own migration: SELECT wall('name').
SELECT wall(c.oid) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
  AND a.attname = 'supplier_id' AND NOT a.attisdropped AND c.relname <> 'ledger_seal';
SELECT wall('supplier', 'id');

-- For each line of the ledger a trigger looks for one seal by its key: to ask row by row costs such
-- a look 2 µs, to prepare an answer for many rows 6 µs.
CREATE POLICY wall ON ledger_seal
  USING (current_setting('acquit.suppliers', true) IN ('all', supplier_id)
    OR supplier_id = ANY (string_to_array(current_setting('acquit.suppliers', true), ',')));
ALTER TABLE ledger_seal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Users are of no supplier: they are read to sign in, and by commands.
CREATE POLICY wall ON staff_user
  USING ((SELECT current_setting('acquit.suppliers', true) = 'all'));
ALTER TABLE staff_user ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
