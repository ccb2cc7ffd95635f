-- Reminders that the staff asked for, with who owed something then.
CREATE TABLE nudges (
    meeting TEXT NOT NULL REFERENCES meetings (id),
    about TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    members TEXT,
    PRIMARY KEY (meeting, about, at)
);
