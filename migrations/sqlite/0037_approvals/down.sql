DROP TABLE approval_item;
DROP TABLE approval;
