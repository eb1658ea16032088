ALTER TABLE plan DROP COLUMN mandate_id;
