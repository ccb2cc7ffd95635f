-- The alliance: its divisions, its organisations and the people who act for them.
CREATE TABLE alliances (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    committee TEXT NOT NULL REFERENCES committees (id),
    sectors TEXT NOT NULL,
    technologies TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);
CREATE UNIQUE INDEX alliances_code ON alliances (code);

CREATE TABLE divisions (
    id TEXT PRIMARY KEY,
    alliance TEXT NOT NULL REFERENCES alliances (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    sector TEXT NOT NULL
);
CREATE UNIQUE INDEX divisions_code ON divisions (alliance, code);

CREATE TABLE organisations (
    id TEXT PRIMARY KEY,
    alliance TEXT NOT NULL REFERENCES alliances (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size TEXT NOT NULL,
    business_number TEXT NOT NULL,
    district TEXT NOT NULL,
    sectors TEXT NOT NULL,
    technologies TEXT NOT NULL,
    state TEXT NOT NULL,
    wants_to_join BOOLEAN NOT NULL,
    contact_name TEXT NOT NULL,
    contact_email TEXT NOT NULL,
    reason TEXT NOT NULL,
    applied_at TIMESTAMP NOT NULL,
    joined_on TEXT NOT NULL,
    left_on TEXT NOT NULL,
    version INTEGER NOT NULL
);
-- One that was refused or has left may come again; one that waits or is in may not come twice.
CREATE UNIQUE INDEX organisations_number ON organisations (alliance, business_number) WHERE state <> 'refused' AND state <> 'left';
CREATE INDEX organisations_state ON organisations (alliance, state, id);

CREATE TABLE places (
    division TEXT NOT NULL REFERENCES divisions (id),
    organisation TEXT NOT NULL REFERENCES organisations (id),
    sherpa BOOLEAN NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (division, organisation)
);
CREATE INDEX places_organisation ON places (organisation);

CREATE TABLE people (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    account TEXT NOT NULL REFERENCES accounts (id),
    submits BOOLEAN NOT NULL,
    manages BOOLEAN NOT NULL,
    since TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation, account)
);
CREATE INDEX people_account ON people (account);
