-- What jobs ask for by the way: whose mail came in, which links a colleague was given, and which
-- payments are under way.
CREATE INDEX contact_by_email ON contact (supplier_id, email, debtor_id) WHERE email IS NOT NULL;
CREATE INDEX link_by_forward ON link (supplier_id, forward_id) WHERE forward_id IS NOT NULL;
CREATE INDEX payment_by_method ON payment (supplier_id, state, method, id);
