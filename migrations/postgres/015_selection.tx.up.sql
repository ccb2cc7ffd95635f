-- Calls for proposals, applications, evaluators, scores, rankings and objections.
CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    alliance TEXT NOT NULL REFERENCES alliances (id),
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    instrument TEXT NOT NULL,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    terms JSONB NOT NULL,
    profile JSONB NOT NULL,
    profile_hash TEXT NOT NULL,
    commitment TEXT NOT NULL,
    seed TEXT NOT NULL,
    closes_at TIMESTAMPTZ NOT NULL,
    short TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at TIMESTAMPTZ,
    closed_at TIMESTAMPTZ,
    ranked_at TIMESTAMPTZ,
    announced_at TIMESTAMPTZ,
    final_at TIMESTAMPTZ,
    deliberated TEXT NOT NULL,
    subsidised TEXT NOT NULL,
    approval TEXT NOT NULL,
    reason TEXT NOT NULL,
    rules TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX calls_committee ON calls (committee, id);
CREATE INDEX calls_state ON calls (state, id);

CREATE TABLE applications (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES calls (id),
    organisation TEXT NOT NULL REFERENCES organisations (id),
    applicant TEXT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    plan TEXT NOT NULL,
    amount BIGINT NOT NULL,
    own_money BIGINT NOT NULL,
    state TEXT NOT NULL,
    submitted_at TIMESTAMPTZ,
    submitted_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    bonus BIGINT NOT NULL,
    bonus_count BIGINT NOT NULL,
    penalty BIGINT NOT NULL,
    grounds TEXT NOT NULL,
    promoted BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX applications_organisation ON applications (call, organisation);
CREATE INDEX applications_number ON applications (call, number);
CREATE INDEX applications_state ON applications (call, state, number);
CREATE INDEX applications_by ON applications (organisation, id);

CREATE TABLE evaluators (
    call TEXT NOT NULL REFERENCES calls (id),
    account TEXT NOT NULL REFERENCES accounts (id),
    candidate JSONB NOT NULL,
    expertise TEXT NOT NULL,
    place BIGINT NOT NULL,
    sits BOOLEAN NOT NULL,
    pledged_at TIMESTAMPTZ,
    removed TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (call, account)
);
CREATE INDEX evaluators_account ON evaluators (account);

CREATE TABLE sheets (
    call TEXT NOT NULL REFERENCES calls (id),
    application TEXT NOT NULL REFERENCES applications (id),
    evaluator TEXT NOT NULL REFERENCES accounts (id),
    scores JSONB NOT NULL,
    comment TEXT NOT NULL,
    submitted_at TIMESTAMPTZ,
    void TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (application, evaluator)
);
CREATE INDEX sheets_call ON sheets (call, evaluator);

CREATE TABLE rankings (
    call TEXT PRIMARY KEY REFERENCES calls (id),
    entries JSONB NOT NULL,
    rows JSONB NOT NULL,
    sensitivity JSONB NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE objections (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES calls (id),
    application TEXT NOT NULL REFERENCES applications (id),
    text TEXT NOT NULL,
    filed_at TIMESTAMPTZ NOT NULL,
    filed_by TEXT NOT NULL,
    upheld BOOLEAN NOT NULL,
    answer TEXT NOT NULL,
    answered_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX objections_application ON objections (application);
CREATE INDEX objections_call ON objections (call, id);
