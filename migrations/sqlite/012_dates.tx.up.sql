-- Candidate dates of planned meetings and what members answer. An open date stands once on the list of its meeting.
CREATE TABLE dates (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meetings (id),
    starts_at TIMESTAMP NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    reminded_at TIMESTAMP,
    closed_at TIMESTAMP,
    fate TEXT NOT NULL
);
CREATE INDEX dates_meeting ON dates (meeting, starts_at, id);
CREATE UNIQUE INDEX dates_open ON dates (meeting, starts_at) WHERE closed_at IS NULL;

CREATE TABLE date_answers (
    date TEXT NOT NULL REFERENCES dates (id),
    member TEXT NOT NULL REFERENCES members (id),
    can BOOLEAN NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (date, member)
);
