-- Minutes in versions, signatures, corrections, redactions; decision records and what follows from them.
CREATE TABLE minutes (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL UNIQUE REFERENCES meetings (id),
    committee TEXT NOT NULL REFERENCES committees (id),
    state TEXT NOT NULL,
    current INTEGER NOT NULL,
    locked INTEGER NOT NULL,
    kind TEXT NOT NULL,
    recording TEXT NOT NULL,
    signers TEXT,
    sign_by TEXT NOT NULL,
    publish_by TEXT NOT NULL,
    circulated_at TIMESTAMP,
    published_at TIMESTAMP,
    confirmed TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE revisions (
    id TEXT PRIMARY KEY,
    minutes TEXT NOT NULL REFERENCES minutes (id),
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (minutes, number)
);

CREATE TABLE signatures (
    minutes TEXT NOT NULL REFERENCES minutes (id),
    member TEXT NOT NULL REFERENCES members (id),
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    omitted TEXT,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (minutes, number, member)
);

CREATE TABLE corrections (
    id TEXT PRIMARY KEY,
    minutes TEXT NOT NULL REFERENCES minutes (id),
    member TEXT NOT NULL REFERENCES members (id),
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    accepted BOOLEAN NOT NULL,
    answer TEXT NOT NULL,
    answer_at TIMESTAMP
);
CREATE INDEX corrections_minutes ON corrections (minutes);

CREATE TABLE redactions (
    id TEXT PRIMARY KEY,
    minutes TEXT NOT NULL REFERENCES minutes (id),
    anchor TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    ground TEXT NOT NULL,
    reason TEXT NOT NULL,
    review_on TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    lifted_at TIMESTAMP,
    lifted TEXT NOT NULL
);
CREATE INDEX redactions_minutes ON redactions (minutes);

CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    meeting TEXT NOT NULL REFERENCES meetings (id),
    item TEXT NOT NULL REFERENCES items (id),
    item_number TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    outcome TEXT NOT NULL,
    text TEXT NOT NULL,
    conditions TEXT,
    reason TEXT NOT NULL,
    ballot TEXT,
    decided_at TIMESTAMP NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    supersedes TEXT NOT NULL,
    cause TEXT NOT NULL,
    confidential BOOLEAN NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (committee, number)
);
CREATE INDEX decisions_meeting ON decisions (meeting, id);
CREATE INDEX decisions_committee ON decisions (committee, id);
CREATE UNIQUE INDEX decisions_item ON decisions (item) WHERE supersedes = '';
CREATE UNIQUE INDEX decisions_supersedes ON decisions (supersedes) WHERE supersedes <> '';

CREATE TABLE actions (
    id TEXT PRIMARY KEY,
    decision TEXT NOT NULL REFERENCES decisions (id),
    text TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    done_at TIMESTAMP,
    report TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX actions_decision ON actions (decision);

CREATE TRIGGER revisions_no_change BEFORE UPDATE ON revisions
BEGIN SELECT RAISE(ABORT, 'revisions is append-only'); END;
CREATE TRIGGER revisions_no_delete BEFORE DELETE ON revisions
BEGIN SELECT RAISE(ABORT, 'revisions is append-only'); END;
CREATE TRIGGER signatures_no_change BEFORE UPDATE ON signatures
BEGIN SELECT RAISE(ABORT, 'signatures is append-only'); END;
CREATE TRIGGER signatures_no_delete BEFORE DELETE ON signatures
BEGIN SELECT RAISE(ABORT, 'signatures is append-only'); END;
CREATE TRIGGER decisions_no_change BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions is append-only'); END;
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions is append-only'); END;
