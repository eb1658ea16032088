DROP TABLE late_waiver;
DROP TABLE payment_charge;
ALTER TABLE supplier DROP COLUMN late_rate;
ALTER TABLE supplier DROP COLUMN late_indemnity;
ALTER TABLE supplier DROP COLUMN late_interest;
ALTER TABLE supplier DROP COLUMN late_country;
