-- The day by which the sheets of an evaluation are to be submitted; empty where none was set.
ALTER TABLE calls ADD COLUMN evaluate_by TEXT NOT NULL DEFAULT '';
