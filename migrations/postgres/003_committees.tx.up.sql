-- Committees, their secretariat, their seats and the people appointed to them.
CREATE TABLE committees (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    parent TEXT NOT NULL,
    owning_department TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    pack TEXT NOT NULL,
    remit TEXT NOT NULL,
    youth_exception TEXT NOT NULL,
    standing BOOLEAN NOT NULL,
    standing_ground TEXT NOT NULL,
    planned_meetings INTEGER NOT NULL,
    founded_on TEXT NOT NULL,
    extended_on TEXT NOT NULL,
    sunset_on TEXT NOT NULL,
    charter JSONB,
    state TEXT NOT NULL,
    dissolved_on TEXT NOT NULL,
    dissolved_reason TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX committees_parent ON committees (parent);

CREATE TABLE assignments (
    committee TEXT NOT NULL REFERENCES committees (id),
    account TEXT NOT NULL REFERENCES accounts (id),
    clerk BOOLEAN NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (committee, account)
);
CREATE INDEX assignments_account ON assignments (account);

CREATE TABLE seats (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    post TEXT NOT NULL,
    field TEXT NOT NULL,
    UNIQUE (committee, number)
);

CREATE TABLE members (
    id TEXT PRIMARY KEY,
    seat TEXT NOT NULL REFERENCES seats (id),
    committee TEXT NOT NULL REFERENCES committees (id),
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    position TEXT NOT NULL,
    sex TEXT NOT NULL,
    birth_year INTEGER NOT NULL,
    council_nominated BOOLEAN NOT NULL,
    scarce_specialty TEXT NOT NULL,
    consulted_on TEXT NOT NULL,
    "from" TEXT NOT NULL,
    until TEXT NOT NULL,
    holdover BOOLEAN NOT NULL,
    reappointments INTEGER NOT NULL,
    ended_on TEXT NOT NULL,
    end_ground TEXT NOT NULL,
    end_reason TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX members_committee ON members (committee);
CREATE INDEX members_person ON members (person);
CREATE INDEX members_seat ON members (seat);
