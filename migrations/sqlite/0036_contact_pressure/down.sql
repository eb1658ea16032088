DROP TABLE mailbox_day;
DROP TABLE insolvency;
DROP TABLE pause;
DROP TABLE rhythm;
