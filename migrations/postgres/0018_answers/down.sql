DROP TABLE reversal;
DROP TABLE dispute_line;
DROP INDEX dispute_unsure;
ALTER TABLE dispute DROP COLUMN unsure_since;
