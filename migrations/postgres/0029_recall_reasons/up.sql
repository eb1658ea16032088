-- The bank's code for a debit that ended before the bank said anything to what was asked.
ALTER TABLE recall_debit ADD COLUMN reason TEXT;
