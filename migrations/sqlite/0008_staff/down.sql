DROP TABLE lease;
DROP TABLE audit;
DROP TABLE staff_role;
DROP TABLE staff_user;
