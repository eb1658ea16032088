-- What a debtor's people answered by mail to the address for replies: kept whole in the inbox, its
-- words here.
CREATE TABLE reply (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  contact_id TEXT,
  message_id TEXT,
  sender TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  event_key TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, event_key),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX reply_by_debtor ON reply (supplier_id, debtor_id, id);

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('reply', 'reply', '10000 1000 1'),
  ('reply', 'sqlite_autoindex_reply_2', '10000 1000 1'),
  ('reply', 'reply_by_debtor', '10000 1000 3 1');
