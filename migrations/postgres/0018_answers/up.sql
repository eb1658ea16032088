-- Since when a person is to look at what the books brought for a dispute.
ALTER TABLE dispute ADD COLUMN unsure_since BIGINT;
CREATE INDEX dispute_unsure ON dispute (supplier_id, unsure_since, id)
  WHERE unsure_since IS NOT NULL;
