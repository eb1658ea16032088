ALTER TABLE supplier DROP COLUMN part_min;
DROP TABLE payment_credit;
