-- Answers to the form of a call, what was submitted each time, files, and requests for supplements.
ALTER TABLE applications ADD COLUMN answers TEXT NOT NULL DEFAULT '[]';
ALTER TABLE applications ADD COLUMN hash TEXT NOT NULL DEFAULT '';

CREATE TABLE filings (
    application TEXT NOT NULL REFERENCES applications (id),
    number INTEGER NOT NULL,
    submitted_at TIMESTAMP NOT NULL,
    submitted_by TEXT NOT NULL,
    form TEXT NOT NULL,
    answers TEXT NOT NULL,
    files TEXT NOT NULL,
    supplement TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (application, number)
);

CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    application TEXT NOT NULL REFERENCES applications (id),
    field TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL
);
CREATE INDEX attachments_application ON attachments (application, id);

CREATE TABLE supplements (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES calls (id),
    application TEXT NOT NULL REFERENCES applications (id),
    fields TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    due TIMESTAMP NOT NULL,
    remind_at TIMESTAMP NOT NULL,
    basis TEXT NOT NULL,
    answers TEXT NOT NULL,
    answered_at TIMESTAMP,
    answered_by TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX supplements_call ON supplements (call, id);
CREATE INDEX supplements_application ON supplements (application, id);
