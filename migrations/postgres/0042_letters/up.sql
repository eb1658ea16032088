-- Letters that were printed together; the bytes stay as they were printed.
CREATE TABLE letter_batch (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  letters BIGINT NOT NULL,
  file BYTEA NOT NULL,
  PRIMARY KEY (supplier_id, id)
);

-- One of them: of which message, to whom, and what proves that it left.
CREATE TABLE letter (
  supplier_id TEXT NOT NULL,
  batch_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  reference TEXT NOT NULL,
  registered BOOLEAN NOT NULL,
  addressee TEXT NOT NULL,
  state TEXT NOT NULL,
  tracking TEXT,
  posted_on DATE,
  proof_name TEXT,
  proof BYTEA,
  PRIMARY KEY (supplier_id, batch_id, message_id),
  FOREIGN KEY (supplier_id, batch_id) REFERENCES letter_batch (supplier_id, id),
  FOREIGN KEY (supplier_id, message_id) REFERENCES message (supplier_id, id)
);
CREATE INDEX letter_by_message ON letter (supplier_id, message_id);
SELECT wall('letter_batch');
SELECT wall('letter');
