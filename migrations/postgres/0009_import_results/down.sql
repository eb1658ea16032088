DROP TABLE import_total;
DROP TABLE import_result;
