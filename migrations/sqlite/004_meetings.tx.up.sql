-- Meetings: agenda, papers, answers, pledges, presence, recusals, amendments, statements, formal acts.
CREATE TABLE meetings (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    place TEXT NOT NULL,
    expected_end TIMESTAMP NOT NULL,
    written_ground TEXT NOT NULL,
    written_reason TEXT NOT NULL,
    written_until TIMESTAMP,
    notice_ground TEXT NOT NULL,
    notice_reason TEXT NOT NULL,
    council_ground TEXT NOT NULL,
    council_reason TEXT NOT NULL,
    closed_ground TEXT NOT NULL,
    closed_reason TEXT NOT NULL,
    convened_by TEXT NOT NULL,
    demanded_by TEXT,
    convened_at TIMESTAMP,
    noticed_at TIMESTAMP,
    notice_sequence INTEGER NOT NULL,
    papers_frozen_at TIMESTAMP,
    presided_by TEXT NOT NULL,
    warned_at TIMESTAMP,
    opened_at TIMESTAMP,
    adjourned_at TIMESTAMP,
    cancelled_at TIMESTAMP,
    cancel_reason TEXT NOT NULL,
    current_item TEXT NOT NULL,
    rules TEXT NOT NULL REFERENCES policies (hash),
    public BOOLEAN NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX meetings_committee ON meetings (committee, starts_at, id);
CREATE UNIQUE INDEX meetings_number ON meetings (committee, number) WHERE number > 0;

CREATE TABLE items (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meetings (id),
    position INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    proposer TEXT NOT NULL,
    proposal TEXT NOT NULL,
    reasons TEXT NOT NULL,
    summary TEXT NOT NULL,
    confidential BOOLEAN NOT NULL,
    secret_ballot BOOLEAN NOT NULL,
    interested TEXT,
    state TEXT NOT NULL,
    outcome TEXT NOT NULL,
    outcome_text TEXT NOT NULL,
    conditions TEXT,
    outcome_reason TEXT NOT NULL,
    decided_ballot TEXT NOT NULL,
    tabled_at TIMESTAMP,
    decided_at TIMESTAMP,
    version INTEGER NOT NULL
);
CREATE INDEX items_meeting ON items (meeting, position);

CREATE TABLE papers (
    id TEXT PRIMARY KEY,
    item TEXT NOT NULL REFERENCES items (id),
    number INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    confidential BOOLEAN NOT NULL,
    added_by TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL,
    reason TEXT NOT NULL,
    superseded BOOLEAN NOT NULL,
    UNIQUE (item, number, revision)
);

CREATE TABLE responses (
    meeting TEXT NOT NULL REFERENCES meetings (id),
    member TEXT NOT NULL REFERENCES members (id),
    answer TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (meeting, member)
);

CREATE TABLE pledges (
    meeting TEXT NOT NULL REFERENCES meetings (id),
    member TEXT NOT NULL REFERENCES members (id),
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (meeting, member)
);

CREATE TABLE presences (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meetings (id),
    member TEXT NOT NULL REFERENCES members (id),
    via TEXT NOT NULL,
    proxy TEXT NOT NULL,
    in_at TIMESTAMP NOT NULL,
    out_at TIMESTAMP,
    reason TEXT NOT NULL
);
CREATE INDEX presences_meeting ON presences (meeting, in_at);
CREATE UNIQUE INDEX presences_open ON presences (meeting, member) WHERE out_at IS NULL;

CREATE TABLE proxies (
    meeting TEXT NOT NULL REFERENCES meetings (id),
    member TEXT NOT NULL REFERENCES members (id),
    name TEXT NOT NULL,
    post TEXT NOT NULL,
    document TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (meeting, member)
);

CREATE TABLE interests (
    item TEXT NOT NULL REFERENCES items (id),
    member TEXT NOT NULL REFERENCES members (id),
    none BOOLEAN NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (item, member)
);

CREATE TABLE recusals (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meetings (id),
    item TEXT NOT NULL REFERENCES items (id),
    member TEXT NOT NULL REFERENCES members (id),
    kind TEXT NOT NULL,
    ground TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    ballot TEXT NOT NULL,
    applicant TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX recusals_item ON recusals (item);
CREATE INDEX recusals_meeting ON recusals (meeting);
CREATE INDEX recusals_member ON recusals (member);

CREATE TABLE amendments (
    id TEXT PRIMARY KEY,
    item TEXT NOT NULL REFERENCES items (id),
    position INTEGER NOT NULL,
    proposer TEXT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    ballot TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    UNIQUE (item, position)
);

CREATE TABLE statements (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meetings (id),
    item TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    member TEXT NOT NULL,
    speaker TEXT NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (meeting, sequence)
);

CREATE TABLE events (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meetings (id),
    item TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX events_meeting ON events (meeting, id);
