DROP TABLE mandate_change;
