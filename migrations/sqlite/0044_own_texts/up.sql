-- Texts of a supplier's own. A version is never changed: whoever changes a text writes the next
-- one. Which is used stands in own_text_use; without a row there, the text that is built in.
CREATE TABLE own_text (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  channel TEXT NOT NULL,
  version INTEGER NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, kind, language, channel, version)
) WITHOUT ROWID;

-- failed_at and failed_why: the first message that it could not be used for, which had the
-- built-in words instead.
CREATE TABLE own_text_use (
  supplier_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  channel TEXT NOT NULL,
  text_id TEXT NOT NULL,
  failed_at BIGINT,
  failed_why TEXT,
  PRIMARY KEY (supplier_id, kind, language, channel),
  FOREIGN KEY (supplier_id, text_id) REFERENCES own_text (supplier_id, id)
) WITHOUT ROWID;

-- The version that a message was written in; none for the built-in words. Its exact copy is kept
-- beside.
ALTER TABLE message ADD COLUMN text_id TEXT;

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('own_text', 'own_text', '100000 10000 1'),
  ('own_text', 'sqlite_autoindex_own_text_2', '100000 10000 1000 500 250 1'),
  ('own_text_use', 'own_text_use', '10000 1000 100 50 1');
