DROP INDEX invoice_held;
DROP INDEX invoice_open_by_day;
DROP TABLE import_total;
DROP TABLE import_result;
