-- Rounds of self-assessment, what organisations answer and what comes of it.
CREATE TABLE surveys (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    alliance TEXT NOT NULL REFERENCES alliances (id),
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    divisions JSONB NOT NULL,
    groups JSONB NOT NULL,
    questions JSONB NOT NULL,
    closes_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL,
    opened_at TIMESTAMPTZ,
    moved_at TIMESTAMPTZ,
    moved_for TEXT NOT NULL,
    closed_at TIMESTAMPTZ,
    published_at TIMESTAMPTZ,
    withdrawal TEXT NOT NULL,
    rules TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX surveys_state ON surveys (state, id);
CREATE INDEX surveys_committee ON surveys (committee, id);

-- The divisions that a round asks, for queries; the round itself lists them too. A round without any asks all members.
CREATE TABLE survey_divisions (
    survey TEXT NOT NULL REFERENCES surveys (id),
    division TEXT NOT NULL REFERENCES divisions (id),
    PRIMARY KEY (survey, division)
);

CREATE TABLE survey_sheets (
    id TEXT PRIMARY KEY,
    survey TEXT NOT NULL REFERENCES surveys (id),
    organisation TEXT NOT NULL REFERENCES organisations (id),
    "group" TEXT NOT NULL,
    size TEXT NOT NULL,
    divisions JSONB NOT NULL,
    answers JSONB NOT NULL,
    state TEXT NOT NULL,
    submitted_at TIMESTAMPTZ,
    submitted_by TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX survey_sheets_organisation ON survey_sheets (survey, organisation);

CREATE TABLE survey_results (
    survey TEXT PRIMARY KEY REFERENCES surveys (id),
    results JSONB NOT NULL
);

CREATE TABLE survey_letters (
    survey TEXT NOT NULL REFERENCES surveys (id),
    "to" TEXT NOT NULL,
    kind TEXT NOT NULL,
    occasion TEXT NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    failure TEXT NOT NULL,
    PRIMARY KEY (survey, "to", kind, occasion)
);
