ALTER TABLE message DROP COLUMN text_id;
DROP TABLE own_text_use;
DROP TABLE own_text;
