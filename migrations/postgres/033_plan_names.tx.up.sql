-- What a change-set makes of the title and the vision of its plan.
ALTER TABLE change_sets ADD COLUMN naming JSONB;
