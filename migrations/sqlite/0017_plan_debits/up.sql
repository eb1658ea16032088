-- The mandate under which a plan's instalments are debited, each on its day.
ALTER TABLE plan ADD COLUMN mandate_id TEXT;
