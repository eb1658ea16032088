DROP TABLE step_passed;
ALTER TABLE reminder_step DROP COLUMN channel;
ALTER TABLE reminder_step DROP COLUMN scenario_id;
ALTER TABLE debtor DROP COLUMN profile;
DROP TABLE scenario_profile;
DROP TABLE scenario_step;
DROP TABLE scenario_version;
DROP TABLE scenario;
