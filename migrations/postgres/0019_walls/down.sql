DO $$
DECLARE walled regclass;
BEGIN
  FOR walled IN SELECT p.polrelid FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE p.polname = 'wall' AND c.relnamespace = current_schema()::regnamespace
  LOOP
    EXECUTE format('DROP POLICY wall ON %s', walled);
    EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY', walled);
  END LOOP;
END $$;
DROP FUNCTION wall(regclass, TEXT);
