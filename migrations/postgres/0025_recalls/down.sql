DROP TABLE recall_debit;
DROP TABLE recall;
