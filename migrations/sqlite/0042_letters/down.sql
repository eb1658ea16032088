DROP TABLE letter;
DROP TABLE letter_batch;
