-- Files beside opinions; the digest as a paper, and the call that was consulted on.
ALTER TABLE consultations ADD COLUMN paper BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consultations ADD COLUMN call TEXT NOT NULL DEFAULT '';
CREATE INDEX consultations_call ON consultations (call) WHERE call <> '';

CREATE TABLE opinion_files (
    id TEXT PRIMARY KEY,
    consultation TEXT NOT NULL REFERENCES consultations (id),
    submission TEXT NOT NULL REFERENCES submissions (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX opinion_files_submission ON opinion_files (submission);
