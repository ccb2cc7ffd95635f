-- Reminders that the staff asked for, with who owed something then.
CREATE TABLE nudges (
    meeting TEXT NOT NULL REFERENCES meetings (id),
    about TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    members JSONB,
    PRIMARY KEY (meeting, about, at)
);
