DROP TABLE letterhead;
DROP TABLE postal;
