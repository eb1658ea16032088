-- By which way a message goes. What staff sends (letters, calls) may wait for days: whoever takes
-- what a machine sends must not read past it.
ALTER TABLE message ADD COLUMN channel TEXT NOT NULL DEFAULT 'email';
DROP INDEX message_by_state;
CREATE INDEX message_by_state ON message (state, channel, due_at, id);
