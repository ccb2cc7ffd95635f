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
    signers JSONB,
    sign_by TEXT NOT NULL,
    publish_by TEXT NOT NULL,
    circulated_at TIMESTAMPTZ,
    published_at TIMESTAMPTZ,
    confirmed TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE revisions (
    id TEXT PRIMARY KEY,
    minutes TEXT NOT NULL REFERENCES minutes (id),
    number INTEGER NOT NULL,
    content JSONB NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (minutes, number)
);

CREATE TABLE signatures (
    minutes TEXT NOT NULL REFERENCES minutes (id),
    member TEXT NOT NULL REFERENCES members (id),
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    omitted JSONB,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (minutes, number, member)
);

CREATE TABLE corrections (
    id TEXT PRIMARY KEY,
    minutes TEXT NOT NULL REFERENCES minutes (id),
    member TEXT NOT NULL REFERENCES members (id),
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    accepted BOOLEAN NOT NULL,
    answer TEXT NOT NULL,
    answer_at TIMESTAMPTZ
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
    at TIMESTAMPTZ NOT NULL,
    lifted_at TIMESTAMPTZ,
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
    conditions JSONB,
    reason TEXT NOT NULL,
    ballot JSONB,
    decided_at TIMESTAMPTZ NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL,
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
    done_at TIMESTAMPTZ,
    report TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX actions_decision ON actions (decision);

CREATE TRIGGER revisions_no_change BEFORE UPDATE OR DELETE ON revisions
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signatures_no_change BEFORE UPDATE OR DELETE ON signatures
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decisions_no_change BEFORE UPDATE OR DELETE ON decisions
FOR EACH ROW EXECUTE FUNCTION refuse_change();
