-- Days between two messages of our own accord to one account, at least: an account with invoices of
-- many days is asked for them together, not on each of their days.
ALTER TABLE supplier ADD COLUMN message_gap_days INTEGER NOT NULL DEFAULT 7
  CHECK (message_gap_days >= 0);
