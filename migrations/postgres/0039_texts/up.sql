-- How a supplier's text messages leave: sealed, as flows::sms_settings writes it. Beside it, open,
-- until when they wait because a cap was reached, and which.
CREATE TABLE supplier_texter (
  supplier_id TEXT NOT NULL PRIMARY KEY REFERENCES supplier (id),
  sealed BYTEA NOT NULL,
  held_until BIGINT,
  held_by TEXT
);

-- What was given to a provider, an attempt each: what it counts, what it costs, what became of it.
-- A price is in millionths of its currency's unit.
CREATE TABLE text_sent (
  supplier_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  provider TEXT NOT NULL,
  reference TEXT,
  segments INTEGER NOT NULL,
  currency TEXT,
  price BIGINT,
  given_at BIGINT NOT NULL,
  fate TEXT NOT NULL,
  ask_at BIGINT NOT NULL,
  PRIMARY KEY (supplier_id, message_id, attempt),
  FOREIGN KEY (supplier_id, message_id) REFERENCES message (supplier_id, id)
);
CREATE INDEX text_sent_by_time ON text_sent (supplier_id, given_at);
CREATE INDEX text_sent_by_reference ON text_sent (supplier_id, reference);
CREATE INDEX text_sent_by_fate ON text_sent (supplier_id, fate, ask_at);
SELECT wall('supplier_texter');
SELECT wall('text_sent');
