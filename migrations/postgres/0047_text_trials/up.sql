-- Texts of a supplier's own that its staff had sent to a number to see them: of no account, but
-- counted against its caps and paid like any other. The number stands in the trail alone.
CREATE TABLE text_trial (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  provider TEXT NOT NULL,
  reference TEXT,
  segments INTEGER NOT NULL,
  currency TEXT,
  price BIGINT,
  given_at BIGINT NOT NULL,
  given_by TEXT NOT NULL,
  PRIMARY KEY (supplier_id, id)
);
CREATE INDEX text_trial_by_time ON text_trial (supplier_id, given_at);
SELECT wall('text_trial');
