ALTER TABLE recall_debit DROP COLUMN reason;
