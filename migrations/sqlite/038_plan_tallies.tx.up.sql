-- What was last reported of a plan in its closed reviews, so that its page need not read those of all years.
CREATE TABLE plan_tallies (
    plan TEXT PRIMARY KEY REFERENCES plans (id),
    reviews INTEGER NOT NULL,
    tally TEXT NOT NULL
);
