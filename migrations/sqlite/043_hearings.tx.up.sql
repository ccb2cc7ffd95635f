-- Hearings with who speaks at them, and their record.
ALTER TABLE consultations ADD COLUMN speakers_note TEXT NOT NULL DEFAULT '';
ALTER TABLE consultations ADD COLUMN speakers_most INTEGER NOT NULL DEFAULT 0;
ALTER TABLE consultations ADD COLUMN speakers_minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE consultations ADD COLUMN speakers_until TIMESTAMP;
ALTER TABLE consultations ADD COLUMN presider TEXT NOT NULL DEFAULT '';
ALTER TABLE consultations ADD COLUMN attended INTEGER NOT NULL DEFAULT 0;
ALTER TABLE consultations ADD COLUMN recorded_at TIMESTAMP;

CREATE TABLE speakers (
    id TEXT PRIMARY KEY,
    consultation TEXT NOT NULL REFERENCES consultations (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    affiliation TEXT NOT NULL,
    summary TEXT NOT NULL,
    named BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    applied_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    version INTEGER NOT NULL
);
CREATE UNIQUE INDEX speakers_email ON speakers (consultation, email);
