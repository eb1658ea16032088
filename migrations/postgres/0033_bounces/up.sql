-- How a supplier's messages leave, and how what comes back of them reaches us: sealed, as
-- flows::mail_settings writes it.
CREATE TABLE supplier_mail (
  supplier_id TEXT NOT NULL PRIMARY KEY REFERENCES supplier (id),
  sealed BYTEA NOT NULL
);

-- Why there is something to do about a contact, in a mail server's words or staff's.
ALTER TABLE contact_task ADD COLUMN detail TEXT NOT NULL DEFAULT '';

-- What was told of messages after they left; event_key keeps one report from counting twice.
CREATE TABLE bounce (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  debtor_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  address TEXT NOT NULL,
  verdict TEXT NOT NULL,
  status TEXT,
  words TEXT NOT NULL,
  source TEXT NOT NULL,
  event_key TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, event_key),
  FOREIGN KEY (supplier_id, debtor_id) REFERENCES debtor (supplier_id, id),
  FOREIGN KEY (supplier_id, message_id) REFERENCES message (supplier_id, id)
);
CREATE INDEX bounce_by_debtor ON bounce (supplier_id, debtor_id, id);
CREATE INDEX bounce_by_address ON bounce (supplier_id, address, at);

-- Addresses that are written to no more, in small letters.
CREATE TABLE suppression (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  address TEXT NOT NULL,
  verdict TEXT NOT NULL,
  words TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, address)
);
SELECT wall('supplier_mail');
SELECT wall('bounce');
SELECT wall('suppression');
