-- What committees owe, as the sweeps found it. What is resolved stays.
CREATE TABLE duties (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    key TEXT NOT NULL,
    args TEXT,
    basis TEXT NOT NULL,
    due TEXT NOT NULL,
    subject TEXT NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    resolved_at TIMESTAMP
);
CREATE UNIQUE INDEX duties_open ON duties (committee, key, subject, due) WHERE resolved_at IS NULL;
