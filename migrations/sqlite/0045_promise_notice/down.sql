ALTER TABLE rhythm DROP COLUMN promise_notice_days;
