CREATE TABLE staff_user (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  epoch BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE staff_role (
  user_id TEXT NOT NULL REFERENCES staff_user (id),
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  role TEXT NOT NULL CHECK (role IN ('admin', 'accountant', 'agent', 'viewer')),
  PRIMARY KEY (user_id, supplier_id)
);

-- Who did what, when; never changed.
CREATE TABLE audit (
  supplier_id TEXT NOT NULL,
  id TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  debtor_id TEXT,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (supplier_id, id)
);
CREATE INDEX audit_by_debtor ON audit (supplier_id, debtor_id, id) WHERE debtor_id IS NOT NULL;
CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER audit_stays BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION never_changed();

-- Jobs that one node at a time may run.
CREATE TABLE lease (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  fence BIGINT NOT NULL,
  until_at BIGINT NOT NULL
);
