-- Holidays and council sessions; the letters of a meeting that were sent or given up.
CREATE TABLE spans (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    "from" TEXT NOT NULL,
    until TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (kind, "from", until, name)
);
CREATE INDEX spans_until ON spans (until, "from");

CREATE TABLE letters (
    meeting TEXT NOT NULL REFERENCES meetings (id),
    member TEXT NOT NULL REFERENCES members (id),
    kind TEXT NOT NULL,
    occasion TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    due_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    failure TEXT NOT NULL,
    PRIMARY KEY (meeting, member, kind, occasion)
);
