DROP TABLE attachment;
DROP TABLE dispute_remark;
DROP INDEX dispute_by_credit_note;
ALTER TABLE dispute DROP COLUMN credited;
ALTER TABLE dispute DROP COLUMN credit_note;
ALTER TABLE dispute DROP COLUMN answered_at;
ALTER TABLE dispute DROP COLUMN owner;
