DROP INDEX message_by_state;
CREATE INDEX message_by_state ON message (state, due_at, id);
ALTER TABLE message DROP COLUMN channel;
