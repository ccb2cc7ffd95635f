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
    locked_until TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
CREATE INDEX tokens_account ON tokens (account);

CREATE TABLE assignments (
    committee TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id),
    clerk BOOLEAN NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (committee, account)
);
CREATE INDEX assignments_account ON assignments (account);
