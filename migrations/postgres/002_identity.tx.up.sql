-- Accounts, bearer tokens (hashes only) and staff assignments.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    admin BOOLEAN NOT NULL,
    auditor BOOLEAN NOT NULL,
    disabled BOOLEAN NOT NULL,
    failures INTEGER NOT NULL,
    locked_until TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX tokens_account ON tokens (account);

CREATE TABLE assignments (
    committee TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id),
    clerk BOOLEAN NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (committee, account)
);
CREATE INDEX assignments_account ON assignments (account);
