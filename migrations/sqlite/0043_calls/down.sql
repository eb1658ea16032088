DROP TABLE call_item;
DROP TABLE call;
