DROP TABLE reply;
