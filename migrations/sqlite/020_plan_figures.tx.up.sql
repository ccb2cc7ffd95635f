-- A closed review keeps the plan as it was, a report the money of its year; a plan has one successor.
ALTER TABLE reviews ADD COLUMN sets INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reports ADD COLUMN allotted INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX plans_predecessor ON plans (predecessor) WHERE predecessor <> '';

-- A change-set names the decision record that it rests on, and is chained to the one before.
ALTER TABLE change_sets ADD COLUMN decision TEXT NOT NULL DEFAULT '';
ALTER TABLE change_sets ADD COLUMN sum TEXT NOT NULL DEFAULT '';
