DROP TABLE bank_entry;
DROP TABLE bank_file;
DROP TABLE inbox;
