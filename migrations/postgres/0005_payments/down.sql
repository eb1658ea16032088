DROP TABLE collection;
DROP TABLE batch;
DROP TABLE mandate;
DROP TABLE payment_share;
DROP TABLE payment;
