-- Ballots. Who took part and what was voted are kept apart; a secret vote has no time, seat or order.
CREATE TABLE ballots (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meetings (id),
    item TEXT NOT NULL REFERENCES items (id),
    purpose TEXT NOT NULL,
    subject TEXT NOT NULL,
    method TEXT NOT NULL,
    question TEXT NOT NULL,
    candidates JSONB,
    state TEXT NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    closes_at TIMESTAMPTZ,
    closed_at TIMESTAMPTZ,
    void_reason TEXT NOT NULL,
    serving INTEGER NOT NULL,
    present INTEGER NOT NULL,
    recused INTEGER NOT NULL,
    result JSONB,
    version INTEGER NOT NULL
);
CREATE INDEX ballots_meeting ON ballots (meeting, opened_at);
CREATE INDEX ballots_item ON ballots (item);

CREATE TABLE roll_entries (
    ballot TEXT NOT NULL REFERENCES ballots (id),
    member TEXT NOT NULL REFERENCES members (id),
    name TEXT NOT NULL,
    PRIMARY KEY (ballot, member)
);

CREATE TABLE participations (
    ballot TEXT NOT NULL REFERENCES ballots (id),
    member TEXT NOT NULL REFERENCES members (id),
    at TIMESTAMPTZ NOT NULL,
    receipt TEXT NOT NULL,
    PRIMARY KEY (ballot, member)
);

CREATE TABLE votes (
    id TEXT PRIMARY KEY,
    ballot TEXT NOT NULL REFERENCES ballots (id),
    member TEXT NOT NULL,
    choice TEXT NOT NULL
);
CREATE INDEX votes_ballot ON votes (ballot, id);
