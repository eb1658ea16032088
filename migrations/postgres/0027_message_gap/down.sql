ALTER TABLE supplier DROP COLUMN message_gap_days;
