-- Agreements and what comes after them. Each is one ledger: payments, reports, changes and the settlement stand in its lists.
CREATE TABLE agreements (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES calls (id),
    committee TEXT NOT NULL REFERENCES committees (id),
    application TEXT NOT NULL REFERENCES applications (id),
    organisation TEXT NOT NULL REFERENCES organisations (id),
    applicant TEXT NOT NULL,
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    decided TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    progress_due TEXT NOT NULL,
    "grant" BIGINT NOT NULL,
    own BIGINT NOT NULL,
    budget JSONB NOT NULL,
    instalments JSONB NOT NULL,
    payments JSONB NOT NULL,
    reports JSONB NOT NULL,
    amendments JSONB NOT NULL,
    settlements JSONB NOT NULL,
    ended BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX agreements_application ON agreements (application);
CREATE INDEX agreements_call ON agreements (call, id);
CREATE INDEX agreements_committee ON agreements (committee, id);
CREATE INDEX agreements_organisation ON agreements (organisation, id);
