-- Consultations, what is said to them and what becomes of it.
CREATE TABLE consultations (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    alliance TEXT NOT NULL REFERENCES alliances (id),
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    audience TEXT NOT NULL,
    divisions JSONB NOT NULL,
    articles JSONB NOT NULL,
    closes_at TIMESTAMPTZ NOT NULL,
    urgent TEXT NOT NULL,
    hearing_at TIMESTAMPTZ,
    place TEXT NOT NULL,
    record TEXT NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at TIMESTAMPTZ,
    moved_at TIMESTAMPTZ,
    moved_for TEXT NOT NULL,
    closed_at TIMESTAMPTZ,
    answered_at TIMESTAMPTZ,
    rules TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX consultations_state ON consultations (state, id);
CREATE INDEX consultations_committee ON consultations (committee, id);

-- The divisions that a consultation asks, for queries; the consultation itself lists them too.
CREATE TABLE asked_divisions (
    consultation TEXT NOT NULL REFERENCES consultations (id),
    division TEXT NOT NULL REFERENCES divisions (id),
    PRIMARY KEY (consultation, division)
);

CREATE TABLE submissions (
    id TEXT PRIMARY KEY,
    consultation TEXT NOT NULL REFERENCES consultations (id),
    organisation TEXT NOT NULL,
    giver TEXT NOT NULL,
    email TEXT NOT NULL,
    state TEXT NOT NULL,
    submitted_at TIMESTAMPTZ,
    submitted_by TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX submissions_organisation ON submissions (consultation, organisation) WHERE organisation <> '';
CREATE INDEX submissions_state ON submissions (consultation, state);

CREATE TABLE opinions (
    id TEXT PRIMARY KEY,
    consultation TEXT NOT NULL REFERENCES consultations (id),
    submission TEXT NOT NULL REFERENCES submissions (id),
    article BIGINT NOT NULL,
    stance TEXT NOT NULL,
    text TEXT NOT NULL,
    wording TEXT NOT NULL,
    lead TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    disposed_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);
CREATE INDEX opinions_consultation ON opinions (consultation, id);
CREATE INDEX opinions_submission ON opinions (submission);
CREATE INDEX opinions_lead ON opinions (lead);

CREATE TABLE consultation_letters (
    consultation TEXT NOT NULL REFERENCES consultations (id),
    "to" TEXT NOT NULL,
    kind TEXT NOT NULL,
    occasion TEXT NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    failure TEXT NOT NULL,
    PRIMARY KEY (consultation, "to", kind, occasion)
);
