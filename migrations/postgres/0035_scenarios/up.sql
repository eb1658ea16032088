-- Scenarios: what is written when. A version is never changed once it is in use: whoever changes a
-- scenario writes the next one. latest is the newest version, active the one that is planned by.
CREATE TABLE scenario (
  supplier_id TEXT NOT NULL REFERENCES supplier (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  latest INTEGER NOT NULL,
  active INTEGER,
  PRIMARY KEY (supplier_id, id),
  UNIQUE (supplier_id, name)
);

CREATE TABLE scenario_version (
  supplier_id TEXT NOT NULL,
  scenario_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  thanks BOOLEAN NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  PRIMARY KEY (supplier_id, scenario_id, version),
  FOREIGN KEY (supplier_id, scenario_id) REFERENCES scenario (supplier_id, id)
);

-- Lists (channels, profiles, unless) are words with commas between.
CREATE TABLE scenario_step (
  supplier_id TEXT NOT NULL,
  scenario_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  n INTEGER NOT NULL,
  code TEXT NOT NULL,
  offset_days INTEGER NOT NULL,
  kind TEXT NOT NULL,
  channels TEXT NOT NULL,
  least_amount BIGINT NOT NULL,
  least_balance BIGINT NOT NULL,
  profiles TEXT NOT NULL,
  behaviour TEXT NOT NULL,
  unless TEXT NOT NULL,
  rest_days INTEGER NOT NULL,
  approval BOOLEAN NOT NULL,
  PRIMARY KEY (supplier_id, scenario_id, version, n),
  FOREIGN KEY (supplier_id, scenario_id, version)
    REFERENCES scenario_version (supplier_id, scenario_id, version)
);

-- Which scenario a profile of debtors has; without a row, the one that is built in.
CREATE TABLE scenario_profile (
  supplier_id TEXT NOT NULL,
  profile TEXT NOT NULL,
  scenario_id TEXT NOT NULL,
  PRIMARY KEY (supplier_id, profile),
  FOREIGN KEY (supplier_id, scenario_id) REFERENCES scenario (supplier_id, id)
);
CREATE INDEX scenario_profile_by_scenario
  ON scenario_profile (supplier_id, scenario_id, profile);
ALTER TABLE debtor ADD COLUMN profile TEXT NOT NULL DEFAULT 'standard';

-- The trace of a step names its scenario, none when it is the built-in one, and the channel.
ALTER TABLE reminder_step ADD COLUMN scenario_id TEXT;
ALTER TABLE reminder_step ADD COLUMN channel TEXT NOT NULL DEFAULT 'email';

-- Steps that were passed over, and why: of each invoice each step is in one of the two tables.
CREATE TABLE step_passed (
  supplier_id TEXT NOT NULL,
  invoice_id TEXT NOT NULL,
  cycle INTEGER NOT NULL,
  code TEXT NOT NULL,
  scenario_id TEXT,
  scenario_version INTEGER NOT NULL,
  reason TEXT NOT NULL,
  passed_on DATE NOT NULL,
  PRIMARY KEY (supplier_id, invoice_id, cycle, code),
  FOREIGN KEY (supplier_id, invoice_id) REFERENCES invoice (supplier_id, id)
);
SELECT wall('scenario');
SELECT wall('scenario_version');
SELECT wall('scenario_step');
SELECT wall('scenario_profile');
SELECT wall('step_passed');
