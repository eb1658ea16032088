DROP TABLE text_sent;
DROP TABLE supplier_texter;
