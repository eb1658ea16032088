DROP TABLE mapping_profile;
DROP TABLE upload;
DROP TABLE import_error;
DROP TABLE import;
DROP TABLE invoice;
