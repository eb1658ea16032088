DROP INDEX payment_by_method;
DROP INDEX link_by_forward;
DROP INDEX contact_by_email;
