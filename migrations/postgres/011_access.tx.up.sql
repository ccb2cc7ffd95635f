-- Links by which people set their password, and second factors of signing in.
ALTER TABLE tokens ADD COLUMN secured BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE tokens ADD COLUMN pending BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    hash TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    claimed_at TIMESTAMPTZ,
    sent_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    failure TEXT NOT NULL
);
CREATE INDEX invitations_account ON invitations (account);
CREATE INDEX invitations_hash ON invitations (hash);
CREATE INDEX invitations_waiting ON invitations (id) WHERE sent_at IS NULL AND ended_at IS NULL;

CREATE TABLE factors (
    account TEXT PRIMARY KEY REFERENCES accounts (id),
    secret TEXT NOT NULL,
    begun_at TIMESTAMPTZ NOT NULL,
    confirmed_at TIMESTAMPTZ,
    last_step BIGINT NOT NULL,
    recovery JSONB NOT NULL
);
