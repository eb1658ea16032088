DROP INDEX payment_by_method;
DROP INDEX link_by_forward;
DROP INDEX invoice_by_bare_number;
DROP INDEX contact_by_email;
