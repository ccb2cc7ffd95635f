-- Filed documents: number, what they say by its hash, the bytes by theirs.
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    meeting TEXT NOT NULL REFERENCES meetings (id),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    item TEXT NOT NULL,
    revision INTEGER NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    pdf TEXT NOT NULL,
    json TEXT NOT NULL,
    size BIGINT NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL,
    public BOOLEAN NOT NULL,
    confidential BOOLEAN NOT NULL,
    retention TEXT NOT NULL,
    retain_from TEXT NOT NULL,
    superseded BOOLEAN NOT NULL,
    UNIQUE (kind, subject, revision)
);
CREATE INDEX documents_meeting ON documents (meeting, id);
