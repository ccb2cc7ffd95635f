-- Kernel: audit trail, outbox, memory of idempotency keys, frozen policies, counters, incidents.
CREATE TABLE audit_entries (
    id TEXT PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    action TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    "case" TEXT NOT NULL,
    facts TEXT,
    hash TEXT NOT NULL
);
CREATE INDEX audit_entries_case ON audit_entries ("case", id);
CREATE INDEX audit_entries_at ON audit_entries (at);

CREATE TABLE signals (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    "case" TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    tries INTEGER NOT NULL
);
CREATE INDEX signals_pending ON signals (id) WHERE sent_at IS NULL;

CREATE TABLE memories (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    op TEXT NOT NULL,
    digest TEXT NOT NULL,
    answer TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (actor, key)
);

CREATE TABLE policies (
    hash TEXT PRIMARY KEY,
    pack TEXT NOT NULL,
    day TEXT NOT NULL,
    rules TEXT NOT NULL
);

CREATE TABLE counters (
    scope TEXT PRIMARY KEY,
    last INTEGER NOT NULL
);

CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    "case" TEXT NOT NULL,
    step TEXT NOT NULL,
    code TEXT NOT NULL,
    key TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    last_at TIMESTAMP NOT NULL,
    times INTEGER NOT NULL,
    resolved_at TIMESTAMP
);
CREATE UNIQUE INDEX incidents_open ON incidents (kind, "case", step) WHERE resolved_at IS NULL;

CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
