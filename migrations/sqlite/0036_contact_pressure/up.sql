-- When a supplier writes: its business days (a bit each, Monday the lowest), its hours, and how
-- many messages of our own accord one mailbox gets in a day, of all accounts together. A supplier
-- without a row has the usual ones.
CREATE TABLE rhythm (
  supplier_id TEXT NOT NULL PRIMARY KEY REFERENCES supplier (id),
  business_days INTEGER NOT NULL CHECK (business_days BETWEEN 1 AND 127),
  first_hour INTEGER NOT NULL CHECK (first_hour BETWEEN 0 AND 23),
  closing_hour INTEGER NOT NULL CHECK (closing_hour BETWEEN 1 AND 24),
  mailbox_daily_max INTEGER NOT NULL CHECK (mailbox_daily_max >= 1)
) WITHOUT ROWID;

-- Pauses and exclusions: of a supplier, of one account, or of one invoice of it.
CREATE TABLE pause (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  debtor_id TEXT,
  invoice_id TEXT,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  until_on DATE NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX pause_by_debtor ON pause (supplier_id, debtor_id, id);

-- Insolvency proceedings of a debtor: what is from before the judgment is neither chased nor paid.
CREATE TABLE insolvency (
  supplier_id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  judged_on DATE NOT NULL,
  published_on DATE,
  noted_at BIGINT NOT NULL,
  noted_by TEXT NOT NULL,
  PRIMARY KEY (supplier_id, debtor_id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id)
) WITHOUT ROWID;

-- How many messages of our own accord a mailbox was given on a day.
CREATE TABLE mailbox_day (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  on_day DATE NOT NULL,
  mailbox TEXT NOT NULL,
  messages BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, on_day, mailbox)
) WITHOUT ROWID;

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('rhythm', 'rhythm', '100000 1'),
  ('pause', 'pause', '100000 10000 1'),
  ('pause', 'pause_by_debtor', '100000 10000 10 1'),
  ('insolvency', 'insolvency', '100000 10000 1'),
  ('mailbox_day', 'mailbox_day', '100000 10000 10 1');
