-- Answers to the form of a call, what was submitted each time, files, and requests for supplements.
ALTER TABLE applications ADD COLUMN answers JSONB NOT NULL DEFAULT '[]';
ALTER TABLE applications ADD COLUMN hash TEXT NOT NULL DEFAULT '';

CREATE TABLE filings (
    application TEXT NOT NULL REFERENCES applications (id),
    number BIGINT NOT NULL,
    submitted_at TIMESTAMPTZ NOT NULL,
    submitted_by TEXT NOT NULL,
    form TEXT NOT NULL,
    answers JSONB NOT NULL,
    files JSONB NOT NULL,
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
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX attachments_application ON attachments (application, id);

CREATE TABLE supplements (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES calls (id),
    application TEXT NOT NULL REFERENCES applications (id),
    fields JSONB NOT NULL,
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    due TIMESTAMPTZ NOT NULL,
    remind_at TIMESTAMPTZ NOT NULL,
    basis TEXT NOT NULL,
    answers JSONB NOT NULL,
    answered_at TIMESTAMPTZ,
    answered_by TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX supplements_call ON supplements (call, id);
CREATE INDEX supplements_application ON supplements (application, id);
