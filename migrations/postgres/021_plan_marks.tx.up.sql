-- Steps that are taken while a plan is in force.
CREATE TABLE plan_marks (
    plan TEXT NOT NULL REFERENCES plans (id),
    kind TEXT NOT NULL,
    number BIGINT NOT NULL,
    ref TEXT NOT NULL,
    decision TEXT NOT NULL,
    text TEXT NOT NULL,
    "on" TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    "by" TEXT NOT NULL,
    PRIMARY KEY (plan, kind, number)
);
