DROP TABLE contact;
DROP TABLE debtor;
DROP TABLE supplier;
