-- Basic plans: their ledgers, and the reviews of their execution.
CREATE TABLE plans (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    title TEXT NOT NULL,
    vision TEXT NOT NULL,
    national TEXT NOT NULL,
    "from" TEXT NOT NULL,
    until TEXT NOT NULL,
    state TEXT NOT NULL,
    steps TEXT NOT NULL,
    predecessor TEXT NOT NULL,
    published_at TIMESTAMP,
    ended_at TIMESTAMP,
    rules TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX plans_committee ON plans (committee, id);

CREATE TABLE change_sets (
    plan TEXT NOT NULL REFERENCES plans (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    basis TEXT NOT NULL,
    reason TEXT NOT NULL,
    changes TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    "by" TEXT NOT NULL,
    PRIMARY KEY (plan, number)
);

CREATE TABLE reviews (
    id TEXT PRIMARY KEY,
    plan TEXT NOT NULL REFERENCES plans (id),
    year INTEGER NOT NULL,
    quarter INTEGER NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    due TEXT NOT NULL,
    closed_at TIMESTAMP,
    version INTEGER NOT NULL
);
CREATE UNIQUE INDEX reviews_quarter ON reviews (plan, year, quarter);

CREATE TABLE reports (
    review TEXT NOT NULL REFERENCES reviews (id),
    plan TEXT NOT NULL REFERENCES plans (id),
    node TEXT NOT NULL,
    year INTEGER NOT NULL,
    quarter INTEGER NOT NULL,
    "values" TEXT NOT NULL,
    committed INTEGER NOT NULL,
    spent INTEGER NOT NULL,
    text TEXT NOT NULL,
    evidence TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (review, node)
);
CREATE INDEX reports_plan ON reports (plan, year, quarter);
