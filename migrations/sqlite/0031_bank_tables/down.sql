ALTER TABLE bank_reading DROP COLUMN read_by;
DROP TABLE bank_table;
