-- A contact is written to while it is active; known_at is when its mailbox was last set by anybody
-- but the supplier's books: a code that proves who acts goes to no mailbox set the day before.
ALTER TABLE contact ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
ALTER TABLE contact ADD COLUMN language TEXT;
ALTER TABLE contact ADD COLUMN known_at BIGINT NOT NULL DEFAULT 0;

-- Whether documents ask for a code first.
ALTER TABLE supplier ADD COLUMN code_for_documents BOOLEAN NOT NULL DEFAULT FALSE;

-- An access that a contact gave to a colleague; its links say so.
CREATE TABLE forward (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  scope TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, contact_id) REFERENCES contact (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX forward_by_contact ON forward (supplier_id, contact_id, id);
ALTER TABLE link ADD COLUMN scope TEXT NOT NULL DEFAULT 'act';
ALTER TABLE link ADD COLUMN forward_id TEXT;
CREATE INDEX link_by_contact ON link (supplier_id, contact_id, id);

-- A code proves who acts: kept as a keyed hash, and sealed only until it has been sent.
CREATE TABLE code (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  session TEXT NOT NULL,
  action TEXT NOT NULL,
  hash BLOB NOT NULL,
  sealed BLOB,
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  used_at BIGINT,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, contact_id) REFERENCES contact (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX code_by_contact ON code (supplier_id, contact_id, made_at);
CREATE INDEX code_by_session ON code (supplier_id, session, id);
CREATE INDEX code_sealed ON code (expires_at) WHERE sealed IS NOT NULL;

-- What staff has to do about a contact.
CREATE TABLE contact_task (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  contact_id TEXT,
  kind TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  done_at BIGINT,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id)
) WITHOUT ROWID;
CREATE INDEX contact_task_by_debtor ON contact_task (supplier_id, debtor_id, id);
CREATE INDEX contact_task_waiting ON contact_task (supplier_id, id) WHERE done_at IS NULL;

-- Invoices and delivery notes as the supplier's own files.
CREATE TABLE document (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL CHECK (media_type = 'application/pdf'),
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  body BLOB NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
);
CREATE UNIQUE INDEX document_by_invoice ON document (supplier_id, invoice_id, kind, sha256);

-- The statistics of the new indexes, as migration 0010 counts them.
INSERT INTO sqlite_stat1 (tbl, idx, stat)
SELECT
  t.name,
  CASE WHEN l.origin = 'pk' AND t.wr THEN t.name ELSE l.name END,
  '100000 ' || group_concat(
    CASE
      WHEN l."unique" AND c.seqno = (SELECT MAX(seqno) FROM pragma_index_info(l.name)) THEN 1
      WHEN c.name = 'supplier_id' THEN 10000
      WHEN c.name = 'kind' THEN 2000
      WHEN c.name = 'id' THEN 1
      ELSE 10
    END, ' ' ORDER BY c.seqno)
FROM pragma_table_list t, pragma_index_list(t.name) l, pragma_index_info(l.name) c
WHERE t.schema = 'main' AND t.type = 'table'
  AND t.name IN ('forward', 'link', 'code', 'contact_task', 'document')
  AND NOT EXISTS (SELECT 1 FROM sqlite_stat1 s
    WHERE s.tbl = t.name
      AND s.idx = CASE WHEN l.origin = 'pk' AND t.wr THEN t.name ELSE l.name END)
GROUP BY t.name, l.name;
