-- How many days before a promised day or an instalment's the debtor is told of it again; none, when
-- it is not.
ALTER TABLE rhythm ADD COLUMN promise_notice_days INTEGER NOT NULL DEFAULT 3;
