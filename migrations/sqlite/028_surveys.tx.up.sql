-- Rounds of self-assessment, what organisations answer and what comes of it.
CREATE TABLE surveys (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    alliance TEXT NOT NULL REFERENCES alliances (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    divisions TEXT NOT NULL,
    groups TEXT NOT NULL,
    questions TEXT NOT NULL,
    closes_at TIMESTAMP NOT NULL,
    state TEXT NOT NULL,
    opened_at TIMESTAMP,
    moved_at TIMESTAMP,
    moved_for TEXT NOT NULL,
    closed_at TIMESTAMP,
    published_at TIMESTAMP,
    withdrawal TEXT NOT NULL,
    rules TEXT NOT NULL,
    version INTEGER NOT NULL
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
    divisions TEXT NOT NULL,
    answers TEXT NOT NULL,
    state TEXT NOT NULL,
    submitted_at TIMESTAMP,
    submitted_by TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE UNIQUE INDEX survey_sheets_organisation ON survey_sheets (survey, organisation);

CREATE TABLE survey_results (
    survey TEXT PRIMARY KEY REFERENCES surveys (id),
    results TEXT NOT NULL
);

CREATE TABLE survey_letters (
    survey TEXT NOT NULL REFERENCES surveys (id),
    "to" TEXT NOT NULL,
    kind TEXT NOT NULL,
    occasion TEXT NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    failure TEXT NOT NULL,
    PRIMARY KEY (survey, "to", kind, occasion)
);
