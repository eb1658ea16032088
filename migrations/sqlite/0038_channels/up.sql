-- By which way a message goes. What staff sends (letters, calls) may wait for days: whoever takes
-- what a machine sends must not read past it.
ALTER TABLE message ADD COLUMN channel TEXT NOT NULL DEFAULT 'email';
DROP INDEX message_by_state;
CREATE INDEX message_by_state ON message (state, channel, due_at, id);

-- What the new index leaves, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('message', 'message_by_state', '100000 2000 1000 10 1');
