-- Calls for proposals, applications, evaluators, scores, rankings and objections.
CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    alliance TEXT NOT NULL REFERENCES alliances (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    instrument TEXT NOT NULL,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    terms TEXT NOT NULL,
    profile TEXT NOT NULL,
    profile_hash TEXT NOT NULL,
    commitment TEXT NOT NULL,
    seed TEXT NOT NULL,
    closes_at TIMESTAMP NOT NULL,
    short TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at TIMESTAMP,
    closed_at TIMESTAMP,
    ranked_at TIMESTAMP,
    announced_at TIMESTAMP,
    final_at TIMESTAMP,
    deliberated TEXT NOT NULL,
    subsidised TEXT NOT NULL,
    approval TEXT NOT NULL,
    reason TEXT NOT NULL,
    rules TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX calls_committee ON calls (committee, id);
CREATE INDEX calls_state ON calls (state, id);

CREATE TABLE applications (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES calls (id),
    organisation TEXT NOT NULL REFERENCES organisations (id),
    applicant TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    plan TEXT NOT NULL,
    amount INTEGER NOT NULL,
    own_money INTEGER NOT NULL,
    state TEXT NOT NULL,
    submitted_at TIMESTAMP,
    submitted_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    bonus INTEGER NOT NULL,
    bonus_count INTEGER NOT NULL,
    penalty INTEGER NOT NULL,
    grounds TEXT NOT NULL,
    promoted BOOLEAN NOT NULL,
    version INTEGER NOT NULL
);
CREATE UNIQUE INDEX applications_organisation ON applications (call, organisation);
CREATE INDEX applications_number ON applications (call, number);
CREATE INDEX applications_state ON applications (call, state, number);
CREATE INDEX applications_by ON applications (organisation, id);

CREATE TABLE evaluators (
    call TEXT NOT NULL REFERENCES calls (id),
    account TEXT NOT NULL REFERENCES accounts (id),
    candidate TEXT NOT NULL,
    expertise TEXT NOT NULL,
    place INTEGER NOT NULL,
    sits BOOLEAN NOT NULL,
    pledged_at TIMESTAMP,
    removed TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (call, account)
);
CREATE INDEX evaluators_account ON evaluators (account);

CREATE TABLE sheets (
    call TEXT NOT NULL REFERENCES calls (id),
    application TEXT NOT NULL REFERENCES applications (id),
    evaluator TEXT NOT NULL REFERENCES accounts (id),
    scores TEXT NOT NULL,
    comment TEXT NOT NULL,
    submitted_at TIMESTAMP,
    void TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (application, evaluator)
);
CREATE INDEX sheets_call ON sheets (call, evaluator);

CREATE TABLE rankings (
    call TEXT PRIMARY KEY REFERENCES calls (id),
    entries TEXT NOT NULL,
    rows TEXT NOT NULL,
    sensitivity TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE objections (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES calls (id),
    application TEXT NOT NULL REFERENCES applications (id),
    text TEXT NOT NULL,
    filed_at TIMESTAMP NOT NULL,
    filed_by TEXT NOT NULL,
    upheld BOOLEAN NOT NULL,
    answer TEXT NOT NULL,
    answered_at TIMESTAMP,
    version INTEGER NOT NULL
);
CREATE UNIQUE INDEX objections_application ON objections (application);
CREATE INDEX objections_call ON objections (call, id);
