ALTER TABLE supplier DROP COLUMN late_bases;
