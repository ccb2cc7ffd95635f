-- Links by which people set their password, and second factors of signing in.
ALTER TABLE tokens ADD COLUMN secured BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE tokens ADD COLUMN pending BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    hash TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    claimed_at TIMESTAMP,
    sent_at TIMESTAMP,
    ended_at TIMESTAMP,
    failure TEXT NOT NULL
);
CREATE INDEX invitations_account ON invitations (account);
CREATE INDEX invitations_hash ON invitations (hash);
CREATE INDEX invitations_waiting ON invitations (id) WHERE sent_at IS NULL AND ended_at IS NULL;

CREATE TABLE factors (
    account TEXT PRIMARY KEY REFERENCES accounts (id),
    secret TEXT NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    confirmed_at TIMESTAMP,
    last_step INTEGER NOT NULL,
    recovery TEXT NOT NULL
);
