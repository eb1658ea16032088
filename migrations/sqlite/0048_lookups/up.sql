-- What jobs ask for by the way: whose mail came in, which links a colleague was given, and which
-- payments are under way.
CREATE INDEX contact_by_email ON contact (supplier_id, email, debtor_id) WHERE email IS NOT NULL;
CREATE INDEX link_by_forward ON link (supplier_id, forward_id) WHERE forward_id IS NOT NULL;
CREATE INDEX payment_by_method ON payment (supplier_id, state, method, id);

-- What the new indexes leave, by the rule of migration 0010.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('contact', 'contact_by_email', '100000 10000 10 10'),
  ('link', 'link_by_forward', '100000 10000 10'),
  ('payment', 'payment_by_method', '100000 10000 2000 10 1');
