-- Kernel: audit trail, outbox, memory of idempotency keys, frozen policies, counters, incidents.
CREATE TABLE audit_entries (
    id TEXT PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    action TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    "case" TEXT NOT NULL,
    facts JSONB,
    hash TEXT NOT NULL
);
CREATE INDEX audit_entries_case ON audit_entries ("case", id);
CREATE INDEX audit_entries_at ON audit_entries (at);

CREATE TABLE signals (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    "case" TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    tries INTEGER NOT NULL
);
CREATE INDEX signals_pending ON signals (id) WHERE sent_at IS NULL;

CREATE TABLE memories (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    op TEXT NOT NULL,
    digest TEXT NOT NULL,
    answer TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (actor, key)
);

CREATE TABLE policies (
    hash TEXT PRIMARY KEY,
    pack TEXT NOT NULL,
    day TEXT NOT NULL,
    rules JSONB NOT NULL
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
    at TIMESTAMPTZ NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    times INTEGER NOT NULL,
    resolved_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX incidents_open ON incidents (kind, "case", step) WHERE resolved_at IS NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER audit_entries_no_change BEFORE UPDATE OR DELETE ON audit_entries
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
