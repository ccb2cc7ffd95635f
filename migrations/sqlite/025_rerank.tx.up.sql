-- Results that are ranked again: versions of a ranking, why, sheets as they stood before a correction, objections to a version.
ALTER TABLE sheets ADD COLUMN again BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE past_sheets (
    call TEXT NOT NULL REFERENCES calls (id),
    application TEXT NOT NULL REFERENCES applications (id),
    evaluator TEXT NOT NULL REFERENCES accounts (id),
    version INTEGER NOT NULL,
    scores TEXT NOT NULL,
    comment TEXT NOT NULL,
    submitted_at TIMESTAMP,
    replaced_at TIMESTAMP NOT NULL,
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
    at TIMESTAMP NOT NULL,
    "by" TEXT NOT NULL,
    ranking INTEGER NOT NULL
);
CREATE INDEX reopenings_call ON reopenings (call, id);

ALTER TABLE objections ADD COLUMN ranking INTEGER NOT NULL DEFAULT 1;
DROP INDEX objections_application;
CREATE UNIQUE INDEX objections_application ON objections (application, ranking);

CREATE TABLE rankings_by_version (
    call TEXT NOT NULL REFERENCES calls (id),
    version INTEGER NOT NULL,
    entries TEXT NOT NULL,
    rows TEXT NOT NULL,
    competition TEXT NOT NULL,
    sensitivity TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    hash TEXT NOT NULL,
    supersedes TEXT NOT NULL,
    grounds TEXT NOT NULL,
    changes TEXT NOT NULL,
    announced_at TIMESTAMP,
    gates TEXT NOT NULL,
    PRIMARY KEY (call, version)
);
INSERT INTO rankings_by_version
SELECT r.call, 1, r.entries, r.rows, r.competition, r.sensitivity, r.at, r.hash, '', '[]', '[]', c.announced_at,
    json_object('deliberated', c.deliberated, 'subsidised', c.subsidised, 'approval', c.approval)
FROM rankings r JOIN calls c ON c.id = r.call;
DROP TABLE rankings;
ALTER TABLE rankings_by_version RENAME TO rankings;
