DROP TABLE suppression;
DROP TABLE bounce;
ALTER TABLE contact_task DROP COLUMN detail;
DROP TABLE supplier_mail;
