-- Debits asked back from the bank: cancelled before their day, or given back after it. The bytes
-- are kept as they were taken out.
CREATE TABLE recall (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  batch_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  message_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  debits INTEGER NOT NULL,
  total BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  file BYTEA NOT NULL,
  state TEXT NOT NULL,
  maker TEXT NOT NULL,
  approver TEXT,
  exported_at BIGINT,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, message_id),
  FOREIGN KEY (supplier_id, batch_id) REFERENCES batch (supplier_id, id)
);
CREATE INDEX recall_by_batch ON recall (supplier_id, batch_id, id);

-- The debits of each, and what the bank said of them.
CREATE TABLE recall_debit (
  supplier_id TEXT NOT NULL,
  recall_id TEXT NOT NULL,
  collection_id TEXT NOT NULL,
  outcome TEXT,
  PRIMARY KEY (supplier_id, recall_id, collection_id),
  FOREIGN KEY (supplier_id, recall_id) REFERENCES recall (supplier_id, id),
  FOREIGN KEY (supplier_id, collection_id) REFERENCES collection (supplier_id, id)
);
CREATE INDEX recall_debit_by_collection ON recall_debit (supplier_id, collection_id, recall_id);
SELECT wall('recall');
SELECT wall('recall_debit');
