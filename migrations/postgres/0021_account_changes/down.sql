DROP TABLE staff_notice;
DROP TABLE account_change;
