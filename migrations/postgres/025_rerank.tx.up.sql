-- Results that are ranked again: versions of a ranking, why, sheets as they stood before a correction, objections to a version.
ALTER TABLE sheets ADD COLUMN again BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE past_sheets (
    call TEXT NOT NULL REFERENCES calls (id),
    application TEXT NOT NULL REFERENCES applications (id),
    evaluator TEXT NOT NULL REFERENCES accounts (id),
    version BIGINT NOT NULL,
    scores JSONB NOT NULL,
    comment TEXT NOT NULL,
    submitted_at TIMESTAMPTZ,
    replaced_at TIMESTAMPTZ NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (application, evaluator, version)
);
CREATE INDEX past_sheets_call ON past_sheets (call, evaluator);

CREATE TABLE reopenings (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES calls (id),
    application TEXT NOT NULL,
    objection TEXT NOT NULL,
    remedy TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    "by" TEXT NOT NULL,
    ranking BIGINT NOT NULL
);
CREATE INDEX reopenings_call ON reopenings (call, id);

ALTER TABLE objections ADD COLUMN ranking BIGINT NOT NULL DEFAULT 1;
DROP INDEX objections_application;
CREATE UNIQUE INDEX objections_application ON objections (application, ranking);

ALTER TABLE rankings
    ADD COLUMN version BIGINT NOT NULL DEFAULT 1,
    ADD COLUMN supersedes TEXT NOT NULL DEFAULT '',
    ADD COLUMN grounds JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN changes JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN announced_at TIMESTAMPTZ,
    ADD COLUMN gates JSONB NOT NULL DEFAULT '{}';
UPDATE rankings r SET announced_at = c.announced_at,
    gates = jsonb_build_object('deliberated', c.deliberated, 'subsidised', c.subsidised, 'approval', c.approval)
FROM calls c WHERE c.id = r.call;
ALTER TABLE rankings DROP CONSTRAINT rankings_pkey;
ALTER TABLE rankings ADD PRIMARY KEY (call, version);
