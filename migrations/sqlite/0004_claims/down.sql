DROP TABLE request_key;
DROP TABLE promise_share;
DROP TABLE promise;
DROP TABLE dispute;
