DROP INDEX message_by_state;
CREATE INDEX message_by_state ON message (state, due_at, id);
ALTER TABLE message DROP COLUMN channel;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('message', 'message_by_state', '100000 2000 10 1');
