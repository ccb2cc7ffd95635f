-- What was last reported of a plan in its closed reviews, so that its page need not read those of all years.
CREATE TABLE plan_tallies (
    plan TEXT PRIMARY KEY REFERENCES plans (id),
    reviews BIGINT NOT NULL,
    tally JSONB NOT NULL
);
